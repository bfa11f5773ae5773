"""What is negative, what is not, and that each verdict gives its reasons."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.derogatory_marks import BY_KIND
from tribureau.domain.negative_items import NegativeKind, classify
from tribureau.domain.tradelines import (
    AccountStatus,
    AccountType,
    MonthCode,
    PaymentStatus,
    Responsibility,
    Tradeline,
)

INNOCENT_STATUSES = (None, AccountStatus.OPEN, AccountStatus.CLOSED, AccountStatus.TRANSFERRED)
INNOCENT_REMARKS = (
    "Account closed by credit grantor",
    "Closed by consumer",
    "Transferred to another lender",
    "Credit card lost or stolen",
    "Payment deferred",
    "Account information disputed by consumer",
    "Medical",
    "Judgment vacated",
    "No judgment was entered",
    "Tax lien withdrawn",
    "Lien holder released the title",
)
DEROGATORY: tuple[dict[str, Any], ...] = (
    {"account_status": AccountStatus.CHARGE_OFF},
    {"account_status": AccountStatus.COLLECTION},
    {"account_status": AccountStatus.REPOSSESSION},
    {"account_status": AccountStatus.FORECLOSURE},
    {"account_status": AccountStatus.BANKRUPTCY},
    {"account_status": AccountStatus.SETTLED},
    {"account_type": AccountType.COLLECTION},
    {"payment_status": PaymentStatus.LATE_30},
    {"payment_status": PaymentStatus.CHARGE_OFF},
    {"past_due": Decimal("35.00")},
    {"charge_off_amount": Decimal("900.00")},
    {"late_payments_30": 1},
    {"late_payments_120": 2},
    {"payment_history": {"2024-01": MonthCode.LATE_30}},
    {"payment_history": {"2024-01": MonthCode.VOLUNTARY_SURRENDER}},
    {"payment_history": {"2024-01": MonthCode.COLLECTION}},
    {"remarks": ["JUDGMENT OBTAINED AGAINST CONSUMER"]},
    {"remarks": ["Closed by consumer", "Federal tax lien filed"]},
)


def line(**values: Any) -> Tradeline:
    return Tradeline("COPPERLINE CU", Bureau.EQUIFAX, **values)


money = st.none() | st.decimals(min_value=0, max_value=90000, places=2)
innocent = st.builds(
    line,
    account_type=st.sampled_from([None, *(kind for kind in AccountType if kind is not AccountType.COLLECTION)]),
    account_status=st.sampled_from(INNOCENT_STATUSES),
    payment_status=st.sampled_from([None, PaymentStatus.CURRENT]),
    balance=money,
    credit_limit=money,
    high_balance=money,
    past_due=st.sampled_from([None, Decimal(0)]),
    responsibility=st.sampled_from([None, *Responsibility]),
    remarks=st.lists(st.sampled_from(INNOCENT_REMARKS), max_size=3),
    disputed=st.booleans(),
    payment_history=st.dictionaries(
        st.sampled_from([f"2024-{month:02d}" for month in range(1, 13)]),
        st.sampled_from([MonthCode.OK, MonthCode.NO_DATA]),
    ),
)


@given(innocent)
def test_what_is_not_negative_in_itself_never_is(tradeline: Tradeline) -> None:
    verdict = classify(tradeline)
    assert not verdict.is_negative
    assert verdict.kind is None
    assert verdict.severity == 0
    assert verdict.factors == []
    assert 0.5 <= verdict.confidence <= 1


@given(innocent, st.sampled_from(DEROGATORY))
def test_one_derogatory_mark_is_enough(tradeline: Tradeline, mark: dict[str, Any]) -> None:
    for name, value in mark.items():
        setattr(tradeline, name, value)
    verdict = classify(tradeline)
    assert verdict.is_negative
    assert set(mark) & {factor.field for factor in verdict.factors}


@given(innocent, st.lists(st.sampled_from(DEROGATORY), min_size=2, max_size=6))
def test_more_marks_never_make_a_negative_account_good(tradeline: Tradeline, marks: list[dict[str, Any]]) -> None:
    for mark in marks:
        for name, value in mark.items():
            setattr(tradeline, name, value)
        verdict = classify(tradeline)
        assert verdict.is_negative
        assert verdict.kind is not None
        assert 0 < verdict.severity <= 100
        assert 0 < verdict.confidence <= 1


@given(innocent, st.lists(st.sampled_from(DEROGATORY), max_size=4))
def test_every_factor_explains_itself(tradeline: Tradeline, marks: list[dict[str, Any]]) -> None:
    for mark in marks:
        for name, value in mark.items():
            setattr(tradeline, name, value)
    for factor in classify(tradeline).factors:
        assert hasattr(tradeline, factor.field)
        assert factor.explanation.endswith(".")
        assert factor.rule


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"account_status": AccountStatus.CHARGE_OFF, "past_due": Decimal(5)}, NegativeKind.CHARGE_OFF),
        (
            {
                "account_status": AccountStatus.BANKRUPTCY,
                "payment_history": {"2024-01": MonthCode.CHARGE_OFF, "2024-02": MonthCode.BANKRUPTCY},
            },
            NegativeKind.BANKRUPTCY,
        ),
        ({"account_status": AccountStatus.CLOSED, "late_payments_60": 1}, NegativeKind.LATE),
        ({"account_type": AccountType.COLLECTION, "balance": Decimal(0)}, NegativeKind.COLLECTION),
        ({"account_type": AccountType.COLLECTION, "remarks": ["Judgment granted"]}, NegativeKind.JUDGMENT),
        ({"past_due": Decimal(90), "remarks": ["County tax lien"]}, NegativeKind.TAX_LIEN),
    ],
)
def test_the_worst_kind_names_the_item(values: dict[str, Any], kind: NegativeKind) -> None:
    assert classify(line(**values)).kind is kind


def test_a_worse_late_payment_weighs_more() -> None:
    severities = [classify(line(**{f"late_payments_{days}": 1})).severity for days in (30, 60, 90, 120)]
    assert severities == sorted(set(severities))


def test_the_weights_follow_the_order_of_the_kinds() -> None:
    severities = [BY_KIND[kind].severity for kind in NegativeKind if kind is not NegativeKind.LATE]
    assert severities == sorted(severities, reverse=True)


def test_weak_evidence_is_less_certain_than_a_status() -> None:
    strong = classify(line(account_status=AccountStatus.CHARGE_OFF, payment_status=PaymentStatus.CHARGE_OFF))
    weak = classify(line(past_due=Decimal(20), payment_status=PaymentStatus.CURRENT))
    assert weak.is_negative
    assert weak.confidence < strong.confidence


def test_a_paid_collection_stays_negative_but_weighs_less() -> None:
    paid = classify(line(account_status=AccountStatus.COLLECTION, balance=Decimal(0)))
    owed = classify(line(account_status=AccountStatus.COLLECTION, balance=Decimal(400), past_due=Decimal(400)))
    assert paid.is_negative
    assert paid.severity < owed.severity


def test_a_medical_collection_says_so() -> None:
    verdict = classify(line(account_type=AccountType.COLLECTION, remarks=["Medical"]))
    assert "medical" in {factor.reason for factor in verdict.factors}
