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
    TAX_LIEN = "tax_lien"
    JUDGMENT = "judgment"
    CHARGE_OFF = "charge_off"
    COLLECTION = "collection"
    SETTLED = "settled"
    LATE = "late"


REPORTING_PERIOD: Final = (
    "15 USC 1681c(a)(4),(c)(1): reported for at most 7 years, counted from 180 days after the delinquency began"
)
LATE_PERIOD: Final = "15 USC 1681c(a)(5): a late payment is reported for at most 7 years"
TAX_LIEN_PERIOD: Final = (
    "15 USC 1681c(a)(3): a paid tax lien is reported for at most 7 years from its payment. "
    "The three bureaus have reported none at all since April 2018, by their own policy"
)
JUDGMENT_PERIOD: Final = (
    "15 USC 1681c(a)(2): a judgment is reported for at most 7 years from its entry, or until the limitation period "
    "ends if that is longer. The three bureaus have reported none at all since July 2017, by their own policy"
)
COURT_FORECLOSURE_PERIOD: Final = (
    "15 USC 1681c(a)(2) and (5): a suit or another adverse item is reported for at most 7 years from its entry"
)
BANKRUPTCY_PERIOD: Final = "15 USC 1681c(a)(1): a bankruptcy is reported for at most 10 years from the order for relief"
MEDICAL_POLICY: Final = (
    "The bureaus' own policy, not law: no medical collection that is paid, under 500 USD or under a year old"
)


@dataclass(slots=True, frozen=True)
class Mark:
    """A derogatory kind with its meaning in a sentence, its rule and its weight in 0..100."""

    kind: NegativeKind
    meaning: str
    rule: str
    severity: int


@dataclass(slots=True, frozen=True)
class AccountMark(Mark):
    """A mark in every vocabulary of an account's record."""

    status: AccountStatus
    payment: PaymentStatus
    months: frozenset[MonthCode]


MARKS: Final = (
    AccountMark(
        NegativeKind.BANKRUPTCY,
        "This debt was part of a bankruptcy. Lenders see that it was not repaid as first agreed.",
        BANKRUPTCY_PERIOD,
        95,
        AccountStatus.BANKRUPTCY,
        PaymentStatus.BANKRUPTCY,
        frozenset({MonthCode.BANKRUPTCY}),
    ),
    AccountMark(
        NegativeKind.FORECLOSURE,
        "The lender took back, or started to take back, the home behind this loan.",
        f"Metro 2 account status 94 or 89. {REPORTING_PERIOD}",
        90,
        AccountStatus.FORECLOSURE,
        PaymentStatus.FORECLOSURE,
        frozenset({MonthCode.FORECLOSURE}),
    ),
    AccountMark(
        NegativeKind.REPOSSESSION,
        "The lender took back what the loan paid for, or it was handed back because the loan could not be paid.",
        f"Metro 2 account status 96 or 95. {REPORTING_PERIOD}",
        85,
        AccountStatus.REPOSSESSION,
        PaymentStatus.REPOSSESSION,
        frozenset({MonthCode.REPOSSESSION, MonthCode.VOLUNTARY_SURRENDER}),
    ),
    AccountMark(
        NegativeKind.CHARGE_OFF,
        "The lender booked the debt as a loss. It counts against you even after it is paid or sold.",
        f"Metro 2 account status 97. {REPORTING_PERIOD}",
        80,
        AccountStatus.CHARGE_OFF,
        PaymentStatus.CHARGE_OFF,
        frozenset({MonthCode.CHARGE_OFF}),
    ),
    AccountMark(
        NegativeKind.COLLECTION,
        "The debt was handed to a collector. A collection counts against you even after it is paid.",
        f"Metro 2 account status 93. {REPORTING_PERIOD}",
        75,
        AccountStatus.COLLECTION,
        PaymentStatus.COLLECTION,
        frozenset({MonthCode.COLLECTION}),
    ),
    AccountMark(
        NegativeKind.SETTLED,
        "The lender accepted less than the full amount. The debt is done with, but it shows as not fully repaid.",
        REPORTING_PERIOD,
        60,
        AccountStatus.SETTLED,
        PaymentStatus.SETTLED,
        frozenset(),
    ),
)
COURT_MARKS: Final = (
    Mark(
        NegativeKind.TAX_LIEN,
        "A tax office claimed property of yours for taxes that were not paid.",
        TAX_LIEN_PERIOD,
        84,
    ),
    Mark(
        NegativeKind.JUDGMENT,
        "A court decided that this debt is owed.",
        JUDGMENT_PERIOD,
        82,
    ),
)
"""What a court or a tax office recorded; on an account only a remark can tell of it."""
BY_KIND: Final[dict[NegativeKind, Mark]] = {mark.kind: mark for mark in (*MARKS, *COURT_MARKS)}
