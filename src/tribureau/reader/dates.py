"""Printed dates with the precision they are printed in."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from tribureau.domain.tradelines import Precision, PrintedDate

_MONTH_NAMES: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NAME: Final = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR: Final = r"(?P<year>(?:19|20)\d{2})"
_SHAPES: Final = tuple(
    re.compile(rf"(?<![\d/.\-]){shape}(?![\d/\-]|\.\d)", re.IGNORECASE)
    for shape in (
        rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:T[\d:.]+Z?)?",
        r"(?P<month>\d{1,2})(?P<mark>[/.\-])(?P<day>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2}|\d{2})",
        rf"(?<![a-z]){_NAME}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})[\s\-]{_NAME}[\s\-,]+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d{{1,2}})",
        rf"(?P<month>\d{{1,2}})\s?[/.\-]\s?{_YEAR}",
        rf"(?<![a-z]){_NAME}[\s,/\-]*{_YEAR}",
        rf"(?<![a-z]){_NAME}\s*['’‘\-]\s?(?P<year>\d{{2}})",
    )
)
_BARE_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_TWO_DIGIT_YEAR_PIVOT: Final = 70


def month_number(name: str) -> int | None:
    """1..12 for `Jan`, `Sept.`, `march`; None for any other word."""
    word = name.strip(" .").lower()
    if len(word) < 3:
        return None
    return next(
        (at for at, full in enumerate(_MONTH_NAMES, 1) if full.startswith(word) or word == full[:3] + "t"), None
    )


def full_year(printed: str) -> int:
    """`2021` for `2021` and `21`, `1999` for `99`."""
    year = int(printed)
    if year >= 100:
        return year
    return year + (1900 if year >= _TWO_DIGIT_YEAR_PIVOT else 2000)


@lru_cache(maxsize=8192)
def printed_date(printed: str | None) -> PrintedDate | None:
    """The first date of a text, or a text that is a bare year.

    US order (month first) with slashes and dashes, European order (day first) with dots, month names, ISO.
    A day that can't be in that order is read in the other; an impossible date is None.
    """
    text = (printed or "").strip()
    if _BARE_YEAR.fullmatch(text):
        return PrintedDate(date(int(text), 1, 1), Precision.YEAR)
    for shape in _SHAPES:
        found = shape.search(text)
        if found:
            return _date(found.groupdict())
    return None


def _date(part: dict[str, str | None]) -> PrintedDate | None:
    year = full_year(part["year"] or "")
    month = month_number(part["name"] or "") if part.get("name") else int(part["month"] or 0)
    if part.get("day") is None:
        return _valid(year, month or 0, 1, Precision.MONTH)
    day = int(part["day"] or 0)
    if part.get("mark") == ".":
        month, day = day, month or 0
    return _valid(year, month or 0, day, Precision.DAY) or (
        _valid(year, day, month or 0, Precision.DAY) if part.get("mark") else None
    )


def _valid(year: int, month: int, day: int, precision: Precision) -> PrintedDate | None:
    try:
        return PrintedDate(date(year, month, day), precision)
    except ValueError:
        return None
