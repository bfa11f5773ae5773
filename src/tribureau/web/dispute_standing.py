"""Where a dispute stands, in a status and few words: `Investigating`, day 19 of 30."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes.statuses import CLOSED, DisputeStatus
from tribureau.web import formats
from tribureau.web.dispute_events import day_count
from tribureau.workflows.deadlines import OpenDispute

_AWAITED: Final = frozenset({DisputeStatus.PENDING, DisputeStatus.INVESTIGATING, DisputeStatus.EXPIRED})


@dataclass(frozen=True, slots=True)
class DisputeStanding:
    """`words` follow the status; `next_date` is the next that its clock knows, past where no answer came."""

    status: DisputeStatus = DisputeStatus.BLANK
    dispute_id: UUID | None = None
    words: str = ""
    next_date: date | None = None

    @property
    def may_begin(self) -> bool:
        """Whether nothing runs there: a new dispute, or a new round, can be begun."""
        return self.status in CLOSED

    @property
    def awaits_answer(self) -> bool:
        return self.status in _AWAITED


def standings_of(
    rows: Iterable[Mapping[str, Any]], running: Iterable[OpenDispute], today: date, zone: str
) -> dict[UUID, DisputeStanding]:
    """Of every dispute that `disputes.comparison` names; `running` are those that a clock runs for."""
    clocks = {dispute.dispute_id: dispute for dispute in running}
    return {
        standing.dispute_id: standing
        for row in rows
        for bureau in Bureau
        if (standing := _standing(row, bureau.value.lower(), clocks, today, zone)) and standing.dispute_id
    }


def _standing(
    row: Mapping[str, Any], bureau: str, clocks: Mapping[UUID, OpenDispute], today: date, zone: str
) -> DisputeStanding | None:
    dispute_id = row[f"{bureau}_dispute_id"]
    if dispute_id is None:
        return None
    status = DisputeStatus(row[f"{bureau}_status"])
    changed = formats.short_day(formats.as_moment(row[f"{bureau}_last_update"], zone).date(), today)
    dispute = clocks.get(dispute_id)
    if dispute is None:
        return DisputeStanding(status, dispute_id, "not sent" if status is DisputeStatus.DRAFT else changed)
    return DisputeStanding(status, dispute_id, _words(dispute, changed, today), _next_date(dispute))


def _words(dispute: OpenDispute, changed: str, today: date) -> str:
    match dispute.status:
        case DisputeStatus.PENDING:
            return f"mailed {formats.short_day(dispute.facts.mailed_on, today)}"
        case DisputeStatus.INVESTIGATING:
            return day_count(dispute, today) or _overdue(dispute) or changed
        case _:
            return changed


def _overdue(dispute: OpenDispute) -> str:
    """`3 days over`."""
    left = dispute.days_left
    return f"{formats.counted(-left, 'day')} over" if left is not None and left < 0 else ""


def _next_date(dispute: OpenDispute) -> date | None:
    if dispute.agenda is None:
        return None
    clock = dispute.agenda.clock
    return clock.unanswered_after if dispute.status == DisputeStatus.EXPIRED else clock.investigated_by.on
