"""Round numbers, months and labels of charts."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tribureau.charts.scales import month_starts, round_steps, spread


@given(st.integers(-1000, 10_000), st.integers(0, 10_000))
def test_steps_are_even_few_and_enclose_what_is_shown(low: int, span: int) -> None:
    steps = round_steps(low, low + span)
    gaps = {later - earlier for earlier, later in pairwise(steps)}
    assert steps[0] <= low and low + span <= steps[-1]
    assert 2 <= len(steps) <= 6 and len(gaps) == 1


def test_steps_are_round() -> None:
    assert round_steps(598, 668) == [580, 600, 620, 640, 660, 680]
    assert round_steps(0, 3) == [0, 1, 2, 3]
    assert round_steps(640, 640) == [640, 641]


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(0, 40 * 366))
def test_months_lie_within_and_are_never_too_many(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    months = month_starts(first, last)
    assert len(months) <= 9
    assert all(first <= month <= last and month.day == 1 for month in months)


@given(st.lists(st.floats(0, 150), min_size=1, max_size=8))
def test_labels_keep_their_distance_and_their_order(wanted: list[float]) -> None:
    placed = spread(wanted, 12, 0, 150)
    pairs = sorted(zip(wanted, placed, strict=True))
    heights = sorted(placed)
    assert all(later - earlier >= 11.7 for earlier, later in pairwise(heights))
    assert [place for _, place in pairs] == sorted(place for _, place in pairs)
    assert heights[0] >= -0.1 and heights[-1] <= 150.1
