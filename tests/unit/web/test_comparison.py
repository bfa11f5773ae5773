"""Where bureaus say different things about one account."""

from decimal import Decimal
from typing import Any

from tribureau.web.pages.comparison import COMPARED, chosen_accounts, compared_accounts


def row(bureau: str, account: str = "a", **values: Any) -> dict[str, Any]:
    blank = dict.fromkeys(COMPARED) | {f"late_payments_{days}": 0 for days in (30, 60, 90, 120)}
    return {
        **blank,
        "account_id": account,
        "tradeline_id": f"{account}-{bureau}",
        "report_upload_id": "report",
        "bureau": bureau,
        "creditor_name": f"Creditor {account}",
        "account_name": None,
        "is_negative": False,
        "negative_severity": None,
        **values,
    }


def differences(*rows: dict[str, Any]) -> dict[str, list[str]]:
    (account,) = compared_accounts(rows)
    return {bureau: cell.differs for bureau, cell in account.cells.items()}


def test_one_against_two_is_marked() -> None:
    found = differences(
        row("Equifax", balance=Decimal(642)),
        row("TransUnion", balance=Decimal(642)),
        row("Experian", balance=Decimal(915)),
    )
    assert found == {"Equifax": [], "TransUnion": [], "Experian": ["balance"]}


def test_without_a_majority_each_is_marked() -> None:
    found = differences(row("Equifax", balance=Decimal(0)), row("TransUnion", balance=Decimal(1284)))
    assert found == {"Equifax": ["balance"], "TransUnion": ["balance"]}


def test_a_value_that_a_bureau_does_not_print_is_no_difference() -> None:
    found = differences(row("Equifax", balance=Decimal(5)), row("TransUnion", balance=None))
    assert found == {"Equifax": [], "TransUnion": []}


def test_dates_of_one_month_are_the_same_whatever_the_precision() -> None:
    found = differences(row("Equifax", date_opened="2019-05-03"), row("Experian", date_opened="2019-05-01"))
    assert found == {"Equifax": [], "Experian": []}


def test_late_payments_are_named_once() -> None:
    found = differences(row("Equifax"), row("TransUnion"), row("Experian", late_payments_30=2, late_payments_60=1))
    assert found["Experian"] == ["late payments"]


def test_the_worst_account_comes_first_and_filters_leave_what_they_say() -> None:
    accounts = compared_accounts(
        [
            row("Equifax", "calm"),
            row("Equifax", "late", is_negative=True, negative_severity=30),
            row("Equifax", "lost", is_negative=True, negative_severity=80, report_upload_id=None),
        ]
    )
    assert [account.account_id for account in chosen_accounts(accounts, "all", "worst")] == ["lost", "late", "calm"]
    assert [account.account_id for account in chosen_accounts(accounts, "negative", "name")] == ["late", "lost"]
    assert [account.account_id for account in chosen_accounts(accounts, "typed", "worst")] == ["lost"]
