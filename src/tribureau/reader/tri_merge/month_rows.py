"""A row of months: where each stands, and what stands over or under it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tribureau.reader.months import MonthLabel, month_label
from tribureau.reader.pages import Colour, Mark, Word
from tribureau.reader.report import Box

FEWEST_MONTHS: Final = 3
_NEAR: Final = 0.6
"""Share of the distance between two months within which a code stands under one of them."""
_REACH: Final = 16.0
"""Points from a month's label to the middle of what is drawn for it."""


class DrawnMonth(NamedTuple):
    """A month that is a coloured area; the colour is None where only its outline is drawn."""

    page: int
    box: Box
    colour: Colour | None


class MonthRow(NamedTuple):
    """A row of months: its page and height on it, where each month stands and what it says."""

    middles: list[float]
    labels: list[MonthLabel]
    page: int
    y: float

    def drawn(self, marks: Iterable[Mark], *, above: bool) -> dict[int, DrawnMonth]:
        """By month the drawing, such as a coloured square, that stands over it or under it."""
        reach = _NEAR * self.pitch
        found: dict[int, DrawnMonth] = {}
        for mark in marks:
            x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
            at = self.nearest(x)
            if 0 < (self.y - y if above else y - self.y) < _REACH and abs(self.middles[at] - x) <= reach:
                found[at] = DrawnMonth(self.page, mark.box, mark.colour)
        return found if len(found) >= FEWEST_MONTHS else {}

    @property
    def pitch(self) -> float:
        """Points from one month to the next."""
        gaps = sorted(after - before for before, after in pairwise(self.middles))
        return gaps[len(gaps) // 2]

    def nearest(self, x: float) -> int:
        """The month whose middle is closest; months stand from left to right."""
        after = bisect_left(self.middles, x)
        if after == len(self.middles) or (after and x - self.middles[after - 1] <= self.middles[after] - x):
            return after - 1
        return after

    def under(self, words: Sequence[Word]) -> dict[int, Word]:
        """Each month's word; of two that compete for a month the nearer one."""
        reach = _NEAR * self.pitch
        found: dict[int, Word] = {}
        for word in sorted(words, key=lambda w: -abs(self.middles[self.nearest(w.middle)] - w.middle)):
            at = self.nearest(word.middle)
            if abs(self.middles[at] - word.middle) <= reach:
                found[at] = word
        return found


def month_row(words: Sequence[Word]) -> MonthRow | None:
    """The words as a row of months; None if one of them is none, or too few are."""
    middles: list[float] = []
    labels: list[MonthLabel] = []
    before: Word | None = None
    for word in words:
        label = month_label(word.text)
        if label is None:
            return None
        if before and labels[-1].year is None and label.month is None and word.x0 - before.x1 < 0.6 * word.size:
            labels[-1] = MonthLabel(labels[-1].month, label.year)
        else:
            middles.append(word.middle)
            labels.append(label)
        before = word
    named = sum(label.month is not None for label in labels)
    if len(labels) < FEWEST_MONTHS or 2 * named <= len(labels):
        return None
    return MonthRow(middles, labels, words[0].page, (words[0].y0 + words[0].y1) / 2)
