"""What people type into fields."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.errors import InvalidInput
from tribureau.web.pages.account_facts import raw_text
from tribureau.web.pages.typed_values import typed_value


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2024-11-26", date(2024, 11, 26), "day"),
        ("11/26/2024", date(2024, 11, 26), "day"),
        ("Nov 26, 2024", date(2024, 11, 26), "day"),
        ("november 26 2024", date(2024, 11, 26), "day"),
        ("2024-11", date(2024, 11, 1), "month"),
        ("11/2024", date(2024, 11, 1), "month"),
        ("Nov 2024", date(2024, 11, 1), "month"),
        ("2024", date(2024, 1, 1), "year"),
        ("", None, "day"),
    ],
)
def test_dates_in_the_ways_that_people_write_them(text: str, day: date | None, precision: str) -> None:
    assert typed_value("date_opened", text) == {"date_opened": day, "date_opened_precision": precision}


@pytest.mark.parametrize("text", ["2024-13-01", "02/30/2024", "yesterday", "24-11-26", "Foo 2024"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a date"):
        typed_value("date_opened", text)


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["day", "month", "year"]))
def test_a_date_comes_back_as_the_field_showed_it(day: date, precision: str) -> None:
    kept = day.replace(month=day.month if precision != "year" else 1, day=day.day if precision == "day" else 1)
    shown = raw_text("date_opened", kept, precision)
    assert typed_value("date_opened", shown) == {"date_opened": kept, "date_opened_precision": precision}


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=2))
def test_an_amount_comes_back_as_the_field_showed_it(amount: Decimal) -> None:
    assert typed_value("balance", raw_text("balance", amount, None)) == {"balance": amount}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("balance", "$1,284.50", Decimal("1284.50")),
        ("balance", "", None),
        ("late_payments_30", "3", 3),
        ("disputed", "yes", True),
        ("is_negative", "no", False),
        ("account_type", "", None),
        ("remarks", "  as told  ", "as told"),
    ],
)
def test_other_fields(field: str, text: str, value: object) -> None:
    assert typed_value(field, text) == {field: value}


@pytest.mark.parametrize(
    ("field", "text"), [("balance", "NaN dollars"), ("late_payments_30", "-1"), ("account_type", "yacht")]
)
def test_what_makes_no_sense_is_refused(field: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        typed_value(field, text)
