"""What the law gives how long for: rules as dated data with citations, business days, and a dispute's clock."""

from tribureau.domain.deadlines.business_days import add_business_days, is_business_day
from tribureau.domain.deadlines.dispute_clock import Day, DisputeClock, DisputeFacts, ReportOrigin, clock_of
from tribureau.domain.deadlines.federal_holidays import federal_holidays
from tribureau.domain.deadlines.rules import Duty, PeriodRule, Unit, rule_for

__all__ = [
    "Day",
    "DisputeClock",
    "DisputeFacts",
    "Duty",
    "PeriodRule",
    "ReportOrigin",
    "Unit",
    "add_business_days",
    "clock_of",
    "federal_holidays",
    "is_business_day",
    "rule_for",
]
