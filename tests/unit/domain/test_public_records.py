"""What a court or a tax office recorded: how heavy each kind is, and that each verdict gives its reasons."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.negative_items import NegativeKind
from tribureau.domain.public_records import PublicRecord, PublicRecordKind, PublicRecordStatus, classify
from tribureau.domain.tradelines import PrintedDate

KNOWN = [kind for kind in PublicRecordKind if kind is not PublicRecordKind.OTHER]
records = st.builds(
    PublicRecord,
    kind=st.sampled_from(PublicRecordKind),
    bureau=st.sampled_from(Bureau),
    filed_on=st.none() | st.dates().map(PrintedDate),
    resolved_on=st.none() | st.dates().map(PrintedDate),
    amount=st.none() | st.decimals(min_value=0, max_value=10**6, places=2),
    status=st.none() | st.sampled_from(PublicRecordStatus),
    chapter=st.sampled_from([None, 7, 11, 12, 13]),
)


@dataclass
class Place:
    printed: str
    page: int


def record(
    kind: PublicRecordKind, status: PublicRecordStatus | None = None, chapter: int | None = None
) -> PublicRecord:
    return PublicRecord(
        kind,
        Bureau.EXPERIAN,
        filed_on=PrintedDate(date(2019, 4, 2)),
        amount=Decimal(4100),
        court="Lowmeadow County Court",
        reference="*****1187",
        status=status,
        chapter=chapter,
    )


@given(records)
def test_every_known_record_is_negative_with_reasons(found: PublicRecord) -> None:
    verdict = classify(found)
    assert verdict.is_negative == (found.kind in KNOWN)
    assert bool(verdict.factors) == verdict.is_negative
    assert (verdict.kind is not None) == verdict.is_negative
    assert (0 < verdict.severity <= 100) == verdict.is_negative
    for factor in verdict.factors:
        assert getattr(found, factor.field) is not None
        assert factor.explanation.endswith(".")
        assert factor.rule


@pytest.mark.parametrize(
    ("kind", "negative", "law"),
    [
        (PublicRecordKind.BANKRUPTCY, NegativeKind.BANKRUPTCY, "1681c(a)(1)"),
        (PublicRecordKind.TAX_LIEN, NegativeKind.TAX_LIEN, "1681c(a)(3)"),
        (PublicRecordKind.CIVIL_JUDGMENT, NegativeKind.JUDGMENT, "1681c(a)(2)"),
        (PublicRecordKind.FORECLOSURE, NegativeKind.FORECLOSURE, "1681c(a)(2)"),
    ],
)
def test_the_kind_names_its_law(kind: PublicRecordKind, negative: NegativeKind, law: str) -> None:
    verdict = classify(record(kind))
    assert verdict.kind is negative
    assert law in verdict.factors[0].rule


def test_liens_and_judgments_say_that_the_bureaus_stopped_reporting_them() -> None:
    for kind in (PublicRecordKind.TAX_LIEN, PublicRecordKind.CIVIL_JUDGMENT):
        assert "own policy" in classify(record(kind)).factors[0].rule


def test_kinds_weigh_in_the_order_of_their_names() -> None:
    order = list(NegativeKind)
    verdicts = sorted((classify(record(kind)) for kind in KNOWN), key=lambda verdict: -verdict.severity)
    assert [verdict.kind for verdict in verdicts] == sorted((v.kind for v in verdicts if v.kind), key=order.index)


@pytest.mark.parametrize("kind", KNOWN)
def test_what_is_over_weighs_less_than_what_stands(kind: PublicRecordKind) -> None:
    stands = classify(record(kind, PublicRecordStatus.FILED)).severity
    for status in set(PublicRecordStatus) - {PublicRecordStatus.FILED}:
        over = classify(record(kind, status))
        assert over.is_negative
        assert over.severity < stands


def test_a_repayment_plan_weighs_less_than_a_liquidation() -> None:
    plan = classify(record(PublicRecordKind.BANKRUPTCY, PublicRecordStatus.DISCHARGED, 13))
    liquidation = classify(record(PublicRecordKind.BANKRUPTCY, PublicRecordStatus.DISCHARGED, 7))
    assert plan.severity < liquidation.severity
    assert "not law" in next(factor.rule for factor in plan.factors if factor.field == "chapter")


def test_each_reason_says_where_it_is_printed() -> None:
    sources = {"kind": Place("State Tax Lien", 4), "status": Place("Released", 5)}
    kind, status = classify(record(PublicRecordKind.TAX_LIEN, PublicRecordStatus.SATISFIED), sources).factors
    assert (kind.printed, kind.page) == ("State Tax Lien", 4)
    assert (status.printed, status.page) == ("Released", 5)
