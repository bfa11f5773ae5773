"""What letters to companies ask of the user now: a day to watch, a receipt to tell."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from tribureau.web import formats
from tribureau.web.pages.dispute_tasks import by_when, who
from tribureau.web.pages.to_do import Task
from tribureau.workflows.company_letters import OpenLetter
from tribureau.workflows.deadlines import Standing

_TOLD_AHEAD: Final = timedelta(days=14)
_WEEK: Final = timedelta(days=7)
_ARRIVED_BY_NOW: Final = timedelta(days=10)
_TOLD_FOR: Final = timedelta(days=60)
"""A company that never answers is no task for ever."""
_SHOWN: Final = 4


def company_tasks(letters: Iterable[OpenLetter], today: date) -> list[Task]:
    return [task for letter in letters if (task := _task(letter, today))][:_SHOWN]


def _task(letter: OpenLetter, today: date) -> Task | None:
    names, page = who(letter.creditors), f"/letters/{letter.letter_id}"
    if letter.standing is Standing.NOT_DELIVERED:
        if letter.mailed_on > today - _ARRIVED_BY_NOW:
            return None
        detail = f"{names} · mailed {formats.short_day(letter.mailed_on, today)}"
        title = f"Has your letter to {letter.company} arrived?"
        return Task("warn", "✉", title, detail, "Say when", f"{page}#posting", urgent=not letter.collects)
    if letter.clock is None:
        return None
    due = letter.clock.answered_by
    rule = due.rule.citation
    if letter.standing is Standing.RUNNING:
        if due.on > today + _TOLD_AHEAD:
            return None
        title = f"{letter.company} answers by {by_when(due.on, today)}"
        soon = due.on <= today + _WEEK
        return Task("info", "◔", title, f"{names} · {rule}", "The letter", page, urgent=soon, on=due.on)
    if letter.standing is Standing.PERIOD_OVER:
        last = formats.short_day(letter.clock.unanswered_after, today)
        detail = f"{names} · its answer may still be in the mail until {last}, {rule}"
        return Task(
            "warn", "!", f"{letter.company}'s time is over", detail, "The letter", page, urgent=False, on=due.on
        )
    if letter.clock.unanswered_after < today - _TOLD_FOR:
        return None
    title = f"No answer from {letter.company} in {due.rule.length} days"
    return Task("warn", "!", title, f"{names} · {rule}", "Did it answer?", f"{page}#answer", on=due.on)
