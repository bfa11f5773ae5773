"""Letters to companies that are in the mail: their clocks, and what stands of them on an account's timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tribureau.database.transactions import Database, Row, UserId
from tribureau.domain.deadlines.agenda import DueDay
from tribureau.domain.deadlines.company_clock import CompanyClock, company_days, furnisher_clock
from tribureau.domain.evidence.company import CompanyAnswer, CompanyLetter
from tribureau.domain.letters import LetterKind
from tribureau.workflows.deadlines import Standing


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """A letter that its company has not answered. `clock` is None for a collector, who has no period."""

    letter_id: UUID
    company: str
    creditors: Sequence[str]
    collects: bool
    mailed_on: date
    received_on: date | None
    clock: CompanyClock | None
    updated_at: datetime
    today: date

    @property
    def days(self) -> tuple[DueDay, ...]:
        return company_days(self.clock) if self.clock else ()

    @property
    def days_left(self) -> int | None:
        """Until the company must answer; None while that is not known, or never."""
        return None if self.clock is None or self.clock.estimated else self.clock.days_left(self.today)

    @property
    def standing(self) -> Standing:
        if self.received_on is None:
            return Standing.NOT_DELIVERED
        if self.clock is None or self.clock.days_left(self.today) >= 0:
            return Standing.RUNNING
        return Standing.NO_ANSWER if self.today > self.clock.unanswered_after else Standing.PERIOD_OVER


async def open_letters(database: Database, user: UserId, today: date, allowance: timedelta) -> list[OpenLetter]:
    """The next date first; those without one last."""
    rows = await database.read_as_user(user, "company_letters.running")
    letters = [open_letter(row, today, allowance) for row in rows]
    return sorted(
        letters, key=lambda one: (one.clock is None, one.clock.answered_by.on if one.clock else one.mailed_on)
    )


def open_letter(row: Row, today: date, allowance: timedelta) -> OpenLetter:
    """A row of `company_letters.running` with its clock."""
    collects = row["kind"] == LetterKind.COLLECTOR
    return OpenLetter(
        row["letter_id"],
        row["company"] or "a company",
        row["creditors"],
        collects,
        row["mailed_on"],
        row["received_on"],
        None if collects else furnisher_clock(row["mailed_on"], row["received_on"], allowance),
        row["updated_at"],
        today,
    )


def mailed_letter(row: Row) -> CompanyLetter:
    """A row of `company_letters.about`."""
    return CompanyLetter(
        row["company"] or "the company",
        row["kind"] == LetterKind.COLLECTOR,
        row["mailed_on"],
        row["received_on"],
        row["tracking_number"] or "",
        row["answered_on"],
        CompanyAnswer(row["answer_outcome"]) if row["answer_outcome"] else None,
        row["answer_note"] or "",
    )
