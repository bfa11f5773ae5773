"""Months as grids print them in their headings."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tribureau.reader.dates import full_year, month_number

_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_SHORT_YEAR: Final = re.compile(r"'\d{2}")
_WITH_YEAR: Final = re.compile(r"(?P<name>[a-z]{3,9})\.?[\s,/\-]*'?(?P<year>(?:20|19)?\d{2})", re.IGNORECASE)
_NUMERIC: Final = re.compile(r"(?P<month>\d{1,2})[/\-](?P<year>(?:19|20)\d{2}|\d{2})")
INITIALS: Final = "JFMAMJJASOND"


class MonthLabel(NamedTuple):
    """What one heading says: a month, a year, or both."""

    month: int | None
    year: int | None


@lru_cache(maxsize=4096)
def month_label(text: str) -> MonthLabel | None:
    """`Jan`, `JANUARY`, `Jan 2025`, `Jan '25`, `01/25`, `2025`, `'25`; None for anything else."""
    text = text.strip(" .,")
    month = month_number(text) if text.isalpha() or text.endswith(".") else None
    if month:
        return MonthLabel(month, None)
    if _YEAR.fullmatch(text):
        return MonthLabel(None, int(text))
    if _SHORT_YEAR.fullmatch(text):
        return MonthLabel(None, full_year(text[1:]))
    named = _WITH_YEAR.fullmatch(text)
    month = month_number(named["name"]) if named else None
    if named and month:
        return MonthLabel(month, full_year(named["year"]))
    numeric = _NUMERIC.fullmatch(text)
    if numeric and 1 <= int(numeric["month"]) <= 12:
        return MonthLabel(int(numeric["month"]), full_year(numeric["year"]))
    return None


def dated(labels: Sequence[MonthLabel]) -> list[str | None]:
    """`YYYY-MM` of each column of a strip: a bare year stands for its January, missing years follow from neighbours.

    Columns must run month by month, forwards or backwards; without any year nothing can be dated.
    """
    months = [label.month or (1 if label.year else None) for label in labels]
    step = _direction(months)
    years: list[int | None] = [label.year for label in labels]
    _spread(months, years, range(1, len(labels)), -1, step)
    _spread(months, years, range(len(labels) - 2, -1, -1), 1, -step)
    return [f"{y:04d}-{m:02d}" if y and m else None for y, m in zip(years, months, strict=True)]


def _direction(months: Sequence[int | None]) -> int:
    """+1 when the oldest month stands first, -1 when the newest does."""
    pairs = [(a, b) for a, b in pairwise(months) if a and b]
    forwards = sum((b - a) % 12 == 1 for a, b in pairs)
    backwards = sum((a - b) % 12 == 1 for a, b in pairs)
    return 1 if forwards >= backwards else -1


def _spread(months: Sequence[int | None], years: list[int | None], order: range, towards: int, step: int) -> None:
    """Fill in years in one direction; passing a year's end changes the year."""
    for at in order:
        known, neighbour, month = years[at + towards], months[at + towards], months[at]
        if years[at] is not None or known is None or neighbour is None or month is None:
            continue
        if step > 0:
            years[at] = known + (1 if month < neighbour else 0)
        else:
            years[at] = known - (1 if month > neighbour else 0)
