"""From values to places: round numbers up the side, months along the foot, labels that do not overlap."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ROUND: Final = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps `low..high` onto `start..end` (in units of the drawing), straight."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def round_steps(low: float, high: float, most: int = 5) -> list[int]:
    """Whole round numbers that enclose `low..high`, at most `most` and one; two at least."""
    rough = max((high - low) / max(most - 1, 1), 1)
    power = 10 ** math.floor(math.log10(rough))
    step = int(next(factor * power for factor in _ROUND if factor * power >= rough))
    first = math.floor(low / step) * step
    last = max(math.ceil(high / step) * step, first + step)
    return list(range(first, last + step, step))


def month_starts(first: date, last: date, most: int = 8) -> list[date]:
    """First days of months from `first` to `last`, thinned to every second, third, sixth … if they are many."""
    months = list(_months(first, last))
    stride = next(n for n in (1, 2, 3, 6, 12, 24, 48, 96, 192, 2400) if len(months) / n <= most)
    return [month for month in months if (month.year * 12 + month.month - 1) % stride == 0]


def month_label(month: date, *, with_year: bool) -> str:
    name = MONTHS[month.month - 1]
    return f"{name} {month.year % 100:02}" if with_year else name


def spread(wanted: Sequence[float], gap: float, lowest: float, highest: float) -> list[float]:
    """The places nearest to those wanted that keep `gap` between neighbours, in the order of `wanted`."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = list(wanted)
    edge = lowest
    for index in order:
        placed[index] = max(placed[index], edge)
        edge = placed[index] + gap
    edge = highest
    for index in reversed(order):
        placed[index] = min(placed[index], edge)
        edge = placed[index] - gap
    return [round(place, 1) for place in placed]


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        if month >= first:
            yield month
        month = (month + timedelta(days=32)).replace(day=1)
