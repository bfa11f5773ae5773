"""Findings about public records, inquiries and personal information: where each holds, and where it must not."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings import Certainty, Finding, FindingKind, Subject
from tribureau.domain.findings.beside_accounts import find_beside_accounts
from tribureau.domain.findings.items import BesideAccounts, ReportedInformation, ReportedInquiry, ReportedRecord
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.profile import PostalAddress, Profile
from tribureau.domain.public_records import PublicRecord, PublicRecordKind, PublicRecordStatus
from tribureau.domain.tradelines import Precision, PrintedDate

TODAY = date(2026, 11, 2)
ME = Profile("Ada Quarry", (), PostalAddress("5 Old Mill Rd", "Tarn", "ZX", "00018"), (), date(1974, 3, 9), "7193")


def record(kind: PublicRecordKind, filed: str | None = None, **facts: object) -> ReportedRecord:
    made = PublicRecord(kind, Bureau.EXPERIAN, printed(filed), **facts)  # type: ignore[arg-type]
    return ReportedRecord(uuid4(), TODAY, made, str(kind))


def printed(iso: str | None) -> PrintedDate | None:
    if iso is None:
        return None
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(iso)]
    return PrintedDate(date.fromisoformat((iso + "-01-01")[:10]), precision)


def of_record(reported: ReportedRecord) -> list[Finding]:
    return list(find_beside_accounts(BesideAccounts(records=(reported,))).values())


@pytest.mark.parametrize("kind", [PublicRecordKind.TAX_LIEN, PublicRecordKind.CIVIL_JUDGMENT])
def test_a_lien_or_judgment_is_a_finding_by_itself(kind: PublicRecordKind) -> None:
    [found] = of_record(record(kind, "2024-05-02"))
    assert found.kind is FindingKind.LIEN_OR_JUDGMENT
    assert "not law" in found.source
    assert found.said[0].about is Subject.PUBLIC_RECORD


@pytest.mark.parametrize(
    ("filed", "chapter", "certainty", "until"),
    [
        ("2016-11-01", 7, Certainty.PRINTED, date(2026, 11, 1)),
        ("2016", 7, None, None),
        ("2016-10", 7, Certainty.PRINTED, date(2026, 10, 31)),
        ("2018-11-01", 13, Certainty.LIKELY, date(2025, 11, 1)),
        ("2018-11-01", 7, None, None),
        ("2020-11-01", 13, None, None),
        ("2015-11-01", 13, Certainty.PRINTED, date(2025, 11, 1)),
    ],
)
def test_a_bankruptcy_past_its_period(
    filed: str, chapter: int, certainty: Certainty | None, until: date | None
) -> None:
    found = of_record(record(PublicRecordKind.BANKRUPTCY, filed, chapter=chapter))
    assert [(one.certainty, one.relevant_until) for one in found] == ([(certainty, until)] if certainty else [])
    assert all(one.kind is FindingKind.RECORD_TOO_OLD for one in found)


def test_a_paid_lien_is_counted_from_its_payment_and_an_unpaid_one_not_at_all() -> None:
    paid = record(
        PublicRecordKind.TAX_LIEN, "2010-01-01", resolved_on=printed("2018-01-01"), status=PublicRecordStatus.SATISFIED
    )
    unpaid = record(PublicRecordKind.TAX_LIEN, "2010-01-01", status=PublicRecordStatus.FILED)
    assert [one.relevant_until for one in of_record(paid)] == [None, date(2025, 1, 1)]
    assert [one.kind for one in of_record(unpaid)] == [FindingKind.LIEN_OR_JUDGMENT]


def test_an_old_judgment_is_likely_for_its_limitation_period_may_be_longer() -> None:
    _, old = of_record(record(PublicRecordKind.CIVIL_JUDGMENT, "2019-01-01"))
    assert (old.kind, old.certainty) == (FindingKind.RECORD_TOO_OLD, Certainty.LIKELY)


def inquiry(day: str, kind: InquiryKind = InquiryKind.HARD, recognised: str | None = None) -> list[FindingKind]:
    when = printed(day)
    assert when
    reported = ReportedInquiry(uuid4(), Bureau.EQUIFAX, TODAY, "Tarn Bank", when, kind, recognised)
    return [one.kind for one in find_beside_accounts(BesideAccounts(inquiries=(reported,))).values()]


def test_inquiries() -> None:
    assert inquiry("2024-10-10") == []
    assert inquiry("2024-09-10") == [FindingKind.INQUIRY_TOO_OLD]
    assert inquiry("2024-10") == []
    assert inquiry("2020-09-10", InquiryKind.SOFT) == []
    assert inquiry("2026-09-10", recognised="not_mine") == [FindingKind.NOT_RECOGNISED]


def information(kind: PersonalKind, value: str, recognised: str | None = None) -> ReportedInformation:
    return ReportedInformation(uuid4(), Bureau.EQUIFAX, TODAY, kind, value, recognised)


def of(reported: ReportedInformation, profile: Profile | None = ME) -> list[FindingKind]:
    found = find_beside_accounts(BesideAccounts(information=(reported,), profile=profile))
    assert all(said.value == "" for one in found.values() for said in one.said)
    assert all(reported.value not in key for key in found)
    return [one.kind for one in found.values()]


@pytest.mark.parametrize(
    ("kind", "mine", "not_mine", "finding"),
    [
        (PersonalKind.NAME, "ADA M QUARRY", "BORIS SOLVANG", FindingKind.NAME_NOT_YOURS),
        (
            PersonalKind.PREVIOUS_ADDRESS,
            "5 OLD MILL ROAD, TARN, ZX 00018",
            "9 FEN LN, EASTMERE, QJ 00022",
            FindingKind.ADDRESS_NOT_YOURS,
        ),
        (PersonalKind.DATE_OF_BIRTH, "1974", "1947", FindingKind.IDENTITY_DIFFERS),
        (PersonalKind.SSN_LAST4, "7193", "7194", FindingKind.IDENTITY_DIFFERS),
    ],
)
def test_personal_information_is_compared_with_the_profile(
    kind: PersonalKind, mine: str, not_mine: str, finding: FindingKind
) -> None:
    assert of(information(kind, mine)) == []
    assert of(information(kind, not_mine)) == [finding]
    assert of(information(kind, not_mine), None) == []
    assert of(information(kind, not_mine), Profile()) == []
    assert of(information(kind, not_mine, "mine")) == []
    assert len(of(information(kind, mine, "not_mine"))) == 1


def test_the_same_thing_twice_is_one_finding_and_keeps_its_key() -> None:
    first = information(PersonalKind.NAME, "BORIS SOLVANG")
    again = replace(information(PersonalKind.NAME, "BORIS SOLVANG"), first_id=first.id)
    found = find_beside_accounts(BesideAccounts(information=(first, again), profile=ME))
    assert list(found) == list(find_beside_accounts(BesideAccounts(information=(again,), profile=ME)))
    [finding] = found.values()
    assert [said.id for said in finding.said] == [first.id, again.id]
    lien = record(PublicRecordKind.TAX_LIEN, "2024-05-02")
    later = replace(lien, id=uuid4(), reported_on=date(2026, 12, 1))
    assert find_beside_accounts(BesideAccounts(records=(lien,))).keys() == (
        find_beside_accounts(BesideAccounts(records=(later,))).keys()
    )
