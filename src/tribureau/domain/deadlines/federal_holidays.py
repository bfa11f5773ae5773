"""The legal public holidays of the United States: 5 USC 6103(a), and the day they are observed on."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

_MONDAY: Final = 0
_THURSDAY: Final = 3
_JUNETEENTH_SINCE: Final = 2021
"""Public Law 117-17, signed on June 17, 2021; the first was observed the day after."""


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The days of that calendar year on which a federal holiday is observed, from 1986 on.

    One that falls on a Saturday is observed the Friday before, on a Sunday the Monday after (5 USC 6103(b), Executive
    Order 11582): New Year's Day of the next year may so fall on December 31 of this one.
    """
    days = {_observed(day) for around in (year, year + 1) for day in _as_named(around)}
    return frozenset(day for day in days if day.year == year)


def _as_named(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    yield _nth(year, 1, _MONDAY, 3)  # Birthday of Martin Luther King, Jr.
    yield _nth(year, 2, _MONDAY, 3)  # Washington's Birthday
    yield _nth(year, 6, _MONDAY, 1) - timedelta(weeks=1)  # Memorial Day: the last Monday of May
    if year >= _JUNETEENTH_SINCE:
        yield date(year, 6, 19)
    yield date(year, 7, 4)
    yield _nth(year, 9, _MONDAY, 1)  # Labor Day
    yield _nth(year, 10, _MONDAY, 2)  # Columbus Day
    yield date(year, 11, 11)  # Veterans Day
    yield _nth(year, 11, _THURSDAY, 4)  # Thanksgiving Day
    yield date(year, 12, 25)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)


def _observed(day: date) -> date:
    match day.weekday():
        case 5:
            return day - timedelta(days=1)
        case 6:
            return day + timedelta(days=1)
        case _:
            return day
