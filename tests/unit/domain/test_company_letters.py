"""A furnisher's 30 days, what is told of them, and how a letter to a company reads on a timeline."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.deadlines.company_clock import (
    CompanyClock,
    company_days,
    company_received_since,
    furnisher_clock,
    what_to_tell_of_company,
)
from tribureau.domain.evidence.company import ANSWER_WORDS, CompanyAnswer, CompanyLetter, events_of_company
from tribureau.domain.letters import Language

WEEK = timedelta(days=7)
RECEIVED = date(2026, 10, 23)


def _clock(received: date | None = RECEIVED) -> CompanyClock:
    clock = furnisher_clock(date(2026, 10, 19), received, WEEK)
    assert clock
    return clock


def _told(clock: CompanyClock, day: date) -> str:
    now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    told = what_to_tell_of_company(clock, "Harrow Lending", today=day, now=now)
    return told.reminder if told else ""


def test_thirty_days_from_receipt_and_none_for_sending() -> None:
    clock = _clock()
    assert (clock.answered_by.on, clock.unanswered_after) == (date(2026, 11, 22), date(2026, 11, 29))
    due, wait = company_days(clock)
    assert due.citation == "15 USC 1681s-2(a)(8)(E)(iii); 12 CFR 1022.43(e)(3)"
    assert due.note == "A Sunday: the Act moves such a day no further."
    thanksgiving, _ = company_days(_clock(date(2026, 10, 27)))
    assert thanksgiving.note == "A Thursday and a federal holiday: the Act moves such a day no further."
    assert (wait.citation, due.estimated) == ("", False)


def test_nothing_is_told_before_its_receipt_is_known() -> None:
    clock = _clock(None)
    assert all(day.estimated for day in company_days(clock))
    assert clock.received == date(2026, 10, 26)
    assert _told(clock, date(2027, 3, 1)) == ""


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 16), ""),
        (date(2026, 11, 17), "deadline_ahead"),
        (date(2026, 11, 22), "deadline_ahead"),
        (date(2026, 11, 23), "deadline_over"),
        (date(2026, 11, 29), "deadline_over"),
        (date(2026, 11, 30), "no_answer"),
    ],
)
def test_what_is_told_when(day: date, kind: str) -> None:
    assert _told(_clock(), day) == kind


def test_before_the_rule_there_was_no_period() -> None:
    assert furnisher_clock(date(2010, 6, 1), date(2010, 6, 30), WEEK) is None
    assert furnisher_clock(date(2010, 6, 1), date(2010, 7, 1), WEEK) is not None


@given(st.dates(date(2011, 1, 1), date(2040, 1, 1)), st.integers(0, 30))
def test_whatever_is_told_of_was_looked_at(received: date, allowance: int) -> None:
    mail = timedelta(days=allowance)
    clock = furnisher_clock(received, received, mail)
    assert clock and clock.answered_by.on - received == timedelta(days=30)
    last = clock.unanswered_after
    now = datetime(last.year, last.month, last.day, 18, tzinfo=UTC) + timedelta(days=20)
    assert company_received_since(now, mail) <= received


def test_a_timeline_of_a_furnisher_and_of_a_collector() -> None:
    furnisher = CompanyLetter(
        "Harrow Lending", False, date(2026, 10, 19), RECEIVED, "123", date(2026, 11, 22), CompanyAnswer.KEPT, "By phone"
    )
    events = events_of_company(furnisher, Language.ENGLISH)
    assert [(event.on.day, event.is_due) for event in events] == [(19, False), (23, False), (22, True), (22, False)]
    assert events[-1].words == "Harrow Lending answered: it says that its report is right."
    assert events[-1].detail == "By phone"
    collector = CompanyLetter("Midvale Recovery", True, date(2026, 10, 19), RECEIVED)
    told = events_of_company(collector, Language.SPANISH)
    assert not any(event.is_due for event in told)
    assert (told[-1].citation, "no tiene plazo" in told[-1].detail) == ("15 USC 1692g(b)", True)
    assert set(ANSWER_WORDS) == set(CompanyAnswer)
