"""What a user is told of a dispute's dates: five days ahead, when the period is over, and when no answer came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from tribureau.domain.deadlines.agenda import why_unanswered
from tribureau.domain.deadlines.dispute_clock import DisputeClock

DAYS_AHEAD: Final = 5
_SHORTEST_PERIOD: Final = 30
_LONGEST_PERIOD: Final = 45
_LONGEST_FIVE_BUSINESS_DAYS: Final = 11
_DELETION: Final = "15 USC 1681i(a)(5)(A)"


class Reminder(StrEnum):
    FIVE_DAYS_LEFT = "deadline_ahead"
    PERIOD_OVER = "deadline_over"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Told:
    """`about` is the date that it is about: a corrected receipt brings another date and is told anew.

    `expires` is the reason with which the dispute becomes Expired; empty where it doesn't.
    """

    reminder: Reminder
    about: date
    title: str
    body: str
    expires: str = ""


def received_until(now: datetime) -> date:
    """The newest day of receipt of which there can be anything to tell, wherever in the world the user is."""
    return (now + timedelta(days=1)).date() - timedelta(days=_SHORTEST_PERIOD - DAYS_AHEAD)


def expired_since(now: datetime, mail_allowance: timedelta) -> date:
    """The oldest day of receipt of which a period can still run, once another length or day was said."""
    longest = timedelta(days=_LONGEST_PERIOD + _LONGEST_FIVE_BUSINESS_DAYS) + mail_allowance
    return (now - timedelta(days=1)).date() - longest


def why_it_runs_again(clock: DisputeClock) -> str:
    """The reason with which an expired dispute is investigated again."""
    due = clock.investigated_by
    return (
        f"Its dates were corrected: received on {clock.received}, the bureau has until {due.on} ({due.rule.citation}), "
        f"and its answer may arrive until {clock.unanswered_after}."
    )


def what_to_tell(
    clock: DisputeClock, who: str, *, today: date, now: datetime, mail_allowance: timedelta
) -> Told | None:
    """`who` is the bureau and the creditor, `today` the user's own day, `now` is aware. Nothing on an estimate."""
    if clock.estimated:
        return None
    if clock.is_unanswered(now):
        return Told(
            Reminder.NO_ANSWER,
            clock.unanswered_after,
            f"No answer received: {who}",
            "The bureau's time, the time to send the results and the mail's are over. That is good for you: what can't "
            f"be verified in time has to be deleted ({_DELETION}), which your next letter can ask for.",
            why_unanswered(clock, mail_allowance),
        )
    due = clock.investigated_by
    if (left := clock.days_left(today)) < 0:
        return Told(
            Reminder.PERIOD_OVER,
            due.on,
            f"The bureau's {due.rule.length} days are over: {who}",
            f"They ended on {_day(due.on)} ({due.rule.citation}). It may send the results until "
            f"{_day(clock.sent_by.on)}, so wait for the mail until {_day(clock.unanswered_after)}.",
        )
    if left <= DAYS_AHEAD:
        return Told(
            Reminder.FIVE_DAYS_LEFT,
            due.on,
            f"{_left(left)}: {who}",
            f"The bureau must be done with its investigation by {_day(due.on)} ({due.rule.citation}).",
        )
    return None


def _left(days: int) -> str:
    return "Last day" if days == 0 else "1 day left" if days == 1 else f"{days} days left"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
