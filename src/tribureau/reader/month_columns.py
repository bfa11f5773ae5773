"""The columns of a month grid: headings, and the cells that are printed or drawn under them."""

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tribureau.reader.months import MonthLabel
from tribureau.reader.pages import Line, Mark, Word, enclosing
from tribureau.reader.report import Box, Evidence

Marks = Callable[[int], Sequence[Mark]]
"""The small drawings of a page, by their height on it."""


@dataclass(frozen=True, slots=True)
class Heading:
    label: MonthLabel
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Columns:
    """Headings as columns, and the cells that stand under them."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.headings = list(headings)
        gaps = sorted(b.middle - a.middle for a, b in pairwise(self.headings))
        self.pitch = gaps[len(gaps) // 2] if gaps else 1.6 * max(h.x1 - h.x0 for h in self.headings)
        self._between = [(a.middle + b.middle) / 2 for a, b in pairwise(self.headings)]
        self._left_edges = [h.x0 - 0.12 * self.pitch for h in self.headings]
        self._by_left_edge = False

    def settle(self, words: Sequence[Word]) -> None:
        """Columns hang on the middle of their headings, unless the cells only fit between their left edges."""
        last = self.headings[-1].middle
        self._by_left_edge = any(w.middle > last + 0.5 * self.pitch for w in words) and all(
            w.middle < self.headings[-1].x0 + self.pitch for w in words
        )

    def index(self, x: float) -> int | None:
        """The column at `x`; None beside all of them."""
        if self._by_left_edge:
            at = bisect(self._left_edges, x) - 1
            return at if at >= 0 else None
        nearest = bisect(self._between, x)
        return nearest if abs(self.headings[nearest].middle - x) <= 0.75 * self.pitch else None

    def in_line(self, heading: Heading, box: Box) -> bool:
        """Whether the box begins, ends or is centred where its heading is, and is no wider than a column."""
        offsets = (box.x0 - heading.x0, box.x1 - heading.x1, (box.x0 + box.x1) / 2 - heading.middle)
        return min(map(abs, offsets)) <= max(2.0, 0.08 * self.pitch) and box.x1 - box.x0 <= 1.1 * self.pitch

    def cells(self, words: Sequence[Word], line: Line, marks: Marks) -> Iterator[tuple[Heading, Evidence]]:
        """What is printed or drawn under each heading on this line."""
        by_column: dict[int, list[Word]] = {}
        for word in words:
            index = self.index(word.middle)
            if index is not None:
                by_column.setdefault(index, []).append(word)
        for index, inside in sorted(by_column.items()):
            text = " ".join(w.text for w in inside)
            yield self.headings[index], Evidence(line.page, enclosing(inside), text, "grid", 0.98)
        drawn = marks(line.page)
        for index, mark in self._drawn(line, drawn) if drawn else ():
            if index not in by_column and mark.meaning:
                yield self.headings[index], Evidence(line.page, mark.box, mark.meaning, "grid:drawn", 0.9)

    def _drawn(self, line: Line, marks: Sequence[Mark]) -> Iterator[tuple[int, Mark]]:
        box, left, right = line.box, self.headings[0].x0 - self.pitch / 2, self.headings[-1].x1 + self.pitch
        for at in range(bisect_left(marks, box.y0 - 2, key=_height), len(marks)):
            mark = marks[at]
            if _height(mark) > box.y1 + 2:
                return
            index = self.index((mark.box.x0 + mark.box.x1) / 2) if left < mark.box.x0 < right else None
            if index is not None:
                yield index, mark


def _height(mark: Mark) -> float:
    return (mark.box.y0 + mark.box.y1) / 2
