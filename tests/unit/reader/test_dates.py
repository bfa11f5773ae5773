"""Printed dates keep the precision they are printed in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.reader.dates import full_year, month_number, printed_date


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("05/16/2016", "2016-05-16"),
        ("5/6/2016", "2016-05-06"),
        ("16.5.2016", "2016-05-16"),
        ("6.5.2016", "2016-05-06"),
        ("05/16/16", "2016-05-16"),
        ("25/12/2016", "2016-12-25"),
        ("05/2016", "2016-05"),
        ("May 2016", "2016-05"),
        ("Sept 2017", "2017-09"),
        ("May '16", "2016-05"),
        ("May-2016", "2016-05"),
        ("Jan 05, 2017", "2017-01-05"),
        ("September 5, 2017", "2017-09-05"),
        ("5 May 2019", "2019-05-05"),
        ("2016-05-16", "2016-05-16"),
        ("2016-05-16T10:00:00Z", "2016-05-16"),
        ("2016-05", "2016-05"),
        ("2016", "2016"),
        ("as of May 2025.", "2025-05"),
        ("$1,200 as of 02/14/2024", "2024-02-14"),
    ],
)
def test_shapes(printed: str, iso: str) -> None:
    found = printed_date(printed)
    assert found is not None
    assert found.iso() == iso


@pytest.mark.parametrize(
    "printed", [None, "", "-", "--", "N/A", "$1,200", "13/2016", "02/30/2020", "Open", "123/45/2020"]
)
def test_no_date(printed: str | None) -> None:
    assert printed_date(printed) is None


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2059, 12, 31)))
def test_every_day_reads_back_in_every_shape(day: date) -> None:
    for printed in (
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%b %d, %Y}",
        f"{day:%B %d, %Y}",
        day.isoformat(),
    ):
        found = printed_date(printed)
        assert found is not None, printed
        assert found.day == day, printed


def test_months_and_years_by_name() -> None:
    assert [month_number(name) for name in ("Jan", "sept.", "DECEMBER", "ma", "Opened")] == [1, 9, 12, None, None]
    assert [full_year(year) for year in ("24", "99", "2021")] == [2024, 1999, 2021]
