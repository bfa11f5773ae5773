"""Checkout Sessions: opened, paid on the stand-in's own page in one of several ways, expired."""

from typing import Any, Final

from tribureau.sandbox import stripe_money as money
from tribureau.sandbox.books import Books, Object, new_id
from tribureau.sandbox.refusals import not_at_stripe, stripe_refusal
from tribureau.sandbox.webhooks import announce_stripe

_HOLDS_SECONDS: Final = 24 * 3600
_LEAST_CENTS: Final = 50
CARDS: Final = {
    "succeeds": "A card that pays at once",
    "declined": "A card that is declined",
    "later": "A bank payment that succeeds a few seconds later",
    "fails_later": "A bank payment that fails a few seconds later",
}


def open_session(books: Books, wish: dict[str, Any]) -> Object:
    """A new session from a form in Stripe's names; the amount is the sum of its line items."""
    if wish.get("mode") != "payment":
        raise stripe_refusal(400, "Only the mode payment is known here.", param="mode")
    items = wish.get("line_items") or []
    total = sum(int(item["price_data"]["unit_amount"]) * int(item.get("quantity", 1)) for item in items)
    if total < _LEAST_CENTS:
        raise stripe_refusal(400, "The Checkout Session's total amount due must add up to at least $0.50 usd.")
    now = int(books.now())
    session = {
        "id": new_id("cs_test"),
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": wish.get("cancel_url"),
        "client_reference_id": wish.get("client_reference_id"),
        "created": now,
        "currency": items[0]["price_data"]["currency"],
        "customer": None,
        "customer_email": wish.get("customer_email"),
        "expires_at": int(wish.get("expires_at", now + _HOLDS_SECONDS)),
        "livemode": False,
        "metadata": wish.get("metadata", {}),
        "mode": "payment",
        "payment_intent": None,
        "payment_status": "unpaid",
        "status": "open",
        "success_url": wish.get("success_url"),
        "_intent_data": wish.get("payment_intent_data", {}),
        "_items": [item["price_data"].get("product_data", {}).get("name", "") for item in items],
    }
    books.note("stripe", "session", session["id"], total, session["metadata"])
    return books.keep("session", session)


def session_of(books: Books, id_: str) -> Object:
    """The session, expired where its time is over."""
    session = books.find("session", id_)
    if session is None:
        raise not_at_stripe("checkout.session", id_)
    if session["status"] == "open" and session["expires_at"] <= books.now():
        return _expired(books, session)
    return session


def expire(books: Books, id_: str) -> Object:
    session = session_of(books, id_)
    if session["status"] != "open":
        raise stripe_refusal(
            400, f'Only Checkout Sessions with a status in ["open"] can be expired. It is {session["status"]}.'
        )
    return _expired(books, session)


def shown(session: Object, base: str) -> Object:
    """As Stripe answers: without our notes, with the address of its page while it is open."""
    public = {name: value for name, value in session.items() if not name.startswith("_")}
    return public | {"url": f"{base}/pay/{session['id']}" if session["status"] == "open" else None}


def pay(books: Books, id_: str, card: str) -> Object:
    """What happens when the payer presses the button. Refuses where the card is declined or the session is over."""
    session = session_of(books, id_)
    if session["status"] != "open":
        raise stripe_refusal(400, "This payment is over.")
    if card not in CARDS:
        raise stripe_refusal(400, "Choose one of the cards.")
    if card == "declined":
        raise stripe_refusal(402, "Your card was declined.", kind="card_error", code="card_declined")
    if card == "succeeds":
        _pay_at_once(books, session)
    else:
        session["payment_intent"] = money.begin_intent(books, session, "processing")["id"]
        due = books.now() + float(books.rule("pace_seconds", 2.0))
        books.run("insert into plans (due, kind, subject) values (?, ?, ?)", due, card, id_)
    session["status"] = "complete"
    books.keep("session", session)
    announce_stripe(books, "checkout.session.completed", shown(session, ""))
    return session


def settle_later(books: Books, id_: str, *, well: bool) -> None:
    """The end of a payment that took its time."""
    session = session_of(books, id_)
    intent = money.intent_of(books, session["payment_intent"])
    if intent["status"] != "processing":
        return
    if well:
        money.charge(books, intent, captured=True)
        session["payment_status"] = "paid"
    else:
        money.fail(books, intent)
    books.keep("session", session)
    ending = "succeeded" if well else "failed"
    announce_stripe(books, f"checkout.session.async_payment_{ending}", shown(session, ""))


def _pay_at_once(books: Books, session: Object) -> None:
    """A held payment leaves its session `unpaid` until it is captured, as at Stripe."""
    by_hand = session["_intent_data"].get("capture_method") == "manual"
    intent = money.begin_intent(books, session, "requires_capture" if by_hand else "processing")
    money.charge(books, intent, captured=not by_hand)
    session["payment_intent"] = intent["id"]
    session["payment_status"] = "unpaid" if by_hand else "paid"


def _expired(books: Books, session: Object) -> Object:
    with books.change():
        session["status"] = "expired"
        announce_stripe(books, "checkout.session.expired", shown(session, ""))
        return books.keep("session", session)
