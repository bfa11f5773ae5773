"""What a newer report says of a dispute: its item is gone, reads otherwise, or is back. A proposal, nothing more.

A report speaks only where its bureau's part was read whole, it was printed after the letter was mailed, and it is the
same person's. Which item is back is decided where the finding is (`findings.over_time.back_after`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.domain.findings.finding import Reported, text_of
from tribureau.domain.findings.over_time import back_after, looks_like
from tribureau.domain.likeness import Likeness
from tribureau.domain.person_names import best_likeness
from tribureau.domain.tradelines import LATE_MONTHS, PrintedDate, Tradeline

_S = DisputeStatus
_MOVES_BY_ITSELF: Final = ("account_status", "payment_status", "date_opened", "date_of_first_delinquency")
"""Looked at where no letter says which values are disputed: balances change every month, and mean nothing then."""


NOT_PRINTED: Final = "–"


class ProposalKind(StrEnum):
    """Stable keys."""

    DELETED = "deleted"
    UPDATED = "updated"
    REINSERTED = "reinserted"


FITTING: Final = {
    ProposalKind.DELETED: frozenset({_S.PENDING, _S.INVESTIGATING, _S.EXPIRED, _S.VERIFIED, _S.UPDATED}),
    ProposalKind.UPDATED: frozenset({_S.PENDING, _S.INVESTIGATING, _S.EXPIRED, _S.VERIFIED}),
    ProposalKind.REINSERTED: frozenset({_S.DELETED}),
}
"""Of which disputes each is proposed. The database holds the same."""


@dataclass(frozen=True, slots=True)
class MailedDispute:
    """`about`: the fields that its letter is about, none where that is not known; `names`: of whom it is about."""

    id: UUID
    status: DisputeStatus
    account: UUID
    bureau: Bureau
    disputed: Tradeline
    mailed_on: date
    answered_on: date | None = None
    about: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewerReport:
    """One bureau's part of a report: what it lists, on the day that it prints.

    `known_accounts` are those of its accounts that another report of the user shows too.
    """

    upload: UUID
    bureau: Bureau
    printed_on: date
    lines: Sequence[Reported]
    names: frozenset[str] = frozenset()
    known_accounts: frozenset[UUID] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Of a part without a line nobody knows whether it was empty or could not be read."""
        return bool(self.lines) and all(line.is_whole for line in self.lines)


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    dispute: UUID
    kind: ProposalKind
    upload: UUID
    printed_on: date
    changes: tuple[Change, ...] = ()


def propose(dispute: MailedDispute, reports: Iterable[NewerReport]) -> Proposal | None:
    """What the newest report that can speak of it says; None where it says nothing new."""
    later = sorted(
        (report for report in reports if _speaks_of(dispute, report)), key=lambda one: (one.printed_on, str(one.upload))
    )
    whole = [report for report in later if report.is_whole]
    if not whole:
        return None
    newest = whole[-1]
    if dispute.status is DisputeStatus.DELETED:
        return _back(dispute, whole)
    shown = [line for line in newest.lines if line.place[0] == dispute.account]
    if shown:
        changes = tuple(_changes(dispute, shown[0].tradeline))
        return _proposal(dispute, ProposalKind.UPDATED, newest, changes) if changes else None
    if any(_may_show(dispute, report) for report in later if report.printed_on >= newest.printed_on):
        return None
    return _proposal(dispute, ProposalKind.DELETED, newest)


def _speaks_of(dispute: MailedDispute, report: NewerReport) -> bool:
    return (
        report.bureau is dispute.bureau
        and report.printed_on > dispute.mailed_on
        and is_same_person(dispute.names, report)
    )


def is_same_person(names: frozenset[str], report: NewerReport) -> bool:
    """By its names; where they are not known on both sides, by an account that another report shows too."""
    if names and report.names:
        return any(best_likeness(name, names) is not Likeness.OTHER for name in report.names)
    return bool(report.known_accounts)


def _back(dispute: MailedDispute, reports: Sequence[NewerReport]) -> Proposal | None:
    shown = [line for report in reports for line in report.lines if line.place[0] == dispute.account]
    back = back_after(shown, dispute.answered_on)
    found = next((report for report in reports if back and report.upload == back.upload), None)
    return _proposal(dispute, ProposalKind.REINSERTED, found) if found else None


def _may_show(dispute: MailedDispute, report: NewerReport) -> bool:
    return any(
        line.place[0] == dispute.account or looks_like(line.tradeline, dispute.disputed) for line in report.lines
    )


def _proposal(
    dispute: MailedDispute, kind: ProposalKind, report: NewerReport, changes: tuple[Change, ...] = ()
) -> Proposal | None:
    if dispute.status not in FITTING[kind]:
        return None
    return Proposal(dispute.id, kind, report.upload, report.printed_on, changes)


def _changes(dispute: MailedDispute, now: Tradeline) -> Iterator[Change]:
    before = dispute.disputed
    for name in dispute.about or _MOVES_BY_ITSELF:
        was, is_now = getattr(before, name), getattr(now, name)
        if is_now is None or (was is None and not dispute.about):
            continue
        if _differ(was, is_now):
            yield Change(name, text_of(was) if was is not None else NOT_PRINTED, text_of(is_now))
    for month in sorted(before.payment_history.keys() & now.payment_history.keys()):
        was_late, code = before.payment_history[month], now.payment_history[month]
        if was_late in LATE_MONTHS and code != was_late:
            yield Change("payment_history", f"{month} {was_late}", f"{month} {code}")


def _differ(was: object, now: object) -> bool:
    """Dates only as far as both are printed."""
    if isinstance(was, PrintedDate) and isinstance(now, PrintedDate):
        length = min(len(was.iso()), len(now.iso()))
        return was.iso()[:length] != now.iso()[:length]
    return was != now
