"""What disputes ask of the user now: the next letter, a day to watch, a letter to post, a receipt to tell."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from tribureau.database.transactions import Row
from tribureau.domain.deadlines import Agenda
from tribureau.web import formats
from tribureau.web.dispute_events import day_count
from tribureau.web.pages.to_do import Task
from tribureau.workflows.deadlines import OpenDispute, Standing

_TOLD_AHEAD: Final = timedelta(days=14)
_WEEK: Final = timedelta(days=7)
_ARRIVED_BY_NOW: Final = timedelta(days=10)
"""Certified mail takes about five business days; after twice that time its receipt shows when it arrived."""
_NAMED: Final = 2
_SHOWN: Final = 4


def deadline_tasks(running: Iterable[OpenDispute], today: date) -> list[Task]:
    """One for the disputes that went to one bureau together; the soonest first, as many as one takes in."""
    found = [_task(group[0], group[0].agenda, group, today) for group in _together(running) if group[0].agenda]
    return sorted((task for task in found if task), key=_by_date)[:_SHOWN]


def letter_tasks(letters: Iterable[Row]) -> list[Task]:
    """`letters` of `today.letters`: ready ones are to be mailed, others to be finished."""
    return [_letter(letter) for letter in letters][:_SHOWN]


def proposal_tasks(proposals: Sequence[Row]) -> list[Task]:
    """`proposals` of `dispute_proposals.waiting`: a newer report says something of a dispute."""
    return [_proposal(proposal) for proposal in proposals][:_SHOWN]


def who(names: Sequence[str]) -> str:
    """`Northbank`, `Northbank and Tarn Valley`, `Northbank, Tarn Valley and 3 more`."""
    known = list(dict.fromkeys(name for name in names if name)) or ["what you dispute"]
    if len(known) <= _NAMED:
        return " and ".join(known)
    return f"{', '.join(known[:_NAMED])} and {len(known) - _NAMED} more"


def by_when(day: date, today: date) -> str:
    """`today`, `tomorrow`, `Thursday` within a week, `Dec 9` later."""
    ahead = (day - today).days
    if ahead in {0, 1}:
        return ("today", "tomorrow")[ahead]
    return f"{day:%A}" if 1 < ahead < 7 else formats.short_day(day, today)


def _by_date(task: Task) -> tuple[bool, date]:
    return task.on is None, task.on or date.max


def _together(running: Iterable[OpenDispute]) -> list[list[OpenDispute]]:
    """Disputes of one letter, or as good as: the same bureau, days and standing."""

    def key(one: OpenDispute) -> tuple[str, str, date, date]:
        return one.bureau, one.standing, one.facts.mailed_on, one.facts.received_on or date.max

    return [list(group) for _, group in groupby(sorted(running, key=key), key)]


def _task(dispute: OpenDispute, agenda: Agenda | None, group: list[OpenDispute], today: date) -> Task | None:
    if agenda is None:
        return None
    match dispute.standing:
        case Standing.NO_ANSWER:
            return _unanswered(dispute, agenda, group, today)
        case Standing.PERIOD_OVER:
            return _wait_for_the_mail(dispute, agenda, group, today)
        case Standing.RUNNING:
            return _answer_due(dispute, agenda, group, today)
        case Standing.NOT_DELIVERED:
            return _ask_for_receipt(dispute, group, today)


def _unanswered(dispute: OpenDispute, agenda: Agenda, group: list[OpenDispute], today: date) -> Task:
    length = (agenda.clock.investigated_by.on - agenda.clock.received).days
    detail = (
        f"{_names(group)} · received {formats.short_day(agenda.clock.received, today)} · "
        "an item that can't be verified in time must be deleted, 15 USC 1681i(a)(5)(A)"
    )
    title = f"No answer from {dispute.bureau} in {length} days"
    due = agenda.clock.investigated_by.on
    return Task("bad", "!", title, detail, "Next letter", _address(group, "#next"), on=due)


def _wait_for_the_mail(dispute: OpenDispute, agenda: Agenda, group: list[OpenDispute], today: date) -> Task:
    last = agenda.clock.unanswered_after
    detail = (
        f"{_names(group)} · the results may still be in the mail until {formats.short_day(last, today)}, "
        f"{agenda.clock.sent_by.rule.citation}"
    )
    title = f"{dispute.bureau}'s time is over"
    return Task("warn", "!", title, detail, "Timeline", _address(group), urgent=False, on=last)


def _answer_due(dispute: OpenDispute, agenda: Agenda, group: list[OpenDispute], today: date) -> Task | None:
    due = agenda.clock.investigated_by
    if due.on > today + _TOLD_AHEAD:
        return None
    received = formats.short_day(agenda.clock.received, today)
    detail = f"{_names(group)} · received {received} · {day_count(dispute, today)}, {due.rule.citation}"
    title = f"{dispute.bureau} answers by {by_when(due.on, today)}"
    soon = due.on <= today + _WEEK
    return Task("info", "◔", title, detail, "Timeline", _address(group), urgent=soon, on=due.on)


def _ask_for_receipt(dispute: OpenDispute, group: list[OpenDispute], today: date) -> Task | None:
    mailed = dispute.facts.mailed_on
    if mailed > today - _ARRIVED_BY_NOW:
        return None
    detail = (
        f"{_names(group)} · mailed {formats.short_day(mailed, today)} · the bureau's time runs from the day it has "
        "your letter, 15 USC 1681i(a)(1)(A)"
    )
    return Task(
        "warn", "✉", f"Has your letter to {dispute.bureau} arrived?", detail, "Say when", _address(group, "#now")
    )


def _names(group: list[OpenDispute]) -> str:
    return who([dispute.creditor_name for dispute in group])


def _address(group: list[OpenDispute], place: str = "") -> str:
    return f"/disputes/{group[0].dispute_id}{place}" if len(group) == 1 else f"/disputes?show={group[0].status}"


def _letter(letter: Row) -> Task:
    names, address = who(letter["creditors"]), f"/letters/{letter['letter_id']}"
    if letter["state"] == "ready":
        detail = f"{names} · print it, sign it and post it with a receipt: the time to answer begins when it arrives."
        return Task("accent", "✉", f"Your letter to {letter['bureau']} is ready to post", detail, "Print", address)
    detail = f"{names} · say why, and the letter is written."
    return Task("quiet", "✎", f"Your letter to {letter['bureau']} is not finished", detail, "Go on", address)


def _proposal(proposal: Row) -> Task:
    said = {
        "deleted": "is gone from your new report",
        "reinserted": "is back on your new report",
    }.get(proposal["kind"], "looks different on your new report")
    name = proposal["creditor_name"] or "What you dispute"
    detail = f"{proposal['bureau']}, {formats.day(proposal['report_date'])} · it counts once you say so."
    return Task("warn", "?", f"{name} {said}", detail, "Confirm", f"/disputes/{proposal['dispute_id']}#answers")
