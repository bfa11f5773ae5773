"""The truth of a sample is what its pages say: no more, and with nothing negative that the pages do not show."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.samples import FAMILIES, SampleReport, make_report

EVERY_STYLE = [(family, style) for family, styles in FAMILIES.items() for style in styles]
DAYS = ("{d:%m/%d/%Y}", "{d.month}/{d.day}/{d.year}", "{d:%b %d, %Y}", "{d.day}.{d.month}.{d.year}")
MONTHS = ("{d:%m/%Y}", "{d:%b %Y}")
BAD_CODES = {"30", "60", "90", "120", "150", "180", "CO", "COL", "RPO", "VS", "FC", "BK"}


@pytest.fixture(scope="module", params=EVERY_STYLE, ids="-".join)
def report(request: pytest.FixtureRequest) -> SampleReport:
    family, style = request.param
    return make_report(family, style=style, seed=4, accounts=14)


@pytest.fixture(scope="module")
def text(report: SampleReport, text_of: Callable[..., str]) -> str:
    return text_of(report.pdf)


def forms_of_money(amount: float) -> list[str]:
    return [f"${amount:,.0f}", f"${amount:,.2f}"]


def forms_of_date(iso: str) -> list[str]:
    """Every way in which a style may write this date, without white space."""
    year, month, day = (*(int(part) for part in iso.split("-")), 1)[:3]
    shapes = DAYS if len(iso) == 10 else MONTHS
    return [squeezed(shape.format(d=date(year, month, day))) for shape in shapes]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_every_amount_and_date_of_the_truth_is_printed(report: SampleReport, text: str) -> None:
    unprinted = []
    for line in report.truth["tradelines"]:
        for name in (*MONEY_FIELDS, *DATE_FIELDS):
            value = line.get(name)
            if value is not None:
                forms = forms_of_money(value) if name in MONEY_FIELDS else forms_of_date(value)
                if not any(form in text for form in forms):
                    unprinted.append((line["creditor_name"], name, value))
    assert unprinted == []


def test_every_name_and_number_of_the_truth_is_printed(report: SampleReport, text: str) -> None:
    for line in report.truth["tradelines"]:
        for word in line["creditor_name"].split():
            assert word in text
        if line["account_number"]:
            assert squeezed(line["account_number"]) in text
        if line.get("original_creditor"):
            assert all(word in text for word in line["original_creditor"].split())
        for remark in line["remarks"]:
            assert all(word.upper() in text.upper() for word in remark.split())


def test_the_person_of_the_truth_is_printed(report: SampleReport, text: str) -> None:
    person: dict[str, Any] = report.truth["personal_info"]
    assert squeezed(person["name"]).upper() in text.upper()
    assert person["current_address"].split(",")[0].split(" ", 1)[0] in text
    if person["ssn_last4"]:
        assert f"XXX-XX-{person['ssn_last4']}" in text
    assert all(str(score) in text for score in report.truth["scores"].values())


def test_no_account_number_is_printed_whole(report: SampleReport) -> None:
    for line in report.truth["tradelines"]:
        number = line["account_number"]
        assert number is None or re.search(r"[*Xx.]{2,}|^\*\d{4}$", number)


def test_a_verdict_has_a_reason_on_the_page(report: SampleReport) -> None:
    standings = {"charge_off", "collection", "repossession", "foreclosure", "bankruptcy", "settled"}
    for line in report.truth["tradelines"]:
        shown = set(line["payment_history"].values()) & BAD_CODES
        counted = any(line[f"late_payments_{days}"] for days in (30, 60, 90, 120))
        standing = line["account_status"] in standings or line["payment_status"].startswith("late_")
        assert line["is_negative"] == bool(shown or counted or standing)
        assert bool(line["negative_reasons"]) == line["is_negative"]


def test_no_month_lies_after_the_report(report: SampleReport) -> None:
    printed_on = report.truth["report_date"][:7]
    for line in report.truth["tradelines"]:
        assert all(month <= printed_on for month in line["payment_history"])


def test_a_closed_account_was_opened_before_it_was_closed(report: SampleReport) -> None:
    for line in report.truth["tradelines"]:
        if line.get("date_closed") and line.get("date_opened"):
            assert line["date_opened"] <= line["date_closed"]
