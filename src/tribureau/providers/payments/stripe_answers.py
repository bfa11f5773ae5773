"""Between Stripe's objects and ours."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from tribureau.domain.payments.processor import (
    ChargeDispute,
    Checkout,
    CheckoutStanding,
    CheckoutWish,
    MoneyStanding,
    PaymentEvent,
    PaymentThere,
    Refund,
)

_MONEY: Final = {
    "processing": MoneyStanding.PENDING,
    "requires_capture": MoneyStanding.HELD,
    "succeeded": MoneyStanding.PAID,
    "canceled": MoneyStanding.RELEASED,
}
_LONGEST_VALUE: Final = 500


def session_wish(wish: CheckoutWish) -> Any:
    """The form of a Checkout Session. The session's id replaces `{CHECKOUT_SESSION_ID}` in the return address."""
    metadata = {"payment_id": wish.payment, "user_id": wish.user, **_in_pieces("letter_ids", wish.letters)}
    price = {"currency": "usd", "unit_amount": wish.cents, "product_data": {"name": wish.description}}
    form: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": wish.payment,
        "line_items": [{"quantity": 1, "price_data": price}],
        "metadata": metadata,
        "payment_intent_data": {
            "metadata": metadata,
            "description": wish.description,
            "capture_method": "manual" if wish.hold else "automatic",
        },
        "success_url": wish.return_url,
        "cancel_url": wish.cancel_url,
    }
    if wish.email:
        form["customer_email"] = wish.email
    if wish.expires_at:
        form["expires_at"] = int(wish.expires_at.timestamp())
    return form


def checkout(session: Any) -> Checkout:
    metadata = _metadata(session)
    intent = session.payment_intent
    return Checkout(
        id=session.id,
        standing=CheckoutStanding(session.status),
        paid=session.payment_status == "paid",
        cents=session.amount_total or 0,
        currency=session.currency or "",
        payment=session.client_reference_id or metadata.get("payment_id", ""),
        url=session.url,
        payment_there=intent if intent is None or isinstance(intent, str) else intent.id,
        metadata=metadata,
        expires_at=_instant(session.expires_at),
    )


def payment(intent: Any) -> PaymentThere:
    """Of a payment intent whose `latest_charge` is expanded."""
    charge = intent.latest_charge
    failed = charge is not None and charge.status == "failed"
    otherwise = MoneyStanding.FAILED if failed else MoneyStanding.NONE
    return PaymentThere(
        id=intent.id,
        money=_MONEY.get(intent.status, otherwise),
        cents=intent.amount,
        currency=intent.currency,
        received_cents=intent.amount_received,
        refunded_cents=charge.amount_refunded if charge is not None else 0,
        disputed=charge is not None and charge.disputed,
        charge=charge.id if charge is not None else None,
        metadata=_metadata(intent),
    )


def refund(given: Any) -> Refund:
    return Refund(given.id, given.amount, given.status or "pending", _metadata(given))


def charge_dispute(made: Any) -> ChargeDispute:
    return ChargeDispute(made.id, made.amount, made.status, made.reason)


def event(body: bytes) -> PaymentEvent:
    """Of a verified body. Raises ValueError for what is no event."""
    try:
        told = json.loads(body)
        thing = told["data"]["object"]
        intent = thing["id"] if thing["object"] == "payment_intent" else thing.get("payment_intent")
        return PaymentEvent(
            id=told["id"],
            kind=told["type"],
            at=_instant(told["created"]),
            subject=thing["id"],
            payment_there=intent.get("id") if isinstance(intent, dict) else intent,
            metadata=dict(thing.get("metadata") or {}),
            live=bool(told["livemode"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("This is no event.") from error


def _in_pieces(name: str, ids: tuple[str, ...]) -> dict[str, str]:
    """A value of metadata has at most 500 characters: 13 ids; more go into `letter_ids_2` and so on."""
    most = _LONGEST_VALUE // (max(map(len, ids), default=0) + 1) or 1
    pieces = [",".join(ids[at : at + most]) for at in range(0, len(ids), most)]
    return {name if place == 1 else f"{name}_{place}": piece for place, piece in enumerate(pieces, start=1)}


def _metadata(thing: Any) -> dict[str, str]:
    return {name: str(value) for name, value in thing.metadata.to_dict().items()} if thing.metadata else {}


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
