"""Events on their way to us: signed as the vendors sign, doubled and shuffled by rule, repeated until answered."""

import hashlib
import hmac
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tribureau.sandbox.books import Books, Object, new_id, printed

_PAUSES: Final = (1, 2, 5, 15, 60, 300, 1800)
"""Seconds before each repetition; after the last one an event is given up."""
_SHUFFLED_SECONDS: Final = 6.0
API_VERSION: Final = "2026-06-24.dahlia"


@dataclass(frozen=True)
class Endpoint:
    """Where a vendor's events go, and the secret that signs them."""

    url: str
    secret: str = field(repr=False)


def announce_stripe(books: Books, kind: str, thing: Object) -> None:
    _send(
        books,
        "stripe",
        {
            "id": new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": int(books.now()),
            "data": {"object": thing},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        },
    )


def announce_lob(books: Books, kind: str, letter: Object) -> None:
    _send(
        books,
        "lob",
        {
            "id": new_id("evt"),
            "object": "event",
            "reference_id": letter["id"],
            "date_created": printed(books.now()),
            "event_type": {
                "id": kind,
                "enabled_for_test": True,
                "resource": "letters",
                "object": "event_type",
            },
            "body": letter,
        },
    )


def _send(books: Books, vendor: str, event: dict[str, Any]) -> None:
    """Rules: `webhooks` (sent at all), `doubled` and `shuffled` (the share of events that it happens to)."""
    if not books.rule("webhooks", True):
        return
    copies = 2 if random.random() < books.rule("doubled", 0.0) else 1  # noqa: S311
    for _ in range(copies):
        late = random.random() * _SHUFFLED_SECONDS if random.random() < books.rule("shuffled", 0.0) else 0.0  # noqa: S311
        books.run(
            "insert into deliveries (vendor, body, due) values (?, ?, ?)",
            *(vendor, json.dumps(event), time.time() + late),
        )


async def deliver_due(books: Books, endpoints: dict[str, Endpoint], client: httpx.AsyncClient) -> int:
    """Sends what is due; what is not answered by a success comes again later. How many were tried."""
    due = books.run("select * from deliveries where due <= ? order by due, delivery limit 20", time.time())
    for row in due:
        endpoint = endpoints.get(row["vendor"])
        taken = endpoint is None or await _taken(client, endpoint, row["vendor"], row["body"])
        if taken or row["tries"] >= len(_PAUSES):
            books.run("delete from deliveries where delivery = ?", row["delivery"])
        else:
            books.run(
                "update deliveries set tries = tries + 1, due = ? where delivery = ?",
                *(time.time() + _PAUSES[row["tries"]], row["delivery"]),
            )
    return len(due)


async def _taken(client: httpx.AsyncClient, endpoint: Endpoint, vendor: str, body: str) -> bool:
    headers = {"content-type": "application/json", **signature(vendor, endpoint.secret, body, time.time())}
    try:
        answer = await client.post(endpoint.url, content=body.encode(), headers=headers)
    except httpx.HTTPError:
        return False
    return answer.is_success


def signature(vendor: str, secret: str, body: str, at: float) -> dict[str, str]:
    """The header that proves whose event it is: HMAC-SHA256 over the time, a full stop and the body."""
    stamp = str(int(at)) if vendor == "stripe" else str(int(at * 1000))
    mac = hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    if vendor == "stripe":
        return {"Stripe-Signature": f"t={stamp},v1={mac}"}
    return {"Lob-Signature": mac, "Lob-Signature-Timestamp": stamp}
