"""Printed amounts, numbers and terms."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.reader.values import account_number, is_absent, money, terms


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("$1,234.00", "1234.00"),
        ("$1,234", "1234.00"),
        ("1234", "1234.00"),
        ("$0", "0.00"),
        ("$0.00", "0.00"),
        ("($5)", "-5.00"),
        ("-$5", "-5.00"),
        ("$-5.5", "-5.50"),
        (">$830<", "830.00"),
        ("$ 12", "12.00"),
        ("High balance of $1,500 from 05/2019 to 10/2021", "1500.00"),
        ("$245 per month, paid Monthly for 60 months", "245.00"),
    ],
)
def test_money_as_printed(printed: str, value: str) -> None:
    assert money(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    [None, "", " ", "-", "--", "---", "—", "N/A", "NA", "n/a", "Not Reported", "None", "$1.2K", "12/05/2020", "Open"],
)
def test_nothing_printed_is_no_money(printed: str | None) -> None:
    assert money(printed) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_amount_reads_back(amount: Decimal) -> None:
    assert money(f"${amount:,.2f}") == amount
    assert money(f"(${amount:,.2f})") == -amount


@given(st.integers(min_value=0, max_value=10**9))
def test_whole_dollars_read_back(amount: int) -> None:
    assert money(f"${amount:,}") == amount


@pytest.mark.parametrize(
    ("printed", "kept", "last4"),
    [
        ("431196XXXXXXXXXX", "431196XXXXXXXXXX", None),
        ("431196XXXX", "431196XXXX", None),
        ("431196....", "431196....", None),
        ("431196001234****", "431196001234****", None),
        ("4417***", "4417***", None),
        ("ABX1234****", "ABX1234****", None),
        ("#4311****", "4311****", None),
        ("*1234", "*1234", "1234"),
        ("xxxxxxxx 1234", "xxxxxxxx 1234", "1234"),
        ("XXXXXXXX1234", "XXXXXXXX1234", "1234"),
        ("4311XXXXXXXX1234", "4311XXXXXXXX1234", "1234"),
        ("****417", "****417", None),
        ("ending in 4417", "4417", "4417"),
        ("4311 9600 1234 5678", "****5678", "5678"),
        ("X1234567890", "****7890", "7890"),
        ("Retail 4311 9600", "****9600", "9600"),
        ("4311-9600-12", "****0012", "0012"),
        ("52020 4", "****4", None),
    ],
)
def test_account_numbers_keep_their_mask(printed: str, kept: str, last4: str | None) -> None:
    number = account_number(printed)
    assert number is not None
    assert (number.printed, number.last4) == (kept, last4)


@pytest.mark.parametrize("printed", ["", "-", "--", "N/A", None, "****", "Date OK", "- Balance: $1,604.00"])
def test_no_account_number(printed: str | None) -> None:
    assert account_number(printed) is None


@given(st.text("0123456789", min_size=5, max_size=19))
def test_a_full_number_is_never_kept(digits: str) -> None:
    number = account_number(digits)
    assert number is not None
    assert digits not in number.printed
    assert number.last4 == digits[-4:]


@given(st.text("0123456789", min_size=4, max_size=12), st.sampled_from(["****", "XXXXXX", "....", "••••"]))
def test_digits_before_a_mask_are_not_the_last_four(digits: str, mask: str) -> None:
    number = account_number(digits + mask)
    assert number is not None
    assert number.last4 is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("60 Months", "60 months"),
        ("60 Month(s)", "60 months"),
        ("60", "60 months"),
        ("$245 per month, paid Monthly for 60 months", "60 months"),
        ("30 years", "360 months"),
        ("Revolving", None),
        ("0 Months", None),
        ("--", None),
    ],
)
def test_terms(printed: str, value: str | None) -> None:
    assert terms(printed) == value


def test_zero_says_something() -> None:
    assert not is_absent("$0")
    assert not is_absent("0")


def test_a_run_of_digits_too_long_for_dollars_is_no_amount() -> None:
    assert money("$" + "9" * 400) is None
    assert money("$12345678901") is None
    assert money("9,999,999,999.99") == Decimal("9999999999.99")
