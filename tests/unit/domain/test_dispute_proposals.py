"""What newer reports may propose about a dispute, and that nothing else is ever proposed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.disputes.proposals import (
    FITTING,
    Change,
    MailedDispute,
    NewerReport,
    ProposalKind,
    propose,
)
from tribureau.domain.findings import Reported, find_all
from tribureau.domain.findings.finding import FindingKind
from tribureau.domain.tradelines import AccountStatus, MonthCode, PaymentStatus, Precision, PrintedDate, Tradeline

MAILED = date(2026, 9, 1)
ACCOUNT, OTHER_ACCOUNT, UPLOAD = UUID(int=1), UUID(int=2), UUID(int=3)
JORDAN = frozenset({"Jordan Avery"})
LINE = Tradeline(
    "Northbank",
    Bureau.EQUIFAX,
    account_number="****1234",
    account_status=AccountStatus.CHARGE_OFF,
    balance=Decimal(900),
    date_opened=PrintedDate(date(2019, 3, 1), Precision.MONTH),
    payment_history={"2025-01": MonthCode.LATE_60},
)
DISPUTE = MailedDispute(UUID(int=9), DisputeStatus.INVESTIGATING, ACCOUNT, Bureau.EQUIFAX, LINE, MAILED, names=JORDAN)


def line(account: UUID = ACCOUNT, *, upload: UUID = UPLOAD, whole: bool = True, **values: object) -> Reported:
    shown = replace(LINE, **values)  # type: ignore[arg-type]
    return Reported(uuid4(), shown, MAILED, upload, account, is_whole=whole)


def another(upload: UUID = UPLOAD, *, whole: bool = True) -> Reported:
    return line(OTHER_ACCOUNT, upload=upload, whole=whole, creditor_name="Westloan", account_number="****9876")


def report(*lines: Reported, days: int = 40, names: frozenset[str] = JORDAN, upload: UUID = UPLOAD) -> NewerReport:
    on = MAILED + timedelta(days=days)
    return NewerReport(
        upload, Bureau.EQUIFAX, on, [replace(one, reported_on=on, upload=upload) for one in lines], names
    )


def test_an_item_that_is_no_longer_listed() -> None:
    found = propose(DISPUTE, [report(another())])
    assert found and (found.kind, found.upload, found.dispute) == (ProposalKind.DELETED, UPLOAD, DISPUTE.id)


@pytest.mark.parametrize(
    "silent",
    [
        pytest.param(report(), id="its bureau's part could not be read"),
        pytest.param(report(another(whole=False)), id="it was read in part"),
        pytest.param(report(another(), days=0), id="it is of the day of mailing"),
        pytest.param(report(another(), days=-9), id="it is older than the letter"),
        pytest.param(replace(report(another()), bureau=Bureau.EXPERIAN), id="it is another bureau's"),
        pytest.param(report(another(), names=frozenset({"Morgan Blake"})), id="it is somebody else's"),
        pytest.param(report(another(), names=frozenset()), id="it names nobody and shows no account that is known"),
        pytest.param(report(line(OTHER_ACCOUNT)), id="it lists one that may be the same"),
        pytest.param(report(line()), id="it lists it as it was"),
        pytest.param(report(line(balance=Decimal(880))), id="only the balance moved, which nobody disputed"),
        pytest.param(report(line(account_status=None)), id="it does not print what was disputed"),
        pytest.param(
            report(line(date_opened=PrintedDate(date(2019, 3, 9)))), id="it prints the same date more precisely"
        ),
    ],
)
def test_a_report_that_proposes_nothing(silent: NewerReport) -> None:
    assert propose(DISPUTE, [silent]) is None


def test_a_report_without_names_speaks_where_it_shows_an_account_that_is_known() -> None:
    known = replace(report(another(), names=frozenset()), known_accounts=frozenset({OTHER_ACCOUNT}))
    assert propose(DISPUTE, [known])


def test_the_same_creditors_other_account_is_told_apart_by_its_number() -> None:
    assert propose(DISPUTE, [report(line(OTHER_ACCOUNT, account_number="****9876"))])


def test_a_later_report_that_lists_it_takes_the_proposal_back() -> None:
    gone, back = report(another()), report(line(), upload=UUID(int=4), days=60)
    assert propose(DISPUTE, [gone, back]) is None
    in_part = report(line(whole=False), upload=UUID(int=4), days=60)
    assert propose(DISPUTE, [gone, in_part]) is None, "read in part, but it is seen there"


def test_values_that_changed() -> None:
    now = line(account_status=AccountStatus.CLOSED, payment_status=PaymentStatus.CURRENT)
    found = propose(DISPUTE, [report(now)])
    assert found and found.kind is ProposalKind.UPDATED
    assert found.changes == (Change("account_status", "charge_off", "closed"),), "what was not printed says nothing"
    month = propose(DISPUTE, [report(line(payment_history={"2025-01": MonthCode.OK}))])
    assert month and month.changes == (Change("payment_history", "2025-01 60", "2025-01 OK"),)


def test_the_letter_says_which_values_count() -> None:
    about_amounts = replace(DISPUTE, about=("balance", "past_due"))
    assert propose(about_amounts, [report(line(account_status=AccountStatus.CLOSED))]) is None
    found = propose(about_amounts, [report(line(balance=Decimal(0), past_due=Decimal(0)))])
    assert found and found.changes == (Change("balance", "900", "0"), Change("past_due", "–", "0"))


def test_a_deleted_item_that_is_back_is_the_finding_too() -> None:
    """One truth: the proposal names the report that the finding rests on."""
    deleted = replace(DISPUTE, status=DisputeStatus.DELETED, answered_on=MAILED + timedelta(days=20))
    reports = [report(another(), days=30), report(line(), upload=UUID(int=5), days=50)]
    reports.append(report(line(), upload=UUID(int=6), days=90))
    found = propose(deleted, reports)
    assert found and (found.kind, found.upload) == (ProposalKind.REINSERTED, UUID(int=5))
    lines = [shown for one in reports for shown in one.lines]
    findings = find_all(lines, {(ACCOUNT, Bureau.EQUIFAX): deleted.answered_on or MAILED})
    [finding] = [one for one in findings if one.kind is FindingKind.REINSERTED]
    assert finding.tradelines == (reports[1].lines[0].id,)
    assert f"was deleted on {deleted.answered_on}" in finding.explanation
    assert propose(deleted, [report(line(), days=20)]) is None, "of the very day: it may be older than the deletion"


@given(
    status=st.sampled_from(DisputeStatus),
    answered_after=st.one_of(st.none(), st.integers(0, 90)),
    seen=st.lists(
        st.tuples(
            st.integers(-30, 120),
            st.sampled_from(["gone", "there", "changed", "alike", "unread"]),
            st.booleans(),
            st.sampled_from([JORDAN, frozenset({"Morgan Blake"}), frozenset[str]()]),
        ),
        max_size=6,
    ),
    order=st.randoms(use_true_random=False),
)
def test_nothing_is_proposed_but_what_a_whole_newer_report_of_the_same_person_says(
    status: DisputeStatus,
    answered_after: int | None,
    seen: list[tuple[int, str, bool, frozenset[str]]],
    order: Random,
) -> None:
    answered = MAILED + timedelta(days=answered_after) if answered_after is not None else None
    dispute = replace(DISPUTE, status=status, answered_on=answered)
    reports = [
        report(*_lines(shows, UUID(int=100 + n), whole), days=days, names=names, upload=UUID(int=100 + n))
        for n, (days, shows, whole, names) in enumerate(seen)
    ]
    found = propose(dispute, reports)
    shuffled = list(reports)
    order.shuffle(shuffled)
    assert propose(dispute, shuffled) == found, "the order in which they were uploaded says nothing"
    if found is None:
        return
    assert status in FITTING[found.kind]
    source = next(one for one in reports if one.upload == found.upload)
    assert source.is_whole and source.printed_on > MAILED and source.names == JORDAN
    lists_it = any(shown.account == ACCOUNT for shown in source.lines)
    assert lists_it == (found.kind is not ProposalKind.DELETED)
    assert bool(found.changes) == (found.kind is ProposalKind.UPDATED)
    if found.kind is ProposalKind.REINSERTED:
        assert answered and source.printed_on > answered
    else:
        later = [one for one in reports if one.names == JORDAN and one.is_whole and one.printed_on > source.printed_on]
        assert later == [], "the newest that can speak has the last word"


def _lines(shows: str, upload: UUID, whole: bool) -> list[Reported]:
    if shows == "unread":
        return []
    extra = {
        "gone": [],
        "there": [line(whole=whole)],
        "changed": [line(whole=whole, account_status=AccountStatus.CLOSED)],
        "alike": [line(OTHER_ACCOUNT, whole=whole)],
    }[shows]
    return [another(upload, whole=whole), *extra]
