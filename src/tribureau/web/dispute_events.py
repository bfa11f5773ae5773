"""A dispute's history in words: each entry is an event with its day, who it comes from, and what it changed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tribureau.domain.disputes import ANSWERS, DisputeStatus
from tribureau.web.dispute_words import STATUSES
from tribureau.web.formats import day
from tribureau.workflows.deadlines import OpenDispute

Entry = Mapping[str, Any]
Step = tuple[str | None, str]
_S: Final = DisputeStatus
_SAID_BY_THE_TITLE: Final = re.compile(r"\w+ answered on [\d-]+: (?:verified|deleted|updated)\.")
_TOLD_DAY: Final = re.compile(r"\b(answered on|report of) (\d{4}-\d{2}-\d{2})\b")
_YOU: Final = "you"
_POST: Final = "Postal Service, as you entered it"
_STEPS: Final[dict[Step, str]] = {
    (_S.DRAFT, _S.PENDING): "The letter was mailed",
    (_S.DRAFT, _S.BLANK): "The draft was taken back",
    (_S.BLANK, _S.DRAFT): "The draft was brought back",
    (_S.PENDING, _S.DRAFT): "The mailing was undone: it is a draft again",
    (_S.PENDING, _S.INVESTIGATING): "The letter arrived",
    (_S.INVESTIGATING, _S.PENDING): "The receipt was undone: it is in the mail again",
    (_S.INVESTIGATING, _S.EXPIRED): "No answer received in time",
    (_S.EXPIRED, _S.INVESTIGATING): "The dates were corrected: the time still runs",
}
_HAPPENED: Final[dict[Step, str]] = {
    (_S.DRAFT, _S.PENDING): "mailing_date",
    (_S.PENDING, _S.INVESTIGATING): "received_on",
}
_FACTS: Final = {
    "mailing_date": "mailed",
    "tracking_number": "tracking number",
    "received_on": "received",
    "bureau_response_date": "answer dated",
}
_DAYS: Final = ("mailing_date", "received_on", "bureau_response_date")


@dataclass(frozen=True, slots=True)
class Event:
    """`on` is the day on which it happened, where that is another than the day of its entry; `at` is the entry's.

    `counted` is the day of the bureau's time, as in `day 26 of 30`. `document` is a kind of document that belongs here.
    """

    position: int
    title: str
    status: str
    on: date | None
    at: datetime
    who: str
    details: list[str]
    reason: str
    notes: str
    is_signed: bool
    counted: str
    document: str


def events(entries: Sequence[Entry], clock: OpenDispute | None) -> list[Event]:
    """`entries` are the history's rows, oldest first."""
    before: Mapping[str, Any] = {}
    told = []
    for entry in entries:
        told.append(_event(entry, before, clock))
        before = entry["facts"]
    return told


def day_count(clock: OpenDispute | None, on: date) -> str:
    """`day 26 of 30`; empty before receipt, and once the bureau's time was over."""
    if clock is None or clock.agenda is None or clock.agenda.clock.estimated:
        return ""
    dates = clock.agenda.clock
    number, length = (on - dates.received).days, (dates.investigated_by.on - dates.received).days
    return f"day {number} of {length}" if 0 <= number <= length else ""


def _event(entry: Entry, before: Mapping[str, Any], clock: OpenDispute | None) -> Event:
    step = (entry["previous_status"], entry["new_status"])
    happened = _happened_on(step, entry["facts"])
    return Event(
        position=entry["position"],
        title=_title(entry, step),
        status=entry["new_status"],
        on=happened,
        at=entry["changed_at"],
        who=_who(entry, step),
        details=list(_details(entry, before, _about(step))),
        reason=_reason(entry["change_reason"] or ""),
        notes=entry["change_notes"] or "",
        is_signed=entry["is_signed"],
        counted=day_count(clock, happened) if happened and step[1] in ANSWERS else "",
        document=_document(step),
    )


def _reason(told: str) -> str:
    """Nothing where the title says it; what the database says of a day is shown as the page shows days."""
    return "" if _SAID_BY_THE_TITLE.fullmatch(told) else _TOLD_DAY.sub(_shown_day, told)


def _shown_day(found: re.Match[str]) -> str:
    words, on = found.groups()
    try:
        return f"{words} {day(on)}"
    except ValueError:  # typed by somebody: no calendar has it
        return found[0]


def _title(entry: Entry, step: Step) -> str:
    previous, new = step
    if previous is None:
        number = entry["facts"].get("round", 1)
        return "The dispute was begun" if number == 1 else f"Round {number} was begun"
    if previous == new:
        return "Something was added or corrected"
    if new == _S.ESCALATED:
        return "This round was closed; the next one was begun"
    if previous in ANSWERS:
        return (
            "The answer was taken back" if new not in ANSWERS else f"The answer was corrected: {STATUSES[_S(new)].word}"
        )
    if new in ANSWERS:
        return f"The bureau answered: {STATUSES[_S(new)].word}"
    return _STEPS.get(step, f"{previous} became {new}")


def _who(entry: Entry, step: Step) -> str:
    if entry["changed_by"] != "user":
        return "Tribureau"
    arrived = step[1] == _S.INVESTIGATING and step[0] == _S.PENDING
    return _POST if arrived and entry["facts"].get("mailing_service") == "Manual" else _YOU


def _about(step: Step) -> str:
    """The fact that holds the day of the step; empty where the user gives none with it."""
    answered = step[1] in ANSWERS and step[0] != step[1]
    return "bureau_response_date" if answered else _HAPPENED.get(step, "")


def _happened_on(step: Step, facts: Mapping[str, Any]) -> date | None:
    found = facts.get(_about(step))
    return date.fromisoformat(found[:10]) if found else None


def _details(entry: Entry, before: Mapping[str, Any], told: str) -> Iterator[str]:
    """What the entry says otherwise than the one before it; `told` is the fact whose day stands in its title."""
    facts = entry["facts"]
    for name, words in _FACTS.items():
        now, then = facts.get(name), before.get(name)
        if now == then or name == told:
            continue
        shown = day(now) if name in _DAYS and now else now
        if now:
            yield f"{words} {shown}"
        elif entry["new_status"] not in (_S.DRAFT, _S.BLANK):
            yield f"{words}: taken out"
    summary = facts.get("bureau_response_summary")
    if summary and summary != before.get("bureau_response_summary"):
        yield summary if "«" in summary else f"«{summary}»"


def _document(step: Step) -> str:
    if step == (_S.DRAFT, _S.PENDING):
        return "letter"
    if step[0] is None:
        return "report"
    return "answer" if step[1] in ANSWERS else ""
