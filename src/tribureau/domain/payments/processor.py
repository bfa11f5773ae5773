"""What is asked of a payment service. Money is in integer cents of US dollars, `key` makes a repetition harmless.

A key is forgotten after a day, and after a failure on the service's side it repeats that failure. So an unknown
outcome is settled by looking (`find_checkouts`, `payment`, `refunds`); where nothing is found it is
asked anew, under another key.
Every method raises TryLater, UnknownOutcome (only those that change something), Refused or KeyRefused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CheckoutWish:
    """One payment for some letters. `hold` only authorises the card; `payment` and the ids come back as metadata."""

    payment: str
    user: str
    letters: tuple[str, ...]
    cents: int
    description: str
    return_url: str
    cancel_url: str
    hold: bool = False
    email: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


class CheckoutStanding(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class MoneyStanding(StrEnum):
    """Where the money of a payment is."""

    NONE = "none"
    PENDING = "pending"  # a bank payment on its way
    HELD = "held"  # authorised, not captured
    PAID = "paid"
    RELEASED = "released"  # an authorisation that was given up
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PaymentThere:
    """A payment as the service knows it; `charge` once there is one."""

    id: str
    money: MoneyStanding
    cents: int
    currency: str
    received_cents: int
    refunded_cents: int
    disputed: bool
    charge: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checkout:
    """A page to pay on. `paid` is the service's own word that its amount is paid; `url` while it is open."""

    id: str
    standing: CheckoutStanding
    paid: bool
    cents: int
    currency: str
    payment: str
    url: str | None
    payment_there: str | None
    metadata: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    """`standing` is pending, requires_action, succeeded, failed or canceled."""

    id: str
    cents: int
    standing: str
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChargeDispute:
    """The payer's bank took the money back, for now or for good (`standing`)."""

    id: str
    cents: int
    standing: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """A hint that something changed: what, and whom to ask about. `metadata` is that of the object it is about."""

    id: str
    kind: str
    at: datetime
    subject: str
    payment_there: str | None
    metadata: Mapping[str, str]
    live: bool


class PaymentProcessor(Protocol):
    name: str

    async def check(self) -> None:
        """Whether the service answers and knows our key."""

    async def open_checkout(self, wish: CheckoutWish, key: str) -> Checkout: ...

    async def checkout(self, id_: str) -> Checkout: ...

    async def find_checkouts(self, payment: str, since: datetime, until: datetime) -> list[Checkout]:
        """Those for our `payment` that were made between the two instants, newest first."""

    async def expire_checkout(self, id_: str, key: str) -> Checkout:
        """Closes an open page. Raises Refused with the reason `not_open` where it is paid or over."""

    async def payment(self, payment_there: str) -> PaymentThere: ...

    async def capture(self, payment_there: str, key: str) -> PaymentThere: ...

    async def release(self, payment_there: str, key: str) -> PaymentThere:
        """Gives up an authorisation, or a payment that was never made."""

    async def refund(self, payment_there: str, payment: str, key: str) -> Refund:
        """All of it. Raises Refused with the reason `already_refunded` or `disputed` where nothing is left to give."""

    async def refunds(self, payment_there: str) -> list[Refund]: ...

    async def charge_disputes(self, payment_there: str) -> list[ChargeDispute]: ...

    def event(self, body: bytes, headers: Mapping[str, str]) -> PaymentEvent:
        """Of a webhook, whose headers are named in lower case. Raises NotSigned."""
