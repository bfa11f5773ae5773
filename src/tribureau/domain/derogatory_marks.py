"""The derogatory marks of the field, worst first: what each means, the rule behind it and how heavy it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tribureau.domain.tradelines import AccountStatus, MonthCode, PaymentStatus


class NegativeKind(StrEnum):
    """What kind of mark it is, worst first."""

    BANKRUPTCY = "bankruptcy"
    FORECLOSURE = "foreclosure"
    REPOSSESSION = "repossession"
    CHARGE_OFF = "charge_off"
    COLLECTION = "collection"
    SETTLED = "settled"
    TAX_LIEN = "tax_lien"
    JUDGMENT = "judgment"
    LATE = "late"


REPORTING_PERIOD: Final = (
    "15 USC 1681c(a)(4),(c)(1): reported for at most 7 years, counted from 180 days after the delinquency began"
)
LATE_PERIOD: Final = "15 USC 1681c(a)(5): a late payment is reported for at most 7 years"
BANKRUPTCY_PERIOD: Final = "15 USC 1681c(a)(1): a bankruptcy is reported for at most 10 years from the order for relief"
MEDICAL_POLICY: Final = (
    "The bureaus' own policy, not law: no medical collection that is paid, under 500 USD or under a year old"
)


@dataclass(slots=True, frozen=True)
class Mark:
    """A derogatory kind in every vocabulary of the record, with its meaning, its rule and its weight."""

    kind: NegativeKind
    status: AccountStatus
    payment: PaymentStatus
    months: frozenset[MonthCode]
    meaning: str
    rule: str
    severity: int


MARKS: Final = (
    Mark(
        NegativeKind.BANKRUPTCY,
        AccountStatus.BANKRUPTCY,
        PaymentStatus.BANKRUPTCY,
        frozenset({MonthCode.BANKRUPTCY}),
        "This debt was part of a bankruptcy. Lenders see that it was not repaid as first agreed.",
        BANKRUPTCY_PERIOD,
        95,
    ),
    Mark(
        NegativeKind.FORECLOSURE,
        AccountStatus.FORECLOSURE,
        PaymentStatus.FORECLOSURE,
        frozenset({MonthCode.FORECLOSURE}),
        "The lender took back, or started to take back, the home behind this loan.",
        f"Metro 2 account status 94 or 89. {REPORTING_PERIOD}",
        90,
    ),
    Mark(
        NegativeKind.REPOSSESSION,
        AccountStatus.REPOSSESSION,
        PaymentStatus.REPOSSESSION,
        frozenset({MonthCode.REPOSSESSION, MonthCode.VOLUNTARY_SURRENDER}),
        "The lender took back what the loan paid for, or it was handed back because the loan could not be paid.",
        f"Metro 2 account status 96 or 95. {REPORTING_PERIOD}",
        85,
    ),
    Mark(
        NegativeKind.CHARGE_OFF,
        AccountStatus.CHARGE_OFF,
        PaymentStatus.CHARGE_OFF,
        frozenset({MonthCode.CHARGE_OFF}),
        "The lender booked the debt as a loss. It counts against you even after it is paid or sold.",
        f"Metro 2 account status 97. {REPORTING_PERIOD}",
        80,
    ),
    Mark(
        NegativeKind.COLLECTION,
        AccountStatus.COLLECTION,
        PaymentStatus.COLLECTION,
        frozenset({MonthCode.COLLECTION}),
        "The debt was handed to a collector. A collection counts against you even after it is paid.",
        f"Metro 2 account status 93. {REPORTING_PERIOD}",
        75,
    ),
    Mark(
        NegativeKind.SETTLED,
        AccountStatus.SETTLED,
        PaymentStatus.SETTLED,
        frozenset(),
        "The lender accepted less than the full amount. The debt is done with, but it shows as not fully repaid.",
        REPORTING_PERIOD,
        60,
    ),
)
BY_KIND: Final = {mark.kind: mark for mark in MARKS}
