"""Where printed words that somebody named stand on the pages; what stands nowhere is not believed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.redaction import redacted
from tribureau.reader.outside.said import PageText
from tribureau.reader.pages import Line, Page, Word, enclosing
from tribureau.reader.report import Box

_GLUE: Final = frozenset("#%*")
_FEWEST_COLUMNS: Final = 2
_ABOVE: Final = 3
"""A label stands at most so many lines above its value."""


@dataclass(frozen=True, slots=True)
class Place:
    """Printed words: the line's place in the order of all lines, and the words."""

    line: int
    words: tuple[Word, ...]

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def box(self) -> Box:
        return enclosing(self.words)

    @property
    def printed(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it leaves the machine."""

    line: Line
    text: str
    cells: str

    @classmethod
    def of(cls, line: Line, text: str) -> "ShownLine":
        folded = text.casefold()
        return cls(line, folded if len(folded) == len(text) else text, " | ".join(_cells(line, text)))


def _cells(line: Line, text: str) -> Iterator[str]:
    start = 0
    for segment in line.segments:
        yield text[start : start + len(segment.text)]
        start += len(segment.text) + 1


class ShownPages:
    """All pages as they leave the machine, and the way back from what was said to the words on them."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = [page for page in pages if page.words]
        self.lines = [
            ShownLine.of(line, text)
            for page in self._pages
            for line, text in zip(page.lines, redacted([line.text for line in page.lines]), strict=True)
        ]

    @property
    def texts(self) -> list[PageText]:
        """What is shown of each page."""
        shown: dict[int, list[str]] = {page.number: [] for page in self._pages}
        for line in self.lines:
            shown[line.line.page].append(line.cells)
        return [PageText(page, lines) for page, lines in shown.items()]

    def find(self, printed: str, lines: range) -> Iterator[Place]:
        """Everywhere in those lines that the words stand, whole; first in one line, then broken over two."""
        if wanted := plain(printed):
            yield from (place for at in lines for place in self._in_line(wanted, at))
            yield from (place for at in lines[:-1] for place in self._over_two_lines(wanted, at))

    def _in_line(self, wanted: str, at: int) -> Iterator[Place]:
        shown = self.lines[at]
        start = shown.text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if _stands_alone(shown.text, start, end):
                yield Place(at, tuple(_words_between(shown.line, start, end)))
            start = shown.text.find(wanted, start + 1)

    def _over_two_lines(self, wanted: str, at: int) -> Iterator[Place]:
        words = wanted.split()
        for cut in range(1, len(words)):
            for head in self._in_line(" ".join(words[:cut]), at):
                for tail in self._in_line(" ".join(words[cut:]), at + 1):
                    if tail.page == head.page and _overlap(head.box, tail.box):
                        yield Place(at, (*head.words, *tail.words))

    def is_labelled(self, value: Place, label: str) -> bool:
        """Whether the label stands left of the value on its line, or above it."""
        left = (place for place in self.find(label, range(value.line, value.line + 1)))
        if any(place.box.x0 <= value.box.x0 for place in left):
            return True
        above = range(max(0, value.line - _ABOVE), value.line)
        return any(place.page == value.page and _overlap(place.box, value.box) for place in self.find(label, above))

    def column_of(self, value: Place) -> Bureau | None:
        """The bureau whose heading the value stands under, where several stand side by side above it."""
        for at in range(value.line, -1, -1):
            if self.lines[at].line.page != value.page:
                return None
            heads = self._bureaus_of_lines.get(at)
            if heads and at < value.line:
                middle = (value.box.x0 + value.box.x1) / 2
                return min(heads, key=lambda head: abs(head[0] - middle))[1]
        return None

    @cached_property
    def _bureaus_of_lines(self) -> dict[int, list[tuple[float, Bureau]]]:
        found = {}
        for at, shown in enumerate(self.lines):
            names = [
                (word.middle, bureau)
                for word in shown.line.words
                for bureau in Bureau
                if word.text.casefold().strip(":®") == bureau.value.casefold()
            ]
            if len({bureau for _, bureau in names}) >= _FEWEST_COLUMNS:
                found[at] = names
        return found

    def line_at(self, page: int, box: Box) -> int | None:
        """The line that stands at that height."""
        middle = (box.y0 + box.y1) / 2
        return next(
            (
                at
                for at, shown in enumerate(self.lines)
                if shown.line.page == page and shown.line.box.y0 <= middle <= shown.line.box.y1
            ),
            None,
        )

    def prints(self, words: str) -> bool:
        return any(words.casefold() in line.text for line in self.lines)


def plain(printed: str) -> str:
    """The words as lines are compared: small letters, single blanks, without the marks between cells."""
    return " ".join(re.sub(r"\s\|\s", " ", f" {printed} ").casefold().split()).strip(" |")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether what is found is no part of a longer word or number: not the `24` of `1,240`."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in _GLUE or (before in {",", "."} and text[start].isdigit()):
        return False
    return not (after[:1].isalnum() or after[:1] in _GLUE or (after[:1] in {",", "."} and after[1:].isdigit()))


def _words_between(line: Line, start: int, end: int) -> Iterator[Word]:
    ends = accumulate(len(word.text) + 1 for word in line.words)
    for word, after in zip(line.words, ends, strict=True):
        if after - 1 > start and after - len(word.text) - 1 < end:
            yield word


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1
