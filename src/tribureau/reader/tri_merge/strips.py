"""Payment histories of three bureaus: strips of months, with the codes above, below or beside them.

Two arrangements are read. Shared: a row of months (and one of years), then a row of codes per bureau that begins with
its name. Own: under each bureau's name, or in its column, a row of codes and a row of months that may start anywhere.
A cell belongs to the month it stands nearest to, never to the one that comes next in the text.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.reader.dates import full_year
from tribureau.reader.months import MonthLabel, dated, month_label
from tribureau.reader.pages import Colour, Line, Mark, Word
from tribureau.reader.report import Box, Evidence
from tribureau.reader.tri_merge.columns import Columns, bureau_of
from tribureau.reader.vocabulary import PAYMENT_PLAN, month_code

_FEWEST_MONTHS: Final = 3
_ROW_NAMES: Final = frozenset({"month", "months", "year", "years", "date", "status"})
_NEAR: Final = 0.6
"""Share of the distance between two months within which a code stands under one of them."""
_REACH: Final = 16.0
"""Points from a month's label to the middle of what is drawn for it."""
_UNDATED_CONFIDENCE: Final = 0.8


class DrawnMonth(NamedTuple):
    """A month that is a coloured area; the colour is None where only its outline is drawn."""

    page: int
    box: Box
    colour: Colour | None


class _Strip(NamedTuple):
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
        return found if len(found) >= _FEWEST_MONTHS else {}

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


class Strips:
    """Collects the lines of one account's payment history."""

    def __init__(self, columns: Columns | None = None) -> None:
        """`columns` where bureaus stand side by side over their own strips."""
        self._columns = columns
        self._bureau: Bureau | None = None
        self._strips: dict[Bureau | None, list[_Strip]] = {}
        self._codes: dict[Bureau, list[tuple[_Strip, list[Word]]]] = {}
        self._held: list[tuple[Bureau | None, list[Word]]] = []

    def take(self, line: Line, following: Line | None) -> bool:
        """Whether the line is part of the history. `following` is the line after it: months may stand below codes."""
        words = list(line.words)
        named = bureau_of(words)
        if named:
            words = words[named[1] :]
            if words and not are_codes(words):
                return False
            self._bureau = named[0]
        elif words[0].text.strip(":").lower() in _ROW_NAMES:
            words = words[1:]
        if not words:
            return named is not None
        return self._take_years(words) or self._take_months(words) or self._take_codes(words, following)

    def months(self, latest: date | None) -> dict[Bureau, dict[str, Evidence]]:
        """The printed code by bureau and month, none after `latest`, which also dates a strip that prints no year.

        A bureau with strips of its own has no codes under those that bureaus share.
        """
        return {bureau: self._months_of(bureau, rows, latest) for bureau, rows in self._codes.items()}

    def drawn(
        self, latest: date | None, marks_of: Callable[[int], Sequence[Mark]]
    ) -> dict[Bureau | None, dict[str, DrawnMonth]]:
        """By bureau the months that have drawings in place of printed codes; None holds strips that bureaus share.

        `marks_of` gives the drawings of a page.
        """
        found: dict[Bureau | None, dict[str, DrawnMonth]] = {}
        for bureau, strips in self._strips.items():
            if self._codes.get(bureau) if bureau else self._codes:
                continue
            sides = [[strip.drawn(marks_of(strip.page), above=above) for strip in strips] for above in (True, False)]
            drawn = max(sides, key=lambda side: sum(map(len, side)))
            months, _ = _dated(strips, latest)
            starts = accumulate((len(strip.labels) for strip in strips), initial=0)
            named = {
                month: mark
                for start, marks in zip(starts, drawn, strict=False)
                for at, mark in sorted(marks.items())
                if (month := months[start + at])
            }
            if named:
                found[bureau] = named
        return found

    def _months_of(
        self, bureau: Bureau, rows: list[tuple[_Strip, list[Word]]], latest: date | None
    ) -> dict[str, Evidence]:
        strips = self._strips.get(bureau) or self._strips.get(None) or []
        months, sure = _dated(strips, latest)
        starts = {id(strip): sum(len(s.labels) for s in strips[:at]) for at, strip in enumerate(strips)}
        end = latest.isoformat()[:7] if latest else "9999-12"
        found: dict[str, Evidence] = {}
        for strip, words in ((strip, words) for strip, words in rows if id(strip) in starts):
            for at, word in strip.under(words).items():
                month = months[starts[id(strip)] + at]
                if month and month <= end:
                    found[month] = _evidence(word, bureau, 1.0 if sure else _UNDATED_CONFIDENCE)
        return found

    def _take_months(self, words: list[Word]) -> bool:
        if _strip_of(words) is None:
            return False
        for bureau, part in self._shares(words):
            strip = _strip_of(part)
            if strip:
                self._strips.setdefault(bureau, []).append(strip)
        held, self._held = self._held, []
        for bureau, part in held:
            self._bind(bureau, part)
        return True

    def _take_years(self, words: list[Word]) -> bool:
        if len(words) < _FEWEST_MONTHS or not all(w.text.strip("'").isdigit() and _is_year(w.text) for w in words):
            return False
        owned = [
            ((self._strips.get(bureau) or self._strips.get(None) or [])[-1:], part)
            for bureau, part in self._shares(words)
        ]
        if not all(strips and all(label.year is None for label in strips[0].labels) for strips, _ in owned):
            return False
        for (strip,), part in owned:
            for at, word in strip.under(part).items():
                strip.labels[at] = MonthLabel(strip.labels[at].month, full_year(word.text.strip("'")))
        return True

    def _take_codes(self, words: list[Word], following: Line | None) -> bool:
        if not are_codes(words) or not (self._bureau or self._columns):
            return False
        months_below = following is not None and _strip_of(list(following.words)) is not None
        for bureau, part in self._shares(words):
            if months_below:
                self._held.append((bureau, part))
            else:
                self._bind(bureau, part)
        return True

    def _bind(self, bureau: Bureau | None, words: list[Word]) -> None:
        strips = self._strips.get(bureau) or self._strips.get(None)
        if bureau and strips:
            self._codes.setdefault(bureau, []).append((strips[-1], words))

    def _shares(self, words: list[Word]) -> list[tuple[Bureau | None, list[Word]]]:
        """The words by the bureau in whose column they stand, or all of them to the bureau named last."""
        if self._columns is None:
            return [(self._bureau, words)]
        shares: dict[Bureau | None, list[Word]] = {}
        for word in words:
            bureau = self._columns.bureaus[max(0, self._columns.of(word))]
            shares.setdefault(bureau, []).append(word)
        return list(shares.items())


