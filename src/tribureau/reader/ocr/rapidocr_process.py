"""The process around RapidOCR: `python -I -m tribureau.reader.ocr.rapidocr_process`; pictures in, words out, in frames.

Why a first try gave 14 in 100 wrong characters: its detector shrinks a page to 736 pixels on its short side, where
eight-point print is eight pixels high; and it reads a piece of a line as one text, so that cells run together.
Here a page keeps its pixels, and words stand where the recogniser saw their characters.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import msgspec
import numpy as np
from rapidocr import RapidOCR

from tribureau.reader.ocr.rapidocr import LENGTH
from tribureau.reader.ocr.words import Picture, SeenWord
from tribureau.reader.walls import Limits, raise_walls

_MEMORY: Final = 4 * 1024 * 1024 * 1024
_SECONDS: Final = 3600
_LONGEST_SIDE: Final = 2400
_pictures: Final = msgspec.msgpack.Decoder(Picture)
_words: Final = msgspec.msgpack.Encoder()


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    engine = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST_SIDE,
        }
    )
    raise_walls(Limits(_MEMORY, _SECONDS))
    while body := _frame(sys.stdin.buffer):
        answer = _words.encode(words_in(engine, _pictures.decode(body)))
        answers.write(len(answer).to_bytes(LENGTH) + answer)
        answers.flush()


def words_in(engine: Any, picture: Picture) -> list[SeenWord]:
    """The words, in pixels. Each piece of a line is a line: pages put them in line by their height."""
    grey = np.frombuffer(picture.grey, np.uint8).reshape(picture.height, picture.width)
    found = engine(np.repeat(grey[:, :, None], 3, axis=2), return_word_box=True, return_single_char_box=True)
    lines = zip(found.txts or (), found.word_results or (), strict=False)
    return [word for line, (text, characters) in enumerate(lines) for word in _split(text, characters, line)]


def _split(text: str, characters: Any, line: int) -> Iterator[SeenWord]:
    """The words of a line's text, each with the boxes of its own characters, which come without the blanks."""
    seen = [character for character in characters if character[0].strip()]
    at = 0
    for word in text.split():
        own = seen[at : at + len(word)]
        at += len(word)
        if own:
            corners = [corner for _, _, box in own for corner in box]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            top, bottom = min(y for _, y in corners), max(y for _, y in corners)
            sure = min(float(sureness) for _, sureness, _ in own)
            yield SeenWord(word, float(left), float(top), float(right), float(bottom), line, sure)


def _frame(stream: BinaryIO) -> bytes:
    head = stream.read(LENGTH)
    return stream.read(int.from_bytes(head)) if len(head) == LENGTH else b""


if __name__ == "__main__":
    main()
