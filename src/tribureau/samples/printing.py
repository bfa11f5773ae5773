"""How a style writes values, and the truth that each printed value stands for."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tribureau.domain.negative_items import NegativeKind
from tribureau.domain.tradelines import (
    LATE_MONTHS,
    AccountStatus,
    MonthCode,
    PaymentStatus,
    Tradeline,
    late_counts,
)
from tribureau.samples.accounts import Account


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value as printed, and what the record must hold because of it."""

    label: str
    text: str
    field: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class Hand:
    """A style's way of writing: `day` and `month` are format strings for a date `d`, `nothing` stands for no value."""

    day: str
    month: str = "{d:%b %Y}"
    nothing: str = "-"
    cents: bool = False

    def dollars(self, amount: Decimal | None) -> str:
        if amount is None:
            return self.nothing
        return f"${amount:,.2f}" if self.cents else f"${amount:,.0f}"

    def date(self, day: date) -> str:
        return self.day.format(d=day)

    def money(self, label: str, line: Tradeline, name: str) -> Fact:
        amount: Decimal | None = getattr(line, name)
        return Fact(label, self.dollars(amount), name, None if amount is None else float(amount))

    def when(self, label: str, line: Tradeline, name: str) -> Fact:
        """A date to the day where the style writes days, else to the month."""
        printed = getattr(line, name)
        if printed is None:
            return Fact(label, self.nothing, name)
        exact = "%d" in self.day or ".day" in self.day
        return Fact(label, self.date(printed.day), name, printed.day.isoformat()[: 10 if exact else 7])

    def word(self, label: str, text: str | None, name: str, value: Any = None) -> Fact:
        return Fact(label, text or self.nothing, name, value if value is not None else text)


@dataclass(slots=True)
class PrintedAccount:
    """One bureau's account as a layout prints it: the source of that tradeline's truth."""

    account: Account
    line: Tradeline
    name: str
    number: str | None
    status_text: str
    facts: list[Fact]
    remarks: list[str] = field(default_factory=list)
    history: dict[str, MonthCode] = field(default_factory=dict)
    late_totals: dict[str, int] | None = None
    last4: str | None = None
    alternatives: dict[str, list[Any]] = field(default_factory=dict)

    def truth(self) -> dict[str, Any]:
        """The tradeline as a perfect reader would give it, in the corpus's form."""
        record: dict[str, Any] = {
            "creditor_name": self.name,
            "bureau": self.line.bureau.value,
            "account_number": self.number,
            "account_number_last4": self.last4,
            "account_status": _value(self.line.account_status),
            "payment_status": _value(self.line.payment_status),
            "payment_status_text": self.status_text,
            "remarks": self.remarks,
            "disputed": self.line.disputed,
            "payment_history": {month: code.value for month, code in self.history.items()},
            **(self.late_totals or late_counts(self.history)),
            "alternatives": self.alternatives,
            "account_group": self.account.group,
            "archetype": self.account.archetype,
        }
        record |= {fact.field: fact.value for fact in self.facts if fact.field}
        reasons = self._reasons(record)
        return record | {"is_negative": bool(reasons), "negative_reasons": reasons}

    def _reasons(self, record: dict[str, Any]) -> list[str]:
        bad = {kind.value for kind in NegativeKind}
        reasons = [status for status in (self.line.account_status,) if status and status in bad]
        found: list[str] = [reason.value for reason in reasons]
        if self.account.archetype.startswith("medical"):
            found.append("medical")
        if self.line.account_status in PAYABLE and self.line.payment_status in LATE_NOW:
            found.append("past_due")
        if any(record[f"late_payments_{days}"] for days in (30, 60, 90, 120)) or LATE_MONTHS & set(
            self.history.values()
        ):
            found.append("late_history")
        return found


PAYABLE = frozenset({AccountStatus.OPEN, AccountStatus.CLOSED, AccountStatus.TRANSFERRED})
LATE_NOW = frozenset({PaymentStatus.LATE_30, PaymentStatus.LATE_60, PaymentStatus.LATE_90, PaymentStatus.LATE_120})


def _value(member: AccountStatus | PaymentStatus | None) -> str | None:
    return member.value if member else None
