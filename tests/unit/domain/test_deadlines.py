"""Worked examples, each counted by hand on a calendar, and what holds for every date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.deadlines import (
    DisputeFacts,
    Duty,
    ReportOrigin,
    add_business_days,
    clock_of,
    federal_holidays,
    is_business_day,
    rule_for,
)
from tribureau.domain.deadlines.rules import RULES

DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2100, 1, 1))


def test_the_holidays_of_2026_as_they_are_observed() -> None:
    assert sorted(federal_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 7, 3),  # the Fourth is a Saturday
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 11),
        date(2026, 11, 26),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2021, 12, 31), True),  # New Year's Day of 2022 is a Saturday
        (date(2022, 12, 26), True),  # Christmas is a Sunday
        (date(2023, 1, 2), True),  # New Year's Day is a Sunday
        (date(2023, 1, 1), False),  # … and observed the day after
        (date(2021, 6, 18), True),  # the first Juneteenth, a Saturday
        (date(2020, 6, 19), False),  # before the law
        (date(2024, 2, 29), False),
        (date(2020, 5, 25), True),  # the last of four Mondays of May
        (date(2021, 5, 31), True),  # the last of five
    ],
)
def test_a_holiday_is_where_it_is_observed(day: date, is_one: bool) -> None:
    assert (day in federal_holidays(day.year)) is is_one


@given(DAYS)
def test_no_year_has_more_or_fewer_holidays_than_its_law(day: date) -> None:
    named = 11 if day.year >= 2021 else 10
    new_years_eve = date(day.year, 12, 31) in federal_holidays(day.year)
    new_years_day_gone = date(day.year, 1, 1).weekday() == 5
    assert len(federal_holidays(day.year)) == named + new_years_eve - new_years_day_gone
    assert all(one.weekday() < 5 for one in federal_holidays(day.year))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 5, date(2026, 11, 30)),  # Friday, over Thanksgiving
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday
        (date(2026, 7, 1), 4, date(2026, 7, 8)),  # over July 3
        (date(2021, 12, 30), 1, date(2022, 1, 3)),  # over December 31, observed
        (date(2024, 2, 28), 2, date(2024, 3, 1)),  # a leap day is a Thursday
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_business_days(start: date, days: int, end: date) -> None:
    assert add_business_days(start, days) == end


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_so_many_business_days_lie_between(start: date, days: int) -> None:
    end = add_business_days(start, days)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert is_business_day(end)
    assert sum(map(is_business_day, between)) == days


@pytest.mark.parametrize(
    ("facts", "due", "sent", "unanswered"),
    [
        # received Oct 23; 30 days: Nov 22, a Sunday; 5 business days over Thanksgiving: Nov 30; a week of mail
        (
            DisputeFacts(date(2026, 10, 19), date(2026, 10, 23)),
            date(2026, 11, 22),
            date(2026, 11, 30),
            date(2026, 12, 7),
        ),
        # the same, from a free yearly report: 45 days
        (
            DisputeFacts(date(2026, 10, 19), date(2026, 10, 23), ReportOrigin.FREE_ANNUAL),
            date(2026, 12, 7),
            date(2026, 12, 14),
            date(2026, 12, 21),
        ),
        # more information on the 30th day: 45 days
        (
            DisputeFacts(date(2026, 10, 19), date(2026, 10, 23), more_information_received_on=date(2026, 11, 22)),
            date(2026, 12, 7),
            date(2026, 12, 14),
            date(2026, 12, 21),
        ),
        # on the 31st: no extension
        (
            DisputeFacts(date(2026, 10, 19), date(2026, 10, 23), more_information_received_on=date(2026, 11, 23)),
            date(2026, 11, 22),
            date(2026, 11, 30),
            date(2026, 12, 7),
        ),
        # over a leap day: Jan 31, 2028 + 30 = Mar 1
        (DisputeFacts(date(2028, 1, 31), date(2028, 1, 31)), date(2028, 3, 1), date(2028, 3, 8), date(2028, 3, 15)),
        # over none: Jan 31, 2027 + 30 = Mar 2
        (DisputeFacts(date(2027, 1, 29), date(2027, 1, 31)), date(2027, 3, 2), date(2027, 3, 9), date(2027, 3, 16)),
        # over the turn of a year whose New Year's Day is observed on December 31
        (
            DisputeFacts(date(2021, 11, 26), date(2021, 11, 29)),
            date(2021, 12, 29),
            date(2022, 1, 6),
            date(2022, 1, 13),
        ),
    ],
)
def test_worked_examples(facts: DisputeFacts, due: date, sent: date, unanswered: date) -> None:
    clock = clock_of(facts)
    assert (clock.investigated_by.on, clock.sent_by.on, clock.unanswered_after) == (due, sent, unanswered)
    assert not clock.estimated


def test_nothing_is_due_before_a_letter_is_known_to_be_delivered() -> None:
    clock = clock_of(DisputeFacts(date(2026, 11, 20)))
    assert clock.estimated and clock.investigated_by.estimated
    assert clock.received == date(2026, 11, 30)
    assert not clock.is_unanswered(datetime(2030, 1, 1, tzinfo=UTC))


def test_the_last_day_is_over_when_it_is_over_in_hawaii() -> None:
    clock = clock_of(DisputeFacts(date(2026, 10, 19), date(2026, 10, 23)))
    assert not clock.is_unanswered(datetime(2026, 12, 8, 9, 59, tzinfo=UTC))  # 23:59 in Honolulu
    assert clock.is_unanswered(datetime(2026, 12, 8, 10, 0, tzinfo=UTC))


def test_received_before_mailed_is_refused() -> None:
    with pytest.raises(ValueError, match="before it was mailed"):
        clock_of(DisputeFacts(date(2026, 10, 23), date(2026, 10, 19)))


@given(DAYS, st.integers(0, 60), st.sampled_from(ReportOrigin), st.none() | st.integers(-5, 60))
def test_for_every_date(mailed: date, later: int, origin: ReportOrigin, more: int | None) -> None:
    received = mailed + timedelta(days=later)
    information = None if more is None else received + timedelta(days=more)
    clock = clock_of(DisputeFacts(mailed, received, origin, information))
    length = (clock.investigated_by.on - received).days
    extended = information is not None and 0 <= (information - received).days <= 30
    assert length == (45 if origin is ReportOrigin.FREE_ANNUAL or extended else 30)
    assert clock.furnisher_told_by.on < clock.investigated_by.on < clock.sent_by.on < clock.unanswered_after
    assert is_business_day(clock.sent_by.on) and is_business_day(clock.furnisher_told_by.on)


@pytest.mark.parametrize(
    ("duty", "begins", "ends"),
    [
        (Duty.TELL_THE_FURNISHER, date(2026, 12, 23), date(2026, 12, 31)),  # over Christmas
        (Duty.SAY_THAT_A_DISPUTE_IS_FRIVOLOUS, date(2026, 9, 4), date(2026, 9, 14)),  # over Labor Day
        (Duty.SEND_THE_RESULTS, date(2026, 2, 13), date(2026, 2, 23)),  # over Washington's Birthday
        (Duty.DESCRIBE_THE_PROCEDURE, date(2028, 2, 20), date(2028, 3, 6)),  # over a leap day
        (Duty.TELL_OF_A_REINSERTION, date(2026, 1, 16), date(2026, 1, 26)),
        (Duty.BLOCK_IDENTITY_THEFT, date(2026, 11, 9), date(2026, 11, 16)),  # over Veterans Day
        (Duty.ANSWER_A_DIRECT_DISPUTE, date(2026, 12, 15), date(2027, 1, 14)),
        (Duty.SEND_A_VALIDATION_NOTICE, date(2026, 12, 29), date(2027, 1, 3)),  # a Sunday: calendar days
        (Duty.DISPUTE_A_DEBT, date(2026, 1, 31), date(2026, 3, 2)),
    ],
)
def test_the_other_periods(duty: Duty, begins: date, ends: date) -> None:
    assert rule_for(duty, begins).last_day(begins) == ends


def test_each_duty_has_a_rule_with_its_citation() -> None:
    assert {rule.duty for rule in RULES} == set(Duty)
    assert all("USC" in rule.citation and rule.words.endswith(".") for rule in RULES)


def test_a_period_keeps_the_rule_of_the_day_it_began_on() -> None:
    with pytest.raises(LookupError):
        rule_for(Duty.REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT, date(2004, 11, 30))
    assert rule_for(Duty.REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT, date(2004, 12, 1)).length == 45
