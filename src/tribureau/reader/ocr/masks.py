"""Masked account numbers, whose asterisks engines read as letters and digits.

Asterisks are told from print by their shape: a row of small blobs of one size in the upper part of a line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from PIL import Image

from tribureau.reader.ocr.words import SeenWord

_DOUBTFUL: Final = 0.85
_MOST_NUMBERS: Final = 200
"""Of one page: more are a pattern and no account numbers."""
_INK: Final = 150
_LEAST_ASTERISKS: Final = 3
_MOST_ASTERISKS: Final = 16
_TOGETHER: Final = 0.7
"""Words closer than this many heights may be one number."""
_NONSENSE: Final = 0.4
_GAP: Final = 0.35
"""A gap between two characters wider than this many heights is a blank."""
_DIGITS: Final = re.compile(r"#?[A-Z]?\d{4,}")
_CROSSED_OUT: Final = re.compile(r"(?P<digits>[^\s/]{2,14}?)(?P<crosses>[Xx]{4,})")
_FEWEST_DIGITS: Final = 2
_MOST_PIECES: Final = 3
_X_WIDE: Final = 1.2
"""The width of an X in digits."""
_ABOVE_BASELINE: Final = 0.9
"""Of the height of a digit: asterisks hang above the line that letters stand on."""
_ASTERISK: Final = 0.55
"""From one asterisk to the next in heights of a digit."""
_UNREAD: Final = 9
_PAD: Final = 12


class _Blob(NamedTuple):
    """A run of columns with ink, and how far up and down it reaches; in pixels of the picture."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """Words (by index) that are one masked number: the boxes of its print before and after `mask`."""

    words: tuple[int, ...]
    before: _Blob | None
    after: _Blob | None
    mask: str


def masked_numbers(image: Image.Image, words: Sequence[SeenWord]) -> list[MaskedNumber]:
    """The masked numbers among words that the engine doubts, or that hold an asterisk."""
    found = []
    for group in _neighbours(words):
        number = None
        if _may_hold_mask([words[at] for at in group]):
            number = _crossed_out(image, words, group) or _masked_number(image, words, group)
        if number and not any(_is_plain_word(words[at]) for at in number.words):
            found.append(number)
    return found[:_MOST_NUMBERS]


def _may_hold_mask(words: Sequence[SeenWord]) -> bool:
    doubtful = any(word.confidence < _DOUBTFUL or "*" in word.text for word in words)
    may_lack = _DIGITS.fullmatch(words[-1].text) is not None
    return may_lack or (doubtful and any(c.isdigit() or c == "*" for word in words for c in word.text))


def _is_plain_word(word: SeenWord) -> bool:
    return word.confidence >= _DOUBTFUL and len(word.text) > 1 and word.text.isalpha()


def _neighbours(words: Sequence[SeenWord]) -> Iterator[list[int]]:
    group: list[int] = []
    for at, word in enumerate(words):
        last = words[group[-1]] if group else None
        if last and (
            last.line != word.line
            or word.x0 - last.x1 > _reach(word) * max(12, last.y1 - last.y0)
            or (_is_plain_word(last) and not word.text.isalpha())
        ):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _crossed_out(image: Image.Image, words: Sequence[SeenWord], group: list[int]) -> MaskedNumber | None:
    """A number whose end is printed as a row of X: its digits are read as letters beside them."""
    inside = [words[at] for at in group]
    found = _CROSSED_OUT.fullmatch("".join(word.text for word in inside))
    if not found or len(found["digits"]) < _FEWEST_DIGITS or len(inside) > _MOST_PIECES:
        return None
    top, bottom = (int(edge(w[side] for w in inside)) for edge, side in ((min, 2), (max, 4)))
    left, right = int(inside[0].x0), int(inside[-1].x1)
    end = right - (right - left) * _X_WIDE * len(found["crosses"]) / (
        len(found["digits"]) + _X_WIDE * len(found["crosses"])
    )
    blobs = _blobs(image, (left - 3, top - 3, int(end) + (bottom - top) // 3, bottom + 3))
    digits = [blob for blob in blobs if (blob.left + blob.right) / 2 < end]
    return MaskedNumber(tuple(group), _around(digits), None, "X" * len(found["crosses"])) if digits else None


def _masked_number(image: Image.Image, words: Sequence[SeenWord], group: list[int]) -> MaskedNumber | None:
    inside = [words[at] for at in group]
    box = (
        int(min(w.x0 for w in inside)) - 3, int(min(w.y0 for w in inside)) - 3,
        _right_end(words, group), int(max(w.y1 for w in inside)) + 3,
    )  # fmt: skip
    if _is_nothing(box):
        return None
    box = _one_row(image, box)
    blobs = _blobs(image, box)
    highest = max((blob.bottom - blob.top for blob in blobs), default=0)
    tall = [blob for blob in blobs if blob.bottom - blob.top > 0.6 * highest]
    if not tall:
        return None
    height = median(blob.bottom - blob.top for blob in tall)
    top = min(blob.top for blob in tall)
    small = [_is_asterisk(blob, top, height) for blob in blobs]
    start, end = max(_runs(small), key=lambda run: run[1] - run[0], default=(0, 0))
    asterisks = sum(max(1, round((b.right - b.left) / (_ASTERISK * height))) for b in blobs[start:end])
    if not _LEAST_ASTERISKS <= asterisks <= _MOST_ASTERISKS:
        return None
    first = next(
        (at for at in range(start, 0, -1) if _gap(blobs, at) > _widest(beside_asterisks=at == start) * height), 0
    )
    last = next(
        (at for at in range(end, len(blobs)) if _gap(blobs, at) > _widest(beside_asterisks=at == end) * height),
        len(blobs),
    )
    kept = tuple(at for at in group if words[at].x1 > blobs[first].left and words[at].x0 < blobs[last - 1].right)
    if not kept or end - start == last - first or words[kept[0]].x0 < blobs[first].left - height:
        return None
    return MaskedNumber(kept, _around(blobs[first:start]), _around(blobs[end:last]), "*" * asterisks)


def _gap(blobs: Sequence[_Blob], at: int) -> int:
    return blobs[at].left - blobs[at - 1].right


def _widest(*, beside_asterisks: bool) -> float:
    """How many heights of white there may be within a number: asterisks leave more around them than digits do."""
    return 2 * _GAP if beside_asterisks else _GAP


def _reach(word: SeenWord) -> float:
    """How many heights a word may stand apart and be of the same number: nonsense may be asterisks."""
    return _TOGETHER if word.confidence > _NONSENSE else 2 * _TOGETHER


def _one_row(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The box without what reaches into it of the rows above and below."""
    left, top, right, bottom = box
    ink = image.crop(box).point(lambda grey: 255 if grey < _INK else 0)
    filled = [ink.crop((0, y, ink.width, y + 1)).getbbox() is not None for y in range(ink.height)]
    first, end = max(_runs(filled), key=lambda run: run[1] - run[0], default=(0, bottom - top))
    return left, top + first, right, top + end


