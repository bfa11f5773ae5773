"""A dispute's history and its next date in words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tribureau.domain.disputes import TRANSITIONS, DisputeStatus
from tribureau.web.dispute_dates import clock_of_row, next_date
from tribureau.web.dispute_events import events

TODAY = date(2026, 11, 22)
WEEK = timedelta(days=7)
FACTS = {"bureau": "Equifax", "round": 1}
MAILED = FACTS | {"mailing_service": "Manual", "mailing_date": "2026-10-23T12:00:00.000000Z", "tracking_number": None}
RECEIVED = MAILED | {"received_on": "2026-10-27"}
ANSWERED = RECEIVED | {"bureau_response_date": "2026-11-16", "bureau_response_summary": "As reported"}


def row(status: str, **facts: Any) -> dict[str, Any]:
    known = {
        "dispute_id": uuid4(),
        "bureau": "Equifax",
        "creditor_name": "Northbank",
        "round": 1,
        "status": status,
        "version": 3,
        "mailed_on": None,
        "received_on": None,
        "report_source": None,
        "more_information_received_on": None,
        "bureau_response_date": None,
        "updated_at": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return known | facts


def entry(previous: str | None, new: str, facts: dict[str, Any], by: str = "user", **told: Any) -> dict[str, Any]:
    return {
        "position": 1,
        "previous_status": previous,
        "new_status": new,
        "changed_by": by,
        "change_reason": None,
        "change_notes": None,
        "changed_at": datetime(2026, 11, 1, tzinfo=UTC),
        "facts": facts,
        "is_signed": True,
        **told,
    }


def running(**facts: Any) -> dict[str, Any]:
    return row("Investigating", mailed_on=date(2026, 10, 23), received_on=date(2026, 10, 27), **facts)


@pytest.mark.parametrize(
    ("known", "today", "words"),
    [
        (running(), TODAY, "Equifax must answer by Nov 26 · day 26 of 30"),
        (running(), date(2026, 11, 26), "Equifax must answer by Nov 26 · day 30 of 30"),
        (running(report_source="annual_free"), TODAY, "Equifax must answer by Dec 11 · day 26 of 45"),
        (running(), date(2026, 11, 27), "Equifax's time ended on Nov 26; wait for the mail until Dec 10"),
        (running() | {"status": "Expired"}, date(2027, 1, 2), "No answer received; the time ended on Nov 26, 2026"),
        (row("Pending", mailed_on=date(2026, 11, 3)), TODAY, "Mailed on Nov 3; the time runs once it arrives"),
        (row("Draft"), TODAY, "Not mailed yet"),
        (row("Blank"), TODAY, "Taken back before anything was sent"),
        (row("Verified", bureau_response_date=date(2026, 11, 3)), TODAY, "Equifax answered on Nov 3"),
        (row("Updated"), TODAY, "Equifax answered"),
        (row("Escalated"), TODAY, "Closed; the next round goes on"),
        (row("Investigating", mailed_on=date(1990, 1, 2)), TODAY, "These dates can't be counted"),
        (row("Investigating"), TODAY, "These dates can't be counted"),
    ],
)
def test_the_next_date_in_one_line(known: dict[str, Any], today: date, words: str) -> None:
    assert next_date(known, clock_of_row(known, today, WEEK), today) == words


def test_a_whole_life_in_words() -> None:
    told = events(
        [
            entry(None, "Draft", FACTS),
            entry("Draft", "Pending", MAILED),
            entry("Pending", "Pending", MAILED | {"tracking_number": "9407"}, change_notes="From the receipt"),
            entry("Pending", "Investigating", RECEIVED | {"tracking_number": "9407"}),
            entry("Investigating", "Verified", ANSWERED | {"tracking_number": "9407"}),
            entry("Verified", "Escalated", ANSWERED | {"tracking_number": "9407"}, change_reason="New facts"),
        ],
        clock_of_row(running(), TODAY, WEEK),
    )
    assert [(one.title, one.on, one.who, one.details) for one in told] == [
        ("The dispute was begun", None, "you", []),
        ("The letter was mailed", date(2026, 10, 23), "you", []),
        ("Something was added or corrected", None, "you", ["tracking number 9407"]),
        ("The letter arrived", date(2026, 10, 27), "Postal Service, as you entered it", []),
        ("The bureau answered: Verified", date(2026, 11, 16), "you", ["«As reported»"]),
        ("This round was closed; the next one was begun", None, "you", []),
    ]
    assert (told[2].notes, told[4].counted, told[5].reason) == ("From the receipt", "day 20 of 30", "New facts")
    assert [one.document for one in told] == ["report", "letter", "", "", "answer", ""]


def test_what_the_system_did_is_said_of_it() -> None:
    (told,) = events([entry("Investigating", "Expired", RECEIVED, by="system")], None)
    assert (told.title, told.who, told.on) == ("No answer received in time", "Tribureau", None)


def test_what_was_corrected_and_taken_out_is_named() -> None:
    later = RECEIVED | {"received_on": "2026-10-28"}
    told = events(
        [entry("Investigating", "Investigating", RECEIVED), entry("Investigating", "Investigating", later)], None
    )
    assert told[1].details == ["received Oct 28, 2026"]
    back = events([entry("Investigating", "Verified", ANSWERED), entry("Verified", "Investigating", RECEIVED)], None)
    assert (back[1].title, back[1].details) == ("The answer was taken back", ["answer dated: taken out"])


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda step: f"{step.previous} to {step.new}")
def test_every_legal_step_has_words(step: Any) -> None:
    (told,) = events([entry(step.previous, step.new, ANSWERED)], None)
    assert told.title and "became" not in told.title
    assert told.status in set(DisputeStatus)


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("As reported", "«As reported»"),
        ("Northbank: «VERIFIED» past due: $90.", "Northbank: «VERIFIED» past due: $90."),
    ],
)
def test_words_that_a_letter_quotes_are_quoted_once(summary: str, shown: str) -> None:
    (_, answered) = events(
        [
            entry("Pending", "Investigating", RECEIVED),
            entry("Investigating", "Verified", ANSWERED | {"bureau_response_summary": summary}, position=2),
        ],
        None,
    )
    assert shown in answered.details


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("Equifax answered on 2026-11-16: verified.", ""),
        (
            "Equifax answered on 2026-11-16: verified. Read from its letter and confirmed.",
            "Equifax answered on Nov 16, 2026: verified. Read from its letter and confirmed.",
        ),
        ("The report of 2026-11-20 shows the item again.", "The report of Nov 20, 2026 shows the item again."),
        (
            "They answered on 2026-02-30, they say; case 2026-11-16",
            "They answered on 2026-02-30, they say; case 2026-11-16",
        ),
    ],
)
def test_the_day_in_a_reason_is_shown_as_the_page_shows_days(reason: str, shown: str) -> None:
    (event,) = events([entry("Investigating", "Verified", ANSWERED, change_reason=reason)], None)
    assert event.reason == shown
