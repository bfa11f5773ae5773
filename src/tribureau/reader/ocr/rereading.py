"""The print of masked numbers, cut out and read once more by itself: beside a mask digits are taken for letters."""

import re
from collections.abc import Sequence
from typing import Final

from PIL import Image

from tribureau.reader.ocr.masks import MaskedNumber
from tribureau.reader.ocr.words import Picture, SeenWord

_SPECKS: Final = ".,:;'`-_()|"
_NUMBER: Final = re.compile(r"#?[A-Z\d]{0,20}")
_NO_SMALL_LETTERS: Final = str.maketrans("loszgb", "105296")
"""Account numbers print capitals only."""
_PAPER: Final = 255
_LARGER: Final = 2
_PAD: Final = 12


def sheet_of(image: Image.Image, numbers: Sequence[MaskedNumber], scale: float) -> tuple[Picture, list[int]]:
    """The print of the numbers, one piece a line, and where each line's middle is on the sheet."""
    pieces = [piece for number in numbers for piece in (number.before, number.after) if piece]
    crops = [image.crop((p.left - 3, p.top - 3, p.right + 3, p.bottom + 3)) for p in pieces]
    crops = [crop.resize((crop.width * _LARGER, crop.height * _LARGER), Image.Resampling.BICUBIC) for crop in crops]
    width = max(crop.width for crop in crops) + 2 * _PAD
    height = sum(crop.height + 2 * _PAD for crop in crops)
    sheet, middles, top = Image.new("L", (width, height), _PAPER), [], 0
    for crop in crops:
        sheet.paste(crop, (_PAD, top + _PAD))
        middles.append(top + _PAD + crop.height // 2)
        top += crop.height + 2 * _PAD
    return Picture(0, width, height, scale * _LARGER, sheet.tobytes()), middles


def with_numbers(
    words: Sequence[SeenWord], numbers: Sequence[MaskedNumber], middles: Sequence[int], reread: Sequence[SeenWord]
) -> list[SeenWord]:
    """The words with each masked number as one word: its print as it was read by itself, asterisks as counted."""
    lines = iter([[word for word in reread if word.y0 <= middle <= word.y1] for middle in middles])
    whole: dict[int, SeenWord] = {}
    gone: set[int] = set()
    for number in numbers:
        before, after = (_joined(next(lines)) if piece else ("", 1.0) for piece in (number.before, number.after))
        first, last = words[number.words[0]], words[number.words[-1]]
        if not (_NUMBER.fullmatch(before[0]) and _NUMBER.fullmatch(after[0])):
            continue
        text = before[0] + number.mask + after[0]
        gone.update(number.words)
        whole[number.words[0]] = first._replace(text=text, x1=last.x1, confidence=min(before[1], after[1]))
    return [whole.get(at, word) for at, word in enumerate(words) if at in whole or at not in gone]


def _joined(line: list[SeenWord]) -> tuple[str, float]:
    print_only = [word for word in sorted(line, key=lambda word: word.x0) if any(c.isalnum() for c in word.text)]
    text = "".join(word.text for word in print_only).strip(_SPECKS).translate(_NO_SMALL_LETTERS)
    return text, min((word.confidence for word in print_only), default=0.0)