def _right_end(words: Sequence[SeenWord], group: list[int]) -> int:
    """How far a number's asterisks may reach that the engine took for nothing: to the next word of its line."""
    last = words[group[-1]]
    after = words[group[-1] + 1 :][:1]
    limit = last.x1 + _UNREAD * (last.y1 - last.y0)
    return int(min([limit, *(word.x0 - _PAD for word in after if word.line == last.line)], default=limit))


def _is_nothing(box: tuple[int, int, int, int]) -> bool:
    """Whether words that overlap leave no room between them."""
    return box[2] <= box[0] or box[3] <= box[1]


def _blobs(image: Image.Image, box: tuple[int, int, int, int]) -> list[_Blob]:
    if _is_nothing(box):
        return []
    ink = image.crop(box).point(lambda grey: 255 if grey < _INK else 0)
    filled = [ink.crop((x, 0, x + 1, ink.height)).getbbox() is not None for x in range(ink.width)]
    blobs = []
    for left, right in _runs(filled):
        bounds = ink.crop((left, 0, right, ink.height)).getbbox()
        if bounds and (right - left > 1 or bounds[3] - bounds[1] > 3):
            blobs.append(_Blob(box[0] + left, box[1] + bounds[1], box[0] + right, box[1] + bounds[3]))
    return blobs


def _is_asterisk(blob: _Blob, top: int, height: float) -> bool:
    tall, wide = blob.bottom - blob.top, blob.right - blob.left
    return (
        0.25 * height <= tall <= 0.72 * height
        and 0.2 * height <= wide
        and blob.bottom <= top + _ABOVE_BASELINE * height
    )


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None


def _around(blobs: Sequence[_Blob]) -> _Blob | None:
    if not blobs:
        return None
    return _Blob(blobs[0].left, min(b.top for b in blobs), blobs[-1].right, max(b.bottom for b in blobs))
