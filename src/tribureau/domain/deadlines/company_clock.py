"""The time of a company that the user wrote to: 30 days for a furnisher, none for a collector.

A furnisher has to be done, and to have told the user, before the period ends that a bureau would have (12 CFR
1022.43(e)(3)): there are no business days more for sending. More information in that time may give it 15 days more (15
USC 1681i(a)(1)(B)), which is not counted here. A collector must stop collecting until it has verified the debt, however
long that takes (15 USC 1692g(b)): nothing ends by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tribureau.domain.deadlines.agenda import DueDay, Matter, calendar_note
from tribureau.domain.deadlines.business_days import add_business_days
from tribureau.domain.deadlines.dispute_clock import USUAL_DELIVERY, Day, over_everywhere
from tribureau.domain.deadlines.reminders import DAYS_AHEAD, Reminder, Told
from tribureau.domain.deadlines.rules import Duty, rule_for

NO_PERIOD: Final = (
    "A collector has no time in which it must answer. If you disputed the debt in writing within 30 days of its "
    "notice, it must stop collecting until it has sent you the verification (15 USC 1692g(b))."
)
_PERIOD: Final = timedelta(days=30)
_TOLD_FOR: Final = timedelta(days=30)
"""For so long after all is over a worker that was stopped still tells of it."""


@dataclass(frozen=True, slots=True)
class CompanyClock:
    """`answered_by` is the furnisher's last day; `unanswered_after` the last day to wait for the mail."""

    received: date
    answered_by: Day
    unanswered_after: date

    @property
    def estimated(self) -> bool:
        return self.answered_by.estimated

    def days_left(self, today: date) -> int:
        """Calendar days; negative once it is over."""
        return (self.answered_by.on - today).days

    def is_unanswered(self, now: datetime) -> bool:
        """As a bureau's clock: never on an estimate. `now` is aware."""
        return not self.estimated and over_everywhere(self.unanswered_after, now)


def furnisher_clock(mailed_on: date, received_on: date | None, mail_allowance: timedelta) -> CompanyClock | None:
    """None for a letter of before the rule was in force."""
    received = received_on or add_business_days(mailed_on, USUAL_DELIVERY)
    try:
        rule = rule_for(Duty.ANSWER_A_DIRECT_DISPUTE, received)
    except LookupError:
        return None
    last = rule.last_day(received)
    return CompanyClock(received, Day(last, rule, received_on is None), last + mail_allowance)


def company_days(clock: CompanyClock) -> tuple[DueDay, ...]:
    due, wait = clock.answered_by, (clock.unanswered_after - clock.answered_by.on).days
    mail = f"What was sent on the last day should be with you: {wait} days are allowed for the mail."
    return (
        DueDay(
            Matter.COMPANY_ANSWERED, due.on, due.rule.words, due.rule.citation, clock.estimated, calendar_note(due.on)
        ),
        DueDay(Matter.ANSWER_HERE, clock.unanswered_after, mail, "", clock.estimated, ""),
    )


def company_received_since(now: datetime, mail_allowance: timedelta) -> date:
    """The oldest day of receipt of which anything is still told."""
    return (now - timedelta(days=1)).date() - _PERIOD - mail_allowance - _TOLD_FOR


def what_to_tell_of_company(clock: CompanyClock, company: str, *, today: date, now: datetime) -> Told | None:
    """`today` is the user's own day, `now` is aware. Nothing on an estimate, and nothing expires."""
    if clock.estimated:
        return None
    due, left = clock.answered_by, clock.days_left(today)
    rule = f"{_day(due.on)} ({due.rule.citation})"
    if clock.is_unanswered(now):
        return Told(
            Reminder.NO_ANSWER,
            clock.unanswered_after,
            f"No answer received: {company}",
            f"It had to answer by {rule}, and the mail's time is over, too. Your dispute at the bureau goes its own "
            "way; a complaint to the Consumer Financial Protection Bureau can name this letter.",
        )
    if left < 0:
        wait = f"Wait for the mail until {_day(clock.unanswered_after)}."
        title = f"{company} had {due.rule.length} days, which are over"
        return Told(Reminder.PERIOD_OVER, due.on, title, f"They ended on {rule}. {wait}")
    if left <= DAYS_AHEAD:
        title = "Last day" if left == 0 else "1 day left" if left == 1 else f"{left} days left"
        return Told(Reminder.FIVE_DAYS_LEFT, due.on, f"{title}: {company}", f"It must answer your letter by {rule}.")
    return None


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
