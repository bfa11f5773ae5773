"""Where bureaus say different things about one account, and which accounts a filter leaves in which order."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.web.dispute_standing import DisputeStanding
from tribureau.web.pages.account_choice import FILTERS, ROWS_A_PAGE, chosen_accounts
from tribureau.web.pages.comparison import COMPARED, ComparedAccount, Note, compared_accounts

BUREAUS = ("Equifax", "TransUnion", "Experian")


def said(**values: Any) -> dict[str, Any]:
    blank = dict.fromkeys(COMPARED) | {f"late_payments_{days}": 0 for days in (30, 60, 90, 120)}
    return blank | {"tradeline_id": str(uuid4()), "is_negative": False} | values


def row(name: str = "Northbank", disputes: dict[str, UUID] | None = None, **reported: Any) -> dict[str, Any]:
    disputed = {f"{bureau.lower()}_dispute_id": (disputes or {}).get(bureau) for bureau in BUREAUS}
    return {
        "account_id": uuid4(),
        "creditor_name": name,
        "is_negative": any(values["is_negative"] for values in reported.values()),
        "created_at": date(2026, 3, 1),
        "reported": reported,
    } | disputed


def differences(**reported: Any) -> dict[str, list[str]]:
    (account,) = compared_accounts([row(**reported)])
    return {bureau: cell.differs for bureau, cell in account.cells.items()}


def test_one_against_two_is_marked() -> None:
    found = differences(Equifax=said(balance=642), TransUnion=said(balance=642), Experian=said(balance=915))
    assert found == {"Equifax": [], "TransUnion": [], "Experian": ["balance"]}


def test_without_a_majority_each_is_marked() -> None:
    found = differences(Equifax=said(balance=0), TransUnion=said(balance=1284))
    assert found == {"Equifax": ["balance"], "TransUnion": ["balance"]}


def test_a_value_that_a_bureau_does_not_print_is_no_difference() -> None:
    found = differences(Equifax=said(balance=5), TransUnion=said(balance=None))
    assert found == {"Equifax": [], "TransUnion": []}


def test_dates_of_one_month_are_the_same_whatever_the_precision() -> None:
    found = differences(Equifax=said(date_opened="2019-05-03"), Experian=said(date_opened="2019-05-01"))
    assert found == {"Equifax": [], "Experian": []}


def test_late_payments_are_named_once() -> None:
    found = differences(Equifax=said(), TransUnion=said(), Experian=said(late_payments_30=2, late_payments_60=1))
    assert found["Experian"] == ["late payments"]


def account(name: str, *, status: DisputeStatus | None = None, due: date | None = None, **values: Any) -> Any:
    dispute = uuid4()
    standing = {dispute: DisputeStanding(status, dispute, "", due)} if status else {}
    line = said(**values)
    notes = {UUID(line["tradeline_id"]): Note(is_typed=name == "typed", findings=2 if name == "odd" else 0)}
    (made,) = compared_accounts([row(name, {"Equifax": dispute} if status else None, Equifax=line)], notes, standing)
    return made


@pytest.fixture
def accounts() -> list[ComparedAccount]:
    """Negative ones first, as the statement sorts them."""
    return [
        account("bare", is_negative=True, balance=10),
        account("later", is_negative=True, status=DisputeStatus.INVESTIGATING, due=date(2026, 12, 9)),
        account("gone", is_negative=True, status=DisputeStatus.DELETED, balance=400),
        account("over", is_negative=True, status=DisputeStatus.EXPIRED, due=date(2026, 11, 20)),
        account("Apart"),
        account("typed", balance=90),
        account("odd"),
    ]


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        ("negative", ["bare", "gone", "later", "over"]),
        ("undisputed", ["bare"]),
        ("due", ["later", "over"]),
        ("findings", ["odd"]),
        ("typed", ["typed"]),
        ("differ", []),
    ],
)
def test_a_filter_leaves_as_many_as_it_says(accounts: list[ComparedAccount], shown: str, left: list[str]) -> None:
    choice = chosen_accounts(accounts, shown, "creditor", 1)
    assert [one.name for one in choice.accounts] == left
    assert choice.counts[shown] == len(left) and choice.counts["all"] == len(accounts)


@pytest.mark.parametrize(
    ("sort", "first"),
    [("date", ["over", "later", "bare"]), ("creditor", ["Apart", "bare", "gone"]), ("balance", ["gone", "typed"])],
)
def test_a_sort_begins_with_what_it_says(accounts: list[ComparedAccount], sort: str, first: list[str]) -> None:
    shown = [one.name for one in chosen_accounts(accounts, "all", sort, 1).accounts]
    assert shown[: len(first)] == first and len(shown) == len(accounts)


def test_nonsense_shows_what_is_most_asked_for(accounts: list[ComparedAccount]) -> None:
    choice = chosen_accounts(accounts, "'; drop", "no such", -7)
    assert (choice.shown, choice.sort, choice.page) == ("negative", "date", 1)
    assert chosen_accounts(accounts[4:], "", "", 1).shown == "all"
    assert chosen_accounts([], "", "", 9).accounts == []


def test_rare_filters_are_offered_only_where_they_leave_something(accounts: list[ComparedAccount]) -> None:
    assert [key for key, _, _ in chosen_accounts(accounts, "all", "", 1).filters] == list(FILTERS)
    assert "typed" not in [key for key, _, _ in chosen_accounts(accounts[:2], "all", "", 1).filters]


def test_pages_hold_every_account_once() -> None:
    many = [account(f"n{number}") for number in range(ROWS_A_PAGE * 2 + 1)]
    pages = [chosen_accounts(many, "all", "newest", page).accounts for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [ROWS_A_PAGE, ROWS_A_PAGE, 1]
    assert len({one.name for page in pages for one in page}) == len(many)


def test_what_three_bureaus_report_at_once_is_undisputed_until_all_three_are() -> None:
    ids = {bureau: uuid4() for bureau in BUREAUS}
    pending = {one: DisputeStanding(DisputeStatus.PENDING, one) for one in ids.values()}
    line = said(is_negative=True)
    (one,) = compared_accounts([row("a", ids, All=line)], {}, dict(list(pending.items())[:2]))
    (three,) = compared_accounts([row("a", ids, All=line)], {}, pending)
    assert (one.undisputed, three.undisputed) == (True, False)
    assert one.at("Equifax").awaits_answer and one.at("Experian").status is DisputeStatus.BLANK
