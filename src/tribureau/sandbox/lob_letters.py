"""Letters at Lob: accepted, rejected, cancelled inside the window, and tracked as certified mail is."""

import hashlib
import random
from typing import Any, Final

from tribureau.domain.mail import check_digit
from tribureau.sandbox.books import Books, Object, new_id, printed
from tribureau.sandbox.faults import FATES, take
from tribureau.sandbox.lob_addresses import shown_address
from tribureau.sandbox.refusals import lob_refusal
from tribureau.sandbox.webhooks import announce_lob

_CENTS: Final = {"certified": 679, "certified_return_receipt": 949, "registered": 1_700, None: 89}
_TRACKED: Final = {
    "mailed": "Mailed",
    "in_transit": "In Transit",
    "in_local_area": "In Local Area",
    "processed_for_delivery": "Processed for Delivery",
    "re-routed": "Re-Routed",
    "pickup_available": "Pickup Available",
    "issue": "Issue",
    "returned_to_sender": "Returned to Sender",
    "delivered": "Delivered",
}
_WAY: Final = ("mailed", "in_transit", "in_local_area", "processed_for_delivery", "delivered")
_RETURNED: Final = ("mailed", "in_transit", "re-routed", "in_local_area", "pickup_available", "returned_to_sender")
_TROUBLED: Final = ("mailed", "in_transit", "issue", "in_local_area", "processed_for_delivery", "delivered")


def create(books: Books, wish: dict[str, Any], pdf: bytes) -> Object:
    """Accepts a letter and plans what becomes of it. Raises Refusal."""
    service = wish.get("extra_service")
    if service and wish.get("mail_type") == "usps_standard":
        raise lob_refusal(422, f"extra_service {service} can't be combined with usps_standard", "invalid")
    if not pdf.startswith(b"%PDF-"):
        raise lob_refusal(422, "file must be a PDF", "invalid_file")
    now = books.now()
    recipient, sender = shown_address(wish.get("to"), "to", now), shown_address(wish.get("from"), "from", now)
    id_ = "ltr_" + new_id("x")[2:18]
    letter = {
        "id": id_,
        "description": wish.get("description"),
        "metadata": wish.get("metadata", {}),
        "to": recipient,
        "from": sender,
        "color": wish["color"],
        "double_sided": wish.get("double_sided", True),
        "address_placement": wish.get("address_placement", "top_first_page"),
        "return_envelope": False,
        "perforated_page": None,
        "custom_envelope": None,
        "extra_service": service,
        "mail_type": wish.get("mail_type", "usps_first_class"),
        "use_type": wish["use_type"],
        "url": f"https://lob-assets.com/letters/{id_}.pdf?version=v1&expires=1&signature=of-the-sandbox",
        "carrier": "USPS",
        "tracking_number": tracking_number() if service else None,
        "tracking_events": [],
        "thumbnails": [],
        "merge_variables": None,
        "expected_delivery_date": printed(now + 5 * 86_400)[:10],
        "date_created": printed(now),
        "date_modified": printed(now),
        "send_date": printed(now + float(books.rule("cancel_window_seconds", 15.0))),
        "status": "processed",
        "object": "letter",
        "_sent_at": now + float(books.rule("cancel_window_seconds", 15.0)),
        "_cents": _CENTS.get(service, 89),
        "_sha256": hashlib.sha256(pdf).hexdigest(),
    }
    books.note("lob", "letter", letter["id"], letter["_cents"], letter["metadata"] | {"sha256": letter["_sha256"]})
    books.keep("letter", letter)
    announce_lob(books, "letter.created", shown(letter))
    _plan(books, letter)
    return shown(letter)


def letter_of(books: Books, id_: str) -> Object:
    letter = books.find("letter", id_)
    if letter is None or letter.get("deleted"):
        raise lob_refusal(404, "letter not found", "not_found")
    return letter


def cancel(books: Books, id_: str) -> Object:
    letter = letter_of(books, id_)
    if books.now() >= letter["_sent_at"] or letter["status"] in {"rejected", "failed"}:
        raise lob_refusal(422, "letter can't be cancelled: its send_date has passed", "invalid")
    books.keep("letter", letter | {"deleted": True})
    books.run("delete from plans where subject = ?", id_)
    books.note("lob", "cancelled", id_, letter["_cents"], letter["metadata"])
    announce_lob(books, "letter.deleted", shown(letter))
    return {"id": id_, "deleted": True}


def matching(books: Books, metadata: dict[str, str], limit: int) -> list[Object]:
    """Letters whose metadata holds all of these, newest first."""
    fitting = (
        letter
        for letter in books.every("letter")
        if not letter.get("deleted") and metadata.items() <= letter["metadata"].items()
    )
    return [shown(letter) for letter, _ in zip(fitting, range(limit), strict=False)]


def shown(letter: Object) -> Object:
    return {name: value for name, value in letter.items() if not name.startswith("_")}


def happen(books: Books, id_: str, event: str) -> None:
    """An event of a letter that was planned, or that a person commands: it is in the letter and announced."""
    letter = books.find("letter", id_)
    if letter is None or letter.get("deleted"):
        return
    if event in _TRACKED:
        letter["tracking_events"].append(_tracked(event, books.now()))
    elif event in {"rejected", "failed"}:
        letter["status"] = event
    if event in {"mailed", "delivered", "returned_to_sender", "rejected", "failed"}:
        books.note("lob", event, id_, letter["_cents"], letter["metadata"])
    letter["date_modified"] = printed(books.now())
    books.keep("letter", letter)
    announce_lob(books, f"letter.certified.{event}" if event in _TRACKED else f"letter.{event}", shown(letter))


def tracking_number() -> str:
    """22 digits of USPS's certified mail, of which the last checks the others."""
    body = "9407" + "".join(random.choices("0123456789", k=17))  # noqa: S311
    return body + str(check_digit(body))


def _plan(books: Books, letter: Object) -> None:
    """Fates come by command: a letter that is rejected or fails is never mailed; others go their way step by step."""
    fate = take(books, "letter.create", FATES)
    pace = float(books.rule("pace_seconds", 2.0))
    before = "rejected" if fate and fate.kind == "letter_rejected" else "failed"
    if fate and fate.kind in {"letter_rejected", "letter_failed"}:
        steps = [(books.now() + pace, before)]
    else:
        way = {"letter_returned": _RETURNED, "letter_issue": _TROUBLED}.get(fate.kind if fate else "", _WAY)
        steps = [(books.now() + pace / 2, "rendered_pdf")]
        steps += [(letter["_sent_at"] + pace * (place + 1), event) for place, event in enumerate(way)]
    for due, event in steps:
        books.run("insert into plans (due, kind, subject) values (?, ?, ?)", due, event, letter["id"])


def _tracked(event: str, now: float) -> Object:
    return {
        "id": new_id("evnt"),
        "type": "certified",
        "name": _TRACKED[event],
        "location": "75013",
        "time": printed(now),
        "date_created": printed(now),
        "date_modified": printed(now),
        "object": "tracking_event",
    }
