"""Payment intents, charges, refunds and disputes, with Stripe's states; each move of money is in the ledger."""

from typing import Final

from tribureau.sandbox.books import Books, Object, new_id
from tribureau.sandbox.refusals import not_at_stripe, stripe_refusal
from tribureau.sandbox.webhooks import announce_stripe

_CANCELLABLE: Final = frozenset({"requires_payment_method", "requires_capture", "requires_confirmation", "processing"})


def begin_intent(books: Books, session: Object, status: str) -> Object:
    """The payment intent of a session whose payer pressed the button."""
    wishes = session["_intent_data"]
    return books.keep(
        "payment_intent",
        {
            "id": new_id("pi"),
            "object": "payment_intent",
            "amount": session["amount_total"],
            "amount_capturable": session["amount_total"] if status == "requires_capture" else 0,
            "amount_received": 0,
            "canceled_at": None,
            "cancellation_reason": None,
            "capture_method": wishes.get("capture_method", "automatic"),
            "created": int(books.now()),
            "currency": session["currency"],
            "description": wishes.get("description"),
            "latest_charge": None,
            "livemode": False,
            "metadata": wishes.get("metadata", {}),
            "payment_method_types": ["card"],
            "status": status,
        },
    )


def charge(books: Books, intent: Object, *, captured: bool) -> Object:
    """The charge: with `captured` the money moves, otherwise it is only held."""
    made = books.keep("charge", _charge(books, intent, captured=captured))
    intent["latest_charge"] = made["id"]
    if captured:
        intent.update(status="succeeded", amount_received=intent["amount"], amount_capturable=0)
    books.keep("payment_intent", intent)
    act = "charged" if captured else "authorised"
    books.note("stripe", act, intent["id"], intent["amount"], intent["metadata"])
    return made


def fail(books: Books, intent: Object) -> None:
    """A bank payment that did not come."""
    failed = books.keep("charge", _charge(books, intent, captured=False) | {"paid": False, "status": "failed"})
    books.keep("payment_intent", intent | {"status": "requires_payment_method", "latest_charge": failed["id"]})


def intent_of(books: Books, id_: str) -> Object:
    if intent := books.find("payment_intent", id_):
        return intent
    raise not_at_stripe("payment_intent", id_)


def capture(books: Books, id_: str) -> Object:
    intent = intent_of(books, id_)
    if intent["status"] != "requires_capture":
        raise _unexpected(intent, "captured")
    held = books.find("charge", intent["latest_charge"]) or {}
    books.keep("charge", held | {"captured": True, "amount_captured": intent["amount"]})
    intent.update(status="succeeded", amount_received=intent["amount"], amount_capturable=0)
    books.note("stripe", "captured", id_, intent["amount"], intent["metadata"])
    _settle_session(books, id_, "paid")
    announce_stripe(books, "payment_intent.succeeded", intent)
    return books.keep("payment_intent", intent)


def cancel(books: Books, id_: str) -> Object:
    intent = intent_of(books, id_)
    if intent["status"] not in _CANCELLABLE:
        raise _unexpected(intent, "canceled")
    if intent["status"] == "requires_capture":
        books.note("stripe", "released", id_, intent["amount"], intent["metadata"])
    intent.update(status="canceled", canceled_at=int(books.now()), amount_capturable=0)
    announce_stripe(books, "payment_intent.canceled", intent)
    return books.keep("payment_intent", intent)


def refund(books: Books, wish: dict[str, object]) -> Object:
    """Gives back `amount`, or all that is left of the charge."""
    intent = intent_of(books, str(wish.get("payment_intent", "")))
    paid = books.find("charge", intent["latest_charge"] or "")
    if paid is None or not paid["captured"]:
        raise stripe_refusal(400, "This PaymentIntent does not have a successful charge to refund.")
    left = paid["amount"] - paid["amount_refunded"]
    amount = int(str(wish.get("amount", left)))
    if paid["disputed"]:
        raise stripe_refusal(400, f"Charge {paid['id']} has been charged back.", code="charge_disputed")
    if left == 0:
        raise stripe_refusal(400, f"Charge {paid['id']} has already been refunded.", code="charge_already_refunded")
    if not 0 < amount <= left:
        raise stripe_refusal(400, f"Refund amount ({amount}) is greater than unrefunded amount ({left}).")
    paid["amount_refunded"] += amount
    paid["refunded"] = paid["amount_refunded"] == paid["amount"]
    books.keep("charge", paid)
    given = books.keep(
        "refund",
        {
            "id": new_id("re"),
            "object": "refund",
            "amount": amount,
            "charge": paid["id"],
            "created": int(books.now()),
            "currency": paid["currency"],
            "metadata": wish.get("metadata", {}),
            "payment_intent": intent["id"],
            "reason": wish.get("reason"),
            "status": "succeeded",
        },
    )
    books.note("stripe", "refunded", intent["id"], amount, intent["metadata"])
    announce_stripe(books, "refund.created", given)
    announce_stripe(books, "charge.refunded", paid)
    return given


def dispute(books: Books, id_: str) -> Object:
    """The payer's bank takes the money back."""
    intent = intent_of(books, id_)
    paid = books.find("charge", intent["latest_charge"] or "")
    if paid is None or paid["disputed"]:
        raise stripe_refusal(400, "There is no charge that can be disputed.")
    books.keep("charge", paid | {"disputed": True})
    made = books.keep(
        "dispute",
        {
            "id": new_id("dp"),
            "object": "dispute",
            "amount": paid["amount"],
            "charge": paid["id"],
            "created": int(books.now()),
            "currency": paid["currency"],
            "metadata": {},
            "payment_intent": id_,
            "reason": "fraudulent",
            "status": "needs_response",
        },
    )
    books.note("stripe", "disputed", id_, paid["amount"], intent["metadata"])
    announce_stripe(books, "charge.dispute.created", made)
    return made


def _charge(books: Books, intent: Object, *, captured: bool) -> Object:
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if captured else 0,
        "amount_refunded": 0,
        "captured": captured,
        "created": int(books.now()),
        "currency": intent["currency"],
        "disputed": False,
        "livemode": False,
        "metadata": intent["metadata"],
        "paid": True,
        "payment_intent": intent["id"],
        "refunded": False,
        "status": "succeeded",
    }


def _settle_session(books: Books, intent_id: str, payment_status: str) -> None:
    for session in books.every("session"):
        if session["payment_intent"] == intent_id:
            books.keep("session", session | {"payment_status": payment_status})


def _unexpected(intent: Object, done: str) -> Exception:
    return stripe_refusal(
        400,
        f"This PaymentIntent could not be {done} because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
        payment_intent={"id": intent["id"], "status": intent["status"]},
    )
