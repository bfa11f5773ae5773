"""A user's dates as an iCalendar file (RFC 5545). Without names unless the user asks: others may see their calendar."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from tribureau.domain.deadlines import DueDay, Matter
from tribureau.web.deadline_words import MATTERS
from tribureau.workflows.company_letters import OpenLetter
from tribureau.workflows.deadlines import OpenDispute, Standing

_SHOWN: Final = (Matter.INVESTIGATED, Matter.COMPANY_ANSWERED, Matter.ANSWER_HERE)
_REFRESH: Final = timedelta(hours=12)
_SOFTWARE: Final = "-//Tribureau//Deadlines//EN"


def calendar_file(
    disputes: Sequence[OpenDispute], letters: Sequence[OpenLetter], site_url: str, *, with_names: bool
) -> bytes:
    """All-day events; the same disputes and letters give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _SOFTWARE)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Tribureau")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for dispute in disputes:
        if dispute.agenda is None or dispute.standing is Standing.NO_ANSWER:
            continue
        for day in dispute.agenda.days:
            if day.matter in _SHOWN:
                who, page = dispute.who if with_names else "", f"{site_url}/disputes/{dispute.dispute_id}"
                calendar.add_component(_event(str(dispute.dispute_id), dispute.updated_at, day, who, page))
    for letter in letters:
        for day in letter.days if letter.standing is not Standing.NO_ANSWER else ():
            who, page = letter.company if with_names else "", f"{site_url}/letters/{letter.letter_id}"
            calendar.add_component(_event(str(letter.letter_id), letter.updated_at, day, who, page))
    file: bytes = calendar.to_ical()
    return file


def _event(about: str, changed_at: datetime, day: DueDay, who: str, page: str) -> Event:
    """`who` is empty where no names are to be shown."""
    what = MATTERS[day.matter].word + (" (estimate)" if day.estimated else "")
    event = Event()
    event.add("uid", f"{about}-{day.matter}@tribureau")
    event.add("dtstamp", changed_at)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", f"{what}: {who}" if who else what)
    event.add(
        "description", " ".join(part for part in (day.words, day.citation and f"({day.citation})", day.note) if part)
    )
    event.add("status", "TENTATIVE" if day.estimated else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", page)
    return event
