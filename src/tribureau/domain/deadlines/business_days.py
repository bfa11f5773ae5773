"""Business days: all but Saturdays, Sundays and federal holidays."""

from datetime import date, timedelta
from typing import Final

from tribureau.domain.deadlines.federal_holidays import federal_holidays

_SATURDAY: Final = 5


def is_business_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def add_business_days(start: date, days: int) -> date:
    """The day that is so many business days after `start`, which itself isn't counted. `days` is 0 or more."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_business_day(day)
    return day
