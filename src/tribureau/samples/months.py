"""Arithmetic on calendar months, written YYYY-MM as in the record's payment history."""

from datetime import date

from tribureau.domain.tradelines import MonthCode


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def earlier(month: str, count: int) -> str:
    """The month `count` before this one (after it where negative)."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_between(first: str, last: str) -> int:
    """From `first` to `last`; 0 for the same month."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def run_of_months(first: str, last: str) -> list[str]:
    """Both ends included, newest first; empty where `last` lies before `first`."""
    return [earlier(last, back) for back in range(months_between(first, last) + 1)]


def newest(history: dict[str, MonthCode], last: str, count: int) -> dict[str, MonthCode]:
    """What a grid of `count` months that ends at `last` shows of a history."""
    window = {earlier(last, back) for back in range(count)}
    return {month: code for month, code in history.items() if month in window}


def month_start(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)
