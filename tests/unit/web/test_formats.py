"""Dates, money and numbers as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.web import formats

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1284.00"), "$1,284"),
        (1284.5, "$1,284.50"),
        ("0", "$0"),
        (Decimal("-12.30"), "−$12.30"),
        (None, "–"),
    ],
)
def test_money_has_cents_only_where_there_are_any(amount: Decimal | float | str | None, text: str) -> None:
    assert formats.money(amount) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_says_the_whole_amount(amount: Decimal) -> None:
    assert Decimal(formats.money(amount).replace("$", "").replace(",", "").replace("−", "-")) == amount


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "Mar 9, 2021"), ("month", "Mar 2021"), ("year", "2021"), (None, "Mar 9, 2021")]
)
def test_a_printed_date_shows_no_more_than_was_printed(precision: str | None, text: str) -> None:
    assert formats.day(date(2021, 3, 9), precision) == text


def test_the_full_date_is_on_hover() -> None:
    assert formats.day_element("2024-11-26") == (
        '<time datetime="2024-11-26" title="Tuesday, November 26, 2024">Nov 26, 2024</time>'
    )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-11-22T19:05:00+00:00", "Today, 2:05 pm"),
        ("2026-11-22T03:00:00+00:00", "Yesterday"),
        ("2026-10-01T12:00:00+00:00", "Oct 1"),
        ("2025-10-01T12:00:00+00:00", "Oct 1, 2025"),
    ],
)
def test_a_moment_is_told_in_the_users_own_zone(moment: str, text: str) -> None:
    assert f">{text}</time>" in formats.moment_element(moment, "America/New_York", now=NOW)


def test_an_unknown_zone_falls_back_to_utc() -> None:
    assert ">today, 7:05 pm</time>" in formats.moment_element(
        "2026-11-22T19:05:00Z", "Mars/Olympus", within=True, now=NOW
    )


@pytest.mark.parametrize(
    ("printed", "shown"),
    [("8529****5678", "8529···5678"), ("431196XXXXXXXXXX", "431196···"), ("*1234", "···1234"), ("EX12", "EX12")],
)
def test_masks_are_shortened_and_letters_kept(printed: str, shown: str) -> None:
    assert formats.masked_number(printed) == shown


@pytest.mark.parametrize(("size", "text"), [(900, "900 bytes"), (12_288, "12 KB"), (1_468_006, "1.4 MB")])
def test_file_sizes(size: int, text: str) -> None:
    assert formats.file_size(size) == text
