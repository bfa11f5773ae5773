"""Where a dispute stands in its time, in one line: what has to happen next and by when."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tribureau.domain.disputes import ANSWERS, DisputeStatus
from tribureau.web.dispute_events import day_count
from tribureau.web.formats import short_day
from tribureau.workflows.deadlines import OpenDispute, Standing, open_dispute


def clock_of_row(row: Mapping[str, Any], today: date, mail_allowance: timedelta) -> OpenDispute | None:
    """The clock of a row of `timeline.list`; None where it is not known to be mailed."""
    return open_dispute(dict(row), today, mail_allowance) if row["mailed_on"] else None


def next_date(row: Mapping[str, Any], clock: OpenDispute | None, today: date) -> str:
    """As in `Equifax must answer by Nov 26 · day 26 of 30`."""
    bureau, status = row["bureau"], DisputeStatus(row["status"])
    if status in ANSWERS:
        answered = row["bureau_response_date"]
        return f"{bureau} answered on {short_day(answered, today)}" if answered else f"{bureau} answered"
    match status:
        case DisputeStatus.DRAFT:
            return "Not mailed yet"
        case DisputeStatus.BLANK:
            return "Taken back before anything was sent"
        case DisputeStatus.ESCALATED:
            return "Closed; the next round goes on"
        case _:
            return _running(bureau, clock, today)


def _running(bureau: str, clock: OpenDispute | None, today: date) -> str:
    if clock is None or clock.agenda is None:
        return "These dates can't be counted"
    dates = clock.agenda.clock
    due = short_day(dates.investigated_by.on, today)
    match clock.standing:
        case Standing.NOT_DELIVERED:
            return f"Mailed on {short_day(clock.facts.mailed_on, today)}; the time runs once it arrives"
        case Standing.RUNNING:
            return f"{bureau} must answer by {due} · {day_count(clock, today)}"
        case Standing.PERIOD_OVER:
            return f"{bureau}'s time ended on {due}; wait for the mail until {short_day(dates.unanswered_after, today)}"
        case Standing.NO_ANSWER:
            return f"No answer received; the time ended on {due}"
