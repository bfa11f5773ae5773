"""The dates of one dispute as a person reads them: each with its rule, its citation, and what was counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tribureau.domain.deadlines.business_days import is_business_day
from tribureau.domain.deadlines.dispute_clock import MAIL_ALLOWANCE, Day, DisputeClock, DisputeFacts, clock_of
from tribureau.domain.deadlines.federal_holidays import federal_holidays
from tribureau.domain.deadlines.rules import Unit


class Matter(StrEnum):
    """What a date is about."""

    FURNISHER_TOLD = "furnisher_told"
    INVESTIGATED = "investigated"
    RESULTS_SENT = "results_sent"
    ANSWER_HERE = "answer_here"
    COMPANY_ANSWERED = "company_answered"


@dataclass(frozen=True, slots=True)
class DueDay:
    """`on` is the last day; `citation` is empty for the mail's time, which no law sets. `note`: how it was counted."""

    matter: Matter
    on: date
    words: str
    citation: str
    estimated: bool
    note: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """A dispute's clock and its days in order."""

    clock: DisputeClock
    days: tuple[DueDay, ...]


def agenda_of(facts: DisputeFacts, mail_allowance: timedelta = MAIL_ALLOWANCE) -> Agenda | None:
    """None for a letter of before the Act's periods were in force, or one received before it was mailed."""
    try:
        clock = clock_of(facts, mail_allowance)
    except (LookupError, ValueError):
        return None
    return Agenda(clock, tuple(_days(clock, mail_allowance)))


def why_unanswered(clock: DisputeClock, mail_allowance: timedelta) -> str:
    """The reason that goes into the history: the rules that were counted, and to which day."""
    investigation, results = clock.investigated_by.rule, clock.sent_by.rule
    return (
        f"No answer received: {investigation.length} days from receipt on {clock.received} ({investigation.citation}), "
        f"{results.length} business days to send the results ({results.citation}) "
        f"and {mail_allowance.days} days for the mail ended on {clock.unanswered_after}."
    )


def _days(clock: DisputeClock, mail_allowance: timedelta) -> Iterator[DueDay]:
    yield _due(Matter.FURNISHER_TOLD, clock.furnisher_told_by, clock.received)
    yield _due(Matter.INVESTIGATED, clock.investigated_by, clock.received)
    yield _due(Matter.RESULTS_SENT, clock.sent_by, clock.investigated_by.on)
    yield DueDay(
        Matter.ANSWER_HERE,
        clock.unanswered_after,
        f"What was sent on the last day should be with you: {mail_allowance.days} days are allowed for the mail.",
        "",
        clock.estimated,
        "",
    )


def _due(matter: Matter, day: Day, begins: date) -> DueDay:
    note = _business_days(begins, day.on) if day.rule.unit is Unit.BUSINESS_DAYS else calendar_note(day.on)
    return DueDay(matter, day.on, day.rule.words, day.rule.citation, day.estimated, note)


def _business_days(begins: date, ends: date) -> str:
    between = (begins + timedelta(days=n) for n in range(1, (ends - begins).days))
    holidays = [f"{day:%A, %B} {day.day}" for day in between if day in federal_holidays(day.year)]
    named = "".join(f", nor {day}, a federal holiday" for day in holidays)
    return f"Counted in business days: Saturdays and Sundays are left out{named}."


def calendar_note(ends: date) -> str:
    """That a last day is no business day moves nothing; empty where it is one."""
    if is_business_day(ends):
        return ""
    return f"A {ends:%A}{' and a federal holiday' if ends.weekday() < 5 else ''}: the Act moves such a day no further."
