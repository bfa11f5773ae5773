"""A page as positioned words, whatever they came from: a PDF's text layer today, OCR where there is none.

All lengths are PDF points (1/72 inch) from the top left corner of the page as it is displayed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from tribureau.reader.report import Box

CELL_GAP: Final = 0.85
"""A gap wider than this many text heights separates two cells; a space between words is about a quarter of one."""


class Word(NamedTuple):
    """A run of characters without white space. `size` is the height of its line box, `page` counts from 1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    page: int
    bold: bool = False

    @property
    def size(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Segment:
    """Neighbouring words of one line with no wide gap between them: a cell, a label, a piece of prose."""

    __slots__ = ("_text", "page", "words", "x0", "x1", "y0", "y1")

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        _, self.x0, self.y0, self.x1, self.y1, self.page, _ = words[0]
        if len(words) > 1:
            self.x0, self.y0, self.x1, self.y1 = enclosing(words)
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = " ".join([w.text for w in self.words])
        return self._text

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    @property
    def box(self) -> Box:
        return Box(self.x0, self.y0, self.x1, self.y1)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        return self.words[0].size

    def __repr__(self) -> str:
        return f"Segment({self.text!r}, x={self.x0:.0f}..{self.x1:.0f}, y={self.y0:.0f}, page={self.page})"


class Line:
    """The words on one baseline of one page, left to right. `size` is the height of its highest word."""

    __slots__ = ("_segments", "_text", "box", "page", "size", "words")

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self.page = words[0].page
        self.box = enclosing(words)
        self.size = max([w.y1 - w.y0 for w in words])
        self._text: str | None = None
        self._segments: list[Segment] | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = " ".join([w.text for w in self.words])
        return self._text

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    @property
    def segments(self) -> list[Segment]:
        """Cells of the line, split at gaps of `CELL_GAP` text heights."""
        if self._segments is None:
            self._segments = split_at_gaps(self.words, CELL_GAP)
        return self._segments


Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""


class Mark(NamedTuple):
    """A small drawing, as grids use for a month. `meaning` is the month code that its colour stands for.

    `colour` is that of its area; None for a drawing of lines.
    """

    box: Box
    meaning: str | None
    colour: Colour | None = None


def meaning_of_colour(red: int, green: int, blue: int) -> str | None:
    """Green is a month paid on time, light grey a month without data; other colours differ from print to print."""
    if green > red + 30 and green > blue - 20:
        return "OK"
    if max(red, green, blue) - min(red, green, blue) < 16 and 110 < green < 245:
        return "ND"
    return None


@dataclass(eq=False)
class Page:
    """One page. `is_picture` marks a page whose content is an image without usable text; it has no words."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    is_picture: bool = False
    marks: list[Mark] = field(default_factory=list)
    """Small drawings, kept for pages that hold the headings of a month grid."""

    @cached_property
    def lines(self) -> list[Line]:
        """Top to bottom, then left to right."""
        return list(lines_of(self.words))


def enclosing(words: Iterable[Word]) -> Box:
    """The smallest box around the words."""
    rest = iter(words)
    _, x0, y0, x1, y1, _, _ = next(rest)
    for _, left, top, right, bottom, _, _ in rest:
        x0, y0 = left if left < x0 else x0, top if top < y0 else y0
        x1, y1 = right if right > x1 else x1, bottom if bottom > y1 else y1
    return tuple.__new__(Box, (x0, y0, x1, y1))  # Box's own goes through Python


def split_at_gaps(words: Sequence[Word], gap: float) -> list[Segment]:
    """Cut a row of words wherever the space between two is wider than `gap` text heights."""
    pieces: list[Segment] = []
    start, edge, height = 0, inf, 0.0
    for at, (_, x0, y0, x1, y1, _, _) in enumerate(words):
        space, size = x0 - edge, y1 - y0
        if space > gap * size or space > gap * height:
            pieces.append(Segment(words[start:at]))
            start = at
        edge, height = x1, size
    pieces.append(Segment(words[start:]))
    return pieces


_first: Final = itemgetter(0)
_left: Final = attrgetter("x0")


def lines_of(words: Iterable[Word]) -> Iterator[Line]:
    """Group words by baseline. Words belong together when their middles differ by under 0.4 of the smaller height."""
    row: list[Word] = []
    level = height = 0.0
    for middle, word in sorted([((w.y0 + w.y1) / 2, w) for w in words], key=_first):
        size = word.y1 - word.y0
        if row and middle - level > 0.4 * (size if size < height else height):
            yield Line(tuple(sorted(row, key=_left)))
            row = []
        if not row:
            level, height = middle, size
        row.append(word)
    if row:
        yield Line(tuple(sorted(row, key=_left)))
