"""A user's dates: every dispute that is in the mail, at a bureau or unanswered, with its clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from tribureau.database.transactions import Database, Row, UserId
from tribureau.domain.deadlines import Agenda, DisputeFacts, ReportOrigin, agenda_of
from tribureau.domain.errors import Conflict, InvalidInput

_FREE: Final = "annual_free"


class Standing(StrEnum):
    """Where a dispute stands in its time."""

    NOT_DELIVERED = "not_delivered"
    RUNNING = "running"
    PERIOD_OVER = "period_over"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """`agenda` is None where the law's periods can't be counted from its dates; `today` is the user's own day."""

    dispute_id: UUID
    bureau: str
    creditor_name: str
    round: int
    status: str
    version: int
    facts: DisputeFacts
    agenda: Agenda | None
    updated_at: datetime
    today: date

    @property
    def who(self) -> str:
        return f"{self.bureau}, {self.creditor_name}" if self.creditor_name else self.bureau

    @property
    def days_left(self) -> int | None:
        """Until the investigation must be done; None while that is not known."""
        known = self.agenda is not None and not self.agenda.clock.estimated
        return self.agenda.clock.days_left(self.today) if self.agenda and known else None

    @property
    def standing(self) -> Standing:
        if self.status == "Expired":
            return Standing.NO_ANSWER
        if self.facts.received_on is None:
            return Standing.NOT_DELIVERED
        over = self.days_left is not None and self.days_left < 0
        return Standing.PERIOD_OVER if over else Standing.RUNNING


async def open_disputes(database: Database, user: UserId, today: date, allowance: timedelta) -> list[OpenDispute]:
    """The next date first; those that can't be counted last."""
    rows = await database.read_as_user(user, "deadlines.running")
    return in_order([open_dispute(row, today, allowance) for row in rows])


def open_dispute(row: Row, today: date, allowance: timedelta) -> OpenDispute:
    """A row of `deadlines.running` with its clock."""
    facts = DisputeFacts(
        row["mailed_on"],
        row["received_on"],
        ReportOrigin.FREE_ANNUAL if row["report_source"] == _FREE else ReportOrigin.OTHER,
        row["more_information_received_on"],
    )
    return OpenDispute(
        row["dispute_id"],
        row["bureau"],
        row["creditor_name"],
        row["round"],
        row["status"],
        row["version"],
        facts,
        agenda_of(facts, allowance),
        row["updated_at"],
        today,
    )


def in_order(disputes: Sequence[OpenDispute]) -> list[OpenDispute]:
    def by_date(dispute: OpenDispute) -> tuple[bool, date, UUID]:
        due = dispute.agenda.clock.investigated_by.on if dispute.agenda else date.max
        return dispute.agenda is None, due, dispute.dispute_id

    return sorted(disputes, key=by_date)


async def say_more_was_sent(
    database: Database, user: UserId, dispute: UUID, version: int, received_on: date | None, today: date
) -> int:
    """The bureau got more information that day; None takes it back. The dispute's new version.

    Raises InvalidInput for a day that has not come, Conflict where the dispute can't take it.
    """
    if received_on and received_on > today:
        raise InvalidInput(f"{received_on} has not come yet.", hint="Give the day on which it happened.")
    async with database.as_user(user) as transaction:
        new_version: int | None = await transaction.value(
            "deadlines.say_more_was_sent", dispute_id=dispute, version=version, received_on=received_on
        )
    if new_version is None:
        raise Conflict(
            "This dispute can't take that: it was changed meanwhile, is not being investigated, or was received later.",
            hint="Load it again and look at its dates.",
        )
    return new_version
