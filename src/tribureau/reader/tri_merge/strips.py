"""Payment histories of three bureaus: strips of months, with the codes above, below or beside them.

Two arrangements are read. Shared: a row of months (and one of years), then a row of codes per bureau that begins with
its name. Own: under each bureau's name, or in its column, a row of codes and a row of months that may start anywhere.
A cell belongs to the month it stands nearest to, never to the one that comes next in the text.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.dates import full_year
from tribureau.reader.months import MonthLabel, dated
from tribureau.reader.pages import Line, Mark, Word
from tribureau.reader.report import Box, Evidence
from tribureau.reader.tri_merge.columns import Columns, bureau_of
from tribureau.reader.tri_merge.month_rows import FEWEST_MONTHS, DrawnMonth, MonthRow, month_row
from tribureau.reader.vocabulary import PAYMENT_PLAN, month_code

_ROW_NAMES: Final = frozenset({"month", "months", "year", "years", "date", "status"})
_UNDATED_CONFIDENCE: Final = 0.8


class Strips:
    """Collects the lines of one account's payment history."""

    def __init__(self, columns: Columns | None = None) -> None:
        """`columns` where bureaus stand side by side over their own strips."""
        self._columns = columns
        self._bureau: Bureau | None = None
        self._strips: dict[Bureau | None, list[MonthRow]] = {}
        self._codes: dict[Bureau, list[tuple[MonthRow, list[Word]]]] = {}
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
        self, bureau: Bureau, rows: list[tuple[MonthRow, list[Word]]], latest: date | None
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
        if month_row(words) is None:
            return False
        for bureau, part in self._shares(words):
            strip = month_row(part)
            if strip:
                self._strips.setdefault(bureau, []).append(strip)
        held, self._held = self._held, []
        for bureau, part in held:
            self._bind(bureau, part)
        return True

    def _take_years(self, words: list[Word]) -> bool:
        if len(words) < FEWEST_MONTHS or not all(w.text.strip("'").isdigit() and _is_year(w.text) for w in words):
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
        months_below = following is not None and month_row(list(following.words)) is not None
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
    return month_row(words[1:] if words[0].text.strip(":").lower() in _ROW_NAMES else words) is not None


def stand_beside(line: Line) -> bool:
    """Whether the line begins strips that stand side by side: months or codes, and no row's name before them."""
    named = line.words[0].text.strip(":").lower() in _ROW_NAMES or bureau_of(line.words)
    return not named and (is_month_row(line) or are_codes(line.words))


def are_codes(words: Sequence[Word]) -> bool:
    """Whether every word is the code of a month."""
    return all(month_code(word.text) is not None or word.text.upper() == PAYMENT_PLAN for word in words)


def _dated(strips: Sequence[MonthRow], latest: date | None) -> tuple[list[str | None], bool]:
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