def is_month_row(line: Line) -> bool:
    """Whether the line heads a strip of months."""
    words = list(line.words)
    return _strip_of(words[1:] if words[0].text.strip(":").lower() in _ROW_NAMES else words) is not None


def stand_beside(line: Line) -> bool:
    """Whether the line begins strips that stand side by side: months or codes, and no row's name before them."""
    named = line.words[0].text.strip(":").lower() in _ROW_NAMES or bureau_of(line.words)
    return not named and (is_month_row(line) or are_codes(line.words))


def _strip_of(words: list[Word]) -> _Strip | None:
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
    if len(labels) < _FEWEST_MONTHS or 2 * named <= len(labels):
        return None
    return _Strip(middles, labels, words[0].page, (words[0].y0 + words[0].y1) / 2)


def are_codes(words: Sequence[Word]) -> bool:
    """Whether every word is the code of a month."""
    return all(month_code(word.text) is not None or word.text.upper() == PAYMENT_PLAN for word in words)


def _dated(strips: Sequence[_Strip], latest: date | None) -> tuple[list[str | None], bool]:
    """All months of the strips as YYYY-MM, and whether a printed year says so."""
    labels = [label for strip in strips for label in strip.labels]
    sure = any(label.year for label in labels)
    return dated(labels if sure or latest is None else _ending_by(labels, latest)), sure


def _is_year(text: str) -> bool:
    return len(text.strip("'")) in {2, 4}


def _ending_by(labels: list[MonthLabel], latest: date) -> list[MonthLabel]:
    """The labels with the newest one dated: the last such month that is not after the report."""
    forwards = sum((b.month or 0) - (a.month or 0) in {1, -11} for a, b in pairwise(labels)) * 2 >= len(labels) - 1
    at = len(labels) - 1 if forwards else 0
    month = labels[at].month or 1
    year = latest.year if month <= latest.month else latest.year - 1
    return [MonthLabel(month, year) if i == at else label for i, label in enumerate(labels)]


def _evidence(word: Word, bureau: Bureau, confidence: float) -> Evidence:
    return Evidence(word.page, Box(word.x0, word.y0, word.x1, word.y1), word.text, f"grid:{bureau}", confidence)
