"""A day that the user types into a letter: refused where it can't have been, passed where nobody can tell."""

from datetime import date

import pytest

from tribureau.domain.letters.dates import names_impossible_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "2031-01-01",
        "2026-11-23",
        "2023-02-29",
        "February 30, 2023",
        "opened Feb 2, 2021, closed Feb. 30 2023",
        "December 2026",
        "13/13/2024",
        "12/31/2026",
        "30 de febrero de 2023",
        "January 1st, 2027",
        "0000-00-00",
    ],
)
def test_a_day_that_can_not_have_been(typed: str) -> None:
    assert names_impossible_day(typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-11-22",
        "2024-02-29",
        "August 2022",
        "31/12/2024",
        "12/31/2024",
        "29 de febrero de 2024",
        "about ten years ago 😀",
        "$1,234.50",
        "account 1234-56-7890",
        "I paid May 99 in 2020",
    ],
)
def test_a_day_that_may_have_been(typed: str) -> None:
    assert not names_impossible_day(typed, TODAY)
