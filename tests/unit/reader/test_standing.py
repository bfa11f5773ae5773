"""Account status and payment status from what the bureaus print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.tradelines import AccountStatus, AccountType, PaymentStatus
from tribureau.reader.standing import Standing, Wording, days_late, marks, standing, status_amounts


def stands(account: str = "", payment: str = "", remarks: str = "", **more: object) -> tuple[str | None, str | None]:
    found: Standing[str] = standing(
        account=[Wording(account, "account")] if account else [],
        payment=[Wording(payment, "payment")] if payment else [],
        remarks=[Wording(remark, "remark") for remark in remarks.split("|") if remark],
        **more,  # type: ignore[arg-type]
    )
    return found.account_status, found.payment_status


@pytest.mark.parametrize(
    ("status", "account", "payment"),
    [
        ("Account charged off. $1,076 written off. $1,076 past due as of May 2025.", "charge_off", "charge_off"),
        ("Collection account. $2,144 past due as of Mar 2025.", "collection", "collection"),
        ("Paid, was a collection account.", "collection", "collection"),
        ("Discharged through Bankruptcy Chapter 13/Never late.", "bankruptcy", "bankruptcy"),
        ("Open. 120 days past due as of Jun 2024.", "open", "late_120"),
        ("Open. 30 days past due as of Mar 2025.", "open", "late_30"),
        ("Open/Never late.", "open", "current"),
        ("Open.", "open", "current"),
        ("Paid in settlement.", "settled", "settled"),
        ("Paid, Closed/Never late.", "closed", "current"),
        ("Transferred, closed/Never late.", "transferred", "current"),
        ("Current, was 60 days past due as of Jan 2020", "open", "current"),
        ("Open. $30 past due as of May 2025.", "open", "current"),
    ],
)
def test_one_status_sentence(status: str, account: str, payment: str) -> None:
    assert stands(account=status, payment=status) == (account, payment)


@pytest.mark.parametrize(
    ("status", "account", "payment"),
    [
        ("Current; Paid or Paying as Agreed", "open", "current"),
        ("Paid, Closed; was Paid as agreed", "closed", "current"),
        (">Account 120 Days Past Due Date<", "open", "late_120"),
        (">Charged Off<", "charge_off", "charge_off"),
        (">Charge-off<", "charge_off", "charge_off"),
        (">In Collection<", "collection", "collection"),
        (">Settled; was past due<", "settled", "settled"),
        (">Repossession<", "repossession", "repossession"),
        ("Voluntary surrender", "repossession", "repossession"),
        ("Foreclosure", "foreclosure", "foreclosure"),
        ("INCLUDED_IN_CHAPTER_13", "bankruptcy", "bankruptcy"),
        ("PAYS_AS_AGREED", "open", "current"),
        ("60_89_DAYS_PAST_DUE", "open", "late_60"),
        ("30-59 Days Past Due", "open", "late_30"),
        ("Over 120 Days Past Due", "open", "late_120"),
        ("Not more than two payments past due", "open", "late_30"),
        ("At least 120 days or more than four payments past due", "open", "late_120"),
        ("Late 90 Days", "open", "late_90"),
        ("180 days late", "open", "late_120"),
        ("30 Days", "open", "late_30"),
        ("Delinquent 60", "open", "late_60"),
        ("Past due 90 days", "open", "late_90"),
        ("Account in default", "collection", "collection"),
        ("Pays account as agreed", "open", "current"),
        ("Deed in lieu", "foreclosure", "foreclosure"),
        ("Paid satisfactorily", "closed", "current"),
        ("Bad debt", "charge_off", "charge_off"),
    ],
)
def test_pay_status_alone(status: str, account: str, payment: str) -> None:
    assert stands(payment=status) == (account, payment)


@pytest.mark.parametrize(
    ("account", "payment", "remarks", "status", "paid"),
    [
        ("Derogatory", "Collection/Chargeoff", "Charged off as bad debt", "charge_off", "charge_off"),
        ("Derogatory", "Collection/Chargeoff", "Placed for collection", "collection", "collection"),
        ("Derogatory", "Collection/Chargeoff", "", "charge_off", "charge_off"),
        ("Paid", "Paid", "Settled - less than full balance", "settled", "settled"),
        ("Closed", "Current", "Transferred to another lender", "transferred", "current"),
        ("Closed", "Current", "Account closed by credit grantor", "closed", "current"),
        ("Closed", "Current", "Credit card lost or stolen", "closed", "current"),
        ("Open", "Current", "Payment deferred", "open", "current"),
        ("Open", "Current", "Transferred from another lender", "open", "current"),
        ("Open", "Current", "Acquired from another lender", "open", "current"),
        ("Closed", "Charge Off", "Purchased by another lender", "charge_off", "charge_off"),
        ("Derogatory", "Included in Bankruptcy", "Included in chapter 7 bankruptcy", "bankruptcy", "bankruptcy"),
    ],
)
def test_words_combine(account: str, payment: str, remarks: str, status: str, paid: str) -> None:
    assert stands(account, payment, remarks) == (status, paid)


def test_a_collectors_account_is_a_collection() -> None:
    held = {"account_type": AccountType.COLLECTION, "type_source": "type"}
    assert stands("Derogatory", "Collection/Chargeoff", "Medical", **held) == ("collection", "collection")
    assert stands("Open", "", "", **held) == ("collection", "collection")
    assert stands("Paid", "", "", **held) == ("collection", "collection")


def test_a_closing_date_closes_what_is_not_said_to_be_open() -> None:
    assert stands("", "Current", closed_source="date") == ("closed", "current")
    assert stands("Open", "Current", closed_source="date") == ("open", "current")


def test_nothing_printed_is_nothing_known() -> None:
    assert stands() == (None, None)


def test_amounts_in_a_status() -> None:
    assert status_amounts("Account charged off. $1,076 written off. $950 past due as of May 2025.") == (
        "$1,076",
        "$950",
    )
    assert status_amounts("Open/Never late.") == (None, None)


@pytest.mark.parametrize("text", ["Open/Never late.", "Never late", "Not past due", "was past due", "Current"])
def test_no_lateness_in_words_that_deny_it(text: str) -> None:
    assert days_late(text) is None


@pytest.mark.parametrize("text", ["No bankruptcy", "Bankruptcy petition dismissed", "Never charged off", "not closed"])
def test_denied_marks(text: str) -> None:
    assert not marks(text) & {AccountStatus.BANKRUPTCY, AccountStatus.CHARGE_OFF, AccountStatus.CLOSED}


_REMARKS = (
    "Medical",
    "Charged off as bad debt",
    "Repossession",
    "Foreclosure",
    "Settled for less",
    "Chapter 7 bankruptcy",
)


@given(st.sampled_from(["Current", "Late 30 Days", "Paid", "Charge Off"]), st.lists(st.sampled_from(_REMARKS)))
def test_a_further_remark_never_makes_an_account_stand_better(payment: str, remarks: list[str]) -> None:
    order = [*AccountStatus]
    before, _ = stands("Closed", payment)
    after, _ = stands("Closed", payment, "|".join(remarks))
    assert before is not None
    assert after is not None
    assert order.index(AccountStatus(after)) <= order.index(AccountStatus(before))


def test_every_derogatory_status_is_its_own_payment_status() -> None:
    for payment in ("Charge Off", "Collection", "Repossession", "Foreclosure", "Bankruptcy", "Settled for less"):
        status, paid = stands(payment=payment)
        assert status == paid
        assert paid in [*PaymentStatus]


@pytest.mark.parametrize(("words", "named"), [("BK 13", True), ("In BK", True), ("BK OF YARROW", False)])
def test_a_bank_is_no_bankruptcy(words: str, named: bool) -> None:
    assert (AccountStatus.BANKRUPTCY in marks(words)) is named
