"""A page's picture with its secrets painted over, by what an engine on this machine read of it."""

from typing import Final

from PIL import Image, ImageDraw

from tribureau.domain.redaction import redacted
from tribureau.reader.ocr.words import Picture, SeenWord
from tribureau.reader.pages import Line, Word, lines_of

_MARGIN: Final = 0.15
"""Of a word's height, around what is painted over."""
_PAPER: Final = 255


def secret_words(words: list[SeenWord]) -> list[SeenWord]:
    """The words that hold something to be hidden; a word that holds it in part is hidden as a whole."""
    known: dict[Word, SeenWord] = {_placed(seen): seen for seen in words if seen.text.strip()}
    lines = list(lines_of(known))
    hidden: list[SeenWord] = []
    for line, text in zip(lines, redacted([line.text for line in lines]), strict=True):
        hidden += [known[word] for word in _changed(line, text)]
    return hidden


def _placed(seen: SeenWord) -> Word:
    return Word("".join(seen.text.split()), seen.x0, seen.y0, seen.x1, seen.y1, 1)


def _changed(line: Line, text: str) -> list[Word]:
    changed, start = [], 0
    for word in line.words:
        if text[start : start + len(word.text)] != word.text:
            changed.append(word)
        start += len(word.text) + 1
    return changed


def painted_over(picture: Picture, words: list[SeenWord]) -> Picture:
    """The picture with white where the words stood."""
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey)
    brush = ImageDraw.Draw(image)
    for word in words:
        margin = _MARGIN * abs(word.y1 - word.y0)
        (x0, x1), (y0, y1) = sorted((word.x0, word.x1)), sorted((word.y0, word.y1))
        brush.rectangle((x0 - margin, y0 - margin, x1 + margin, y1 + margin), fill=_PAPER)
    return Picture(picture.page, picture.width, picture.height, picture.scale, image.tobytes())


def with_hidden(words: list[SeenWord], hidden: list[SeenWord]) -> list[SeenWord]:
    """Words read of the painted picture, with those that were hidden from it put back on lines of their own."""
    seen = [word for word in words if not any(_covers(secret, word) for secret in hidden)]
    after = 1 + max((word.line for word in seen), default=0)
    return [*seen, *(secret._replace(line=after + secret.line) for secret in hidden)]


def _covers(secret: SeenWord, word: SeenWord) -> bool:
    middle, height = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return secret.x0 <= middle <= secret.x1 and secret.y0 <= height <= secret.y1
