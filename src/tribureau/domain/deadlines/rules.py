"""The periods of the law as data: each with its length, what it runs from, its citation and since when it holds.

A change of the law is a new row with a later `since`; a period that has begun keeps the rule of the day it began on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tribureau.domain.deadlines.business_days import add_business_days


class Duty(StrEnum):
    """What somebody has to do within a period, or may do only within it."""

    REINVESTIGATE = "reinvestigate"
    REINVESTIGATE_WITH_MORE_INFORMATION = "reinvestigate_with_more_information"
    REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT = "reinvestigate_after_free_annual_report"
    TELL_THE_FURNISHER = "tell_the_furnisher"
    SAY_THAT_A_DISPUTE_IS_FRIVOLOUS = "say_that_a_dispute_is_frivolous"
    SEND_THE_RESULTS = "send_the_results"
    DESCRIBE_THE_PROCEDURE = "describe_the_procedure"
    TELL_OF_A_REINSERTION = "tell_of_a_reinsertion"
    BLOCK_IDENTITY_THEFT = "block_identity_theft"
    ANSWER_A_DIRECT_DISPUTE = "answer_a_direct_dispute"
    SEND_A_VALIDATION_NOTICE = "send_a_validation_notice"
    DISPUTE_A_DEBT = "dispute_a_debt"


class Unit(StrEnum):
    """Calendar days, or business days."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One period. `whose` has the duty; `since` is the first day on which a period under this rule may begin."""

    duty: Duty
    length: int
    unit: Unit
    whose: str
    runs_from: str
    words: str
    citation: str
    since: date

    def last_day(self, begins: date) -> date:
        """The last day of the period. The day of the event itself isn't counted, which favours the one who must act.

        A period in calendar days that ends on a weekend ends there: the Act has no rule that moves it.
        """
        if self.unit is Unit.DAYS:
            return begins + timedelta(days=self.length)
        return add_business_days(begins, self.length)


_REFORM_OF_1996: Final = date(1997, 9, 30)
"""Most of the 1996 amendments to the FCRA took effect (Public Law 104-208, section 2420)."""
_FREE_REPORTS: Final = date(2004, 12, 1)
"""FACTA's free annual reports began (Public Law 108-159, section 211; 16 CFR 610.2 as then in force)."""
_IDENTITY_THEFT: Final = date(2004, 12, 1)
"""FACTA section 152."""
_DIRECT_DISPUTES: Final = date(2010, 7, 1)
"""The direct-dispute rule took effect (74 Fed. Reg. 31484)."""
_FDCPA: Final = date(1978, 3, 20)
"""The FDCPA took effect (Public Law 95-109, section 818)."""

RULES: Final = (
    PeriodRule(
        Duty.REINVESTIGATE,
        30,
        Unit.DAYS,
        "bureau",
        "receipt of the dispute",
        "The bureau must investigate within 30 days of receiving the dispute.",
        "15 USC 1681i(a)(1)(A)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.REINVESTIGATE_WITH_MORE_INFORMATION,
        45,
        Unit.DAYS,
        "bureau",
        "receipt of the dispute",
        "You sent more information within the 30 days, so the bureau has up to 15 days more.",
        "15 USC 1681i(a)(1)(B)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT,
        45,
        Unit.DAYS,
        "bureau",
        "receipt of the dispute",
        "The dispute rests on a free yearly report, so the bureau has 45 days.",
        "15 USC 1681j(a)(3)",
        _FREE_REPORTS,
    ),
    PeriodRule(
        Duty.TELL_THE_FURNISHER,
        5,
        Unit.BUSINESS_DAYS,
        "bureau",
        "receipt of the dispute",
        "The bureau must tell the company that reported the item within 5 business days.",
        "15 USC 1681i(a)(2)(A)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.SAY_THAT_A_DISPUTE_IS_FRIVOLOUS,
        5,
        Unit.BUSINESS_DAYS,
        "bureau",
        "the bureau's decision",
        "A bureau that calls a dispute frivolous must say so, and why, within 5 business days.",
        "15 USC 1681i(a)(3)(B)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.SEND_THE_RESULTS,
        5,
        Unit.BUSINESS_DAYS,
        "bureau",
        "the end of the investigation",
        "The bureau must send the results within 5 business days of finishing.",
        "15 USC 1681i(a)(6)(A)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.DESCRIBE_THE_PROCEDURE,
        15,
        Unit.DAYS,
        "bureau",
        "receipt of your request",
        "The bureau must describe how it verified the item within 15 days of your request.",
        "15 USC 1681i(a)(7)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.TELL_OF_A_REINSERTION,
        5,
        Unit.BUSINESS_DAYS,
        "bureau",
        "the reinsertion",
        "A bureau that puts a deleted item back must tell you within 5 business days afterwards.",
        "15 USC 1681i(a)(5)(B)(ii)",
        _REFORM_OF_1996,
    ),
    PeriodRule(
        Duty.BLOCK_IDENTITY_THEFT,
        4,
        Unit.BUSINESS_DAYS,
        "bureau",
        "receipt of all four proofs",
        "The bureau must block what came from identity theft within 4 business days of receiving your proof of "
        "identity, the theft report, the list of items and your statement that they are not yours.",
        "15 USC 1681c-2(a)",
        _IDENTITY_THEFT,
    ),
    PeriodRule(
        Duty.ANSWER_A_DIRECT_DISPUTE,
        30,
        Unit.DAYS,
        "furnisher",
        "receipt of the dispute",
        "The company that reported the item must investigate a dispute sent to it, and tell you, within 30 days.",
        "15 USC 1681s-2(a)(8)(E)(iii); 12 CFR 1022.43(e)(3)",
        _DIRECT_DISPUTES,
    ),
    PeriodRule(
        Duty.SEND_A_VALIDATION_NOTICE,
        5,
        Unit.DAYS,
        "collector",
        "its first contact with you",
        "A collector must send the validation notice within 5 days of first contacting you.",
        "15 USC 1692g(a)",
        _FDCPA,
    ),
    PeriodRule(
        Duty.DISPUTE_A_DEBT,
        30,
        Unit.DAYS,
        "you",
        "receipt of the validation notice",
        "Dispute the debt in writing within 30 days of the notice: the collector must stop until it has verified it.",
        "15 USC 1692g(b)",
        _FDCPA,
    ),
)


def rule_for(duty: Duty, begins: date) -> PeriodRule:
    """The rule in force on the day on which the period begins.

    Raises LookupError for a day before the first such rule.
    """
    in_force = [rule for rule in RULES if rule.duty is duty and rule.since <= begins]
    if not in_force:
        raise LookupError(f"no rule for {duty} was in force on {begins}")
    return max(in_force, key=lambda rule: rule.since)
