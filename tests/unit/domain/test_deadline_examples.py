"""The worked examples of docs/deadlines.md: made from this data, each counted by hand on a calendar."""

from datetime import date
from pathlib import Path

from tribureau.domain.deadlines import DisputeFacts, ReportOrigin, agenda_of

PAGE = Path(__file__).resolve().parents[3] / "docs" / "deadlines.md"
MAILED, RECEIVED = date(2026, 10, 19), date(2026, 10, 23)
EXAMPLES = {
    "Over Thanksgiving": (DisputeFacts(MAILED, RECEIVED), date(2026, 12, 7)),
    "A free yearly report": (DisputeFacts(MAILED, RECEIVED, ReportOrigin.FREE_ANNUAL), date(2026, 12, 21)),
    "More information on day 30": (
        DisputeFacts(MAILED, RECEIVED, more_information_received_on=date(2026, 11, 22)),
        date(2026, 12, 21),
    ),
    "More information on day 31": (
        DisputeFacts(MAILED, RECEIVED, more_information_received_on=date(2026, 11, 23)),
        date(2026, 12, 7),
    ),
    "Over a leap day": (DisputeFacts(date(2028, 1, 31), date(2028, 1, 31)), date(2028, 3, 15)),
    "Over the turn of a year": (DisputeFacts(date(2021, 11, 26), date(2021, 11, 29)), date(2022, 1, 13)),
    "Not yet delivered: estimates": (DisputeFacts(date(2026, 11, 20)), date(2027, 1, 14)),
}


def row(name: str, facts: DisputeFacts) -> str:
    agenda = agenda_of(facts)
    assert agenda
    days = " | ".join(str(day.on) for day in agenda.days)
    return f"| {name} | {facts.mailed_on} | {facts.received_on or 'unknown'} | {days} |"


def test_the_page_shows_what_is_computed() -> None:
    page = PAGE.read_text()
    assert [name for name, (facts, _) in EXAMPLES.items() if row(name, facts) not in page] == []


def test_the_last_day_to_wait_is_as_counted_by_hand() -> None:
    for name, (facts, last) in EXAMPLES.items():
        agenda = agenda_of(facts)
        assert agenda and agenda.days[-1].on == last, name


def test_holidays_left_out_are_named_and_a_sunday_is_not_moved() -> None:
    agenda = agenda_of(DisputeFacts(MAILED, RECEIVED))
    assert agenda
    notes = [day.note for day in agenda.days]
    assert notes[1] == "A Sunday: the Act moves such a day no further."
    assert "nor Thursday, November 26, a federal holiday" in notes[2]
