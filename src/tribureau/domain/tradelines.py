"""One account as one bureau reports it: the canonical record that every layout is read into.

Field names, enumerations and null rules are those of `tribureau read --json`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau


class AccountType(StrEnum):
    CREDIT_CARD = "credit_card"
    AUTO_LOAN = "auto_loan"
    MORTGAGE = "mortgage"
    HOME_EQUITY = "home_equity"
    STUDENT_LOAN = "student_loan"
    PERSONAL_LOAN = "personal_loan"
    COLLECTION = "collection"
    UTILITY = "utility"


class AccountStatus(StrEnum):
    """What became of the account. Where several apply, the first of BANKRUPTCY … OPEN as listed here wins."""

    BANKRUPTCY = "bankruptcy"
    FORECLOSURE = "foreclosure"
    REPOSSESSION = "repossession"
    CHARGE_OFF = "charge_off"
    COLLECTION = "collection"
    SETTLED = "settled"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    OPEN = "open"


class PaymentStatus(StrEnum):
    """How it stands now. Closed, paid, transferred and deferred accounts without an open delinquency are CURRENT."""

    CURRENT = "current"
    LATE_30 = "late_30"
    LATE_60 = "late_60"
    LATE_90 = "late_90"
    LATE_120 = "late_120"
    CHARGE_OFF = "charge_off"
    COLLECTION = "collection"
    REPOSSESSION = "repossession"
    FORECLOSURE = "foreclosure"
    BANKRUPTCY = "bankruptcy"
    SETTLED = "settled"


class Responsibility(StrEnum):
    """The ECOA relation of the consumer to the account."""

    INDIVIDUAL = "individual"
    JOINT = "joint"
    AUTHORIZED_USER = "authorized_user"
    COSIGNER = "cosigner"


class MonthCode(StrEnum):
    """One month of the payment history."""

    OK = "OK"
    LATE_30 = "30"
    LATE_60 = "60"
    LATE_90 = "90"
    LATE_120 = "120"
    LATE_150 = "150"
    LATE_180 = "180"
    CHARGE_OFF = "CO"
    COLLECTION = "COL"
    REPOSSESSION = "RPO"
    VOLUNTARY_SURRENDER = "VS"
    FORECLOSURE = "FC"
    BANKRUPTCY = "BK"
    NO_DATA = "ND"


LATE_MONTHS: Final = frozenset(
    {
        MonthCode.LATE_30,
        MonthCode.LATE_60,
        MonthCode.LATE_90,
        MonthCode.LATE_120,
        MonthCode.LATE_150,
        MonthCode.LATE_180,
    }
)


class Precision(StrEnum):
    """How much of a date the report prints."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PrintedDate(NamedTuple):
    """A date with the precision it was printed in; the missing parts are 1."""

    day: date
    precision: Precision = Precision.DAY

    def iso(self) -> str:
        """`2021-03-09`, `2021-03` or `2021`, as printed."""
        return self.day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]]


@dataclass(slots=True)
class Tradeline:
    """One account at one bureau. `None` means that the report does not print it; money is in dollars."""

    creditor_name: str
    bureau: Bureau
    account_number: str | None = None
    account_number_last4: str | None = None
    account_type: AccountType | None = None
    account_status: AccountStatus | None = None
    payment_status: PaymentStatus | None = None
    balance: Decimal | None = None
    credit_limit: Decimal | None = None
    original_amount: Decimal | None = None
    high_balance: Decimal | None = None
    monthly_payment: Decimal | None = None
    past_due: Decimal | None = None
    charge_off_amount: Decimal | None = None
    date_opened: PrintedDate | None = None
    date_closed: PrintedDate | None = None
    date_reported: PrintedDate | None = None
    date_last_activity: PrintedDate | None = None
    date_last_payment: PrintedDate | None = None
    date_of_first_delinquency: PrintedDate | None = None
    terms: str | None = None
    responsibility: Responsibility | None = None
    original_creditor: str | None = None
    remarks: list[str] = field(default_factory=list)
    disputed: bool = False
    late_payments_30: int = 0
    late_payments_60: int = 0
    late_payments_90: int = 0
    late_payments_120: int = 0
    payment_history: dict[str, MonthCode] = field(default_factory=dict)
    """Month as YYYY-MM to its code."""


MONEY_FIELDS: Final = (
    "balance",
    "credit_limit",
    "original_amount",
    "high_balance",
    "monthly_payment",
    "past_due",
    "charge_off_amount",
)
DATE_FIELDS: Final = (
    "date_opened",
    "date_closed",
    "date_reported",
    "date_last_activity",
    "date_last_payment",
    "date_of_first_delinquency",
)
FIELDS: Final = tuple(f.name for f in fields(Tradeline))


def late_counts(history: Mapping[str, MonthCode]) -> dict[str, int]:
    """Late payments by the four columns of the record, counted over a month grid; 120 holds 120, 150 and 180."""
    months = list(history.values())
    return {
        "late_payments_30": months.count(MonthCode.LATE_30),
        "late_payments_60": months.count(MonthCode.LATE_60),
        "late_payments_90": months.count(MonthCode.LATE_90),
        "late_payments_120": sum(months.count(code) for code in LATE_MONTHS if int(code) >= 120),
    }
