"""The clock of one mailed dispute: what is due when, counted from the day on which the letter was received.

Until a letter is known to be delivered nothing is due, and what is shown is an estimate that says so. Silence on the
last day proves nothing yet: the results may be sent 5 business days after the investigation ended and then take the
mail's time, so a dispute counts as unanswered only after all three.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from tribureau.domain.deadlines.business_days import add_business_days
from tribureau.domain.deadlines.rules import Duty, PeriodRule, rule_for

MAIL_ALLOWANCE: Final = timedelta(days=7)
"""For the bureau's answer to arrive; the setting's default."""
USUAL_DELIVERY: Final = 5
"""Business days that certified mail usually takes; for estimates only."""
_LAST_ZONE: Final = ZoneInfo("Pacific/Honolulu")


class ReportOrigin(StrEnum):
    """Where the disputed report came from: a free yearly one gives the bureau 45 days (15 USC 1681j(a)(3))."""

    FREE_ANNUAL = "free_annual"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What is known of a letter.

    `more_information_received_on`: when the bureau got more from the user, for an item that it had not found wrong yet.
    """

    mailed_on: date
    received_on: date | None = None
    origin: ReportOrigin = ReportOrigin.OTHER
    more_information_received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the rule behind it. `estimated` where the receipt it is counted from isn't known."""

    on: date
    rule: PeriodRule
    estimated: bool


@dataclass(frozen=True, slots=True)
class DisputeClock:
    """The days of one dispute: `investigated_by`, `sent_by` (results), and `unanswered_after`, the last day to wait."""

    received: date
    estimated: bool
    furnisher_told_by: Day
    investigated_by: Day
    sent_by: Day
    unanswered_after: date

    def days_left(self, today: date) -> int:
        """Calendar days until the investigation must be done; negative once it is late."""
        return (self.investigated_by.on - today).days

    def is_unanswered(self, now: datetime) -> bool:
        """Whether the last day to wait is over, everywhere in the United States. Never on an estimate."""
        return not self.estimated and over_everywhere(self.unanswered_after, now)


def clock_of(facts: DisputeFacts, mail_allowance: timedelta = MAIL_ALLOWANCE) -> DisputeClock:
    """The clock of a letter that was mailed. Raises ValueError where it was received before it was mailed."""
    if facts.received_on and facts.received_on < facts.mailed_on:
        raise ValueError(f"received on {facts.received_on}, before it was mailed on {facts.mailed_on}")
    estimated = facts.received_on is None
    received = facts.received_on or add_business_days(facts.mailed_on, USUAL_DELIVERY)
    investigation = _investigation_rule(facts, received)
    investigated_by = investigation.last_day(received)
    results = rule_for(Duty.SEND_THE_RESULTS, investigated_by)
    told = rule_for(Duty.TELL_THE_FURNISHER, received)
    sent_by = results.last_day(investigated_by)
    return DisputeClock(
        received=received,
        estimated=estimated,
        furnisher_told_by=Day(told.last_day(received), told, estimated),
        investigated_by=Day(investigated_by, investigation, estimated),
        sent_by=Day(sent_by, results, estimated),
        unanswered_after=sent_by + mail_allowance,
    )


def over_everywhere(day: date, now: datetime) -> bool:
    """Whether a calendar day has ended in every state. `now` is aware."""
    return now.astimezone(_LAST_ZONE).date() > day


def _investigation_rule(facts: DisputeFacts, received: date) -> PeriodRule:
    """The 45 days of a free yearly report stand instead of the 30 and their extension: they aren't extended again."""
    if facts.origin is ReportOrigin.FREE_ANNUAL:
        return rule_for(Duty.REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT, received)
    usual = rule_for(Duty.REINVESTIGATE, received)
    more = facts.more_information_received_on
    if more and facts.received_on and received <= more <= usual.last_day(received):
        return rule_for(Duty.REINVESTIGATE_WITH_MORE_INFORMATION, received)
    return usual
