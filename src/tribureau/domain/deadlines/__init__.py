"""What the law gives how long for: rules as dated data with citations, business days, and a dispute's clock."""

from tribureau.domain.deadlines.agenda import Agenda, DueDay, Matter, agenda_of
from tribureau.domain.deadlines.business_days import add_business_days, is_business_day
from tribureau.domain.deadlines.dispute_clock import Day, DisputeClock, DisputeFacts, ReportOrigin, clock_of
from tribureau.domain.deadlines.federal_holidays import federal_holidays
from tribureau.domain.deadlines.local_days import day_in
from tribureau.domain.deadlines.reminders import (
    Reminder,
    Told,
    expired_since,
    received_until,
    what_to_tell,
    why_it_runs_again,
)
from tribureau.domain.deadlines.rules import Duty, PeriodRule, Unit, rule_for

__all__ = [
    "Agenda",
    "Day",
    "DisputeClock",
    "DisputeFacts",
    "DueDay",
    "Duty",
    "Matter",
    "PeriodRule",
    "Reminder",
    "ReportOrigin",
    "Told",
    "Unit",
    "add_business_days",
    "agenda_of",
    "clock_of",
    "day_in",
    "expired_since",
    "federal_holidays",
    "is_business_day",
    "received_until",
    "rule_for",
    "what_to_tell",
    "why_it_runs_again",
]
