"""Failing on command, before or after a request was carried out, in the ways of real services."""

import asyncio
import json
import random
import re
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tribureau.sandbox.books import Books
from tribureau.sandbox.idempotency import spoil
from tribureau.sandbox.refusals import Refusal

_OPERATIONS: Final = (
    ("POST", r"/stripe/v1/checkout/sessions", "session.create"),
    ("GET", r"/stripe/v1/checkout/sessions", "session.list"),
    ("GET", r"/stripe/v1/checkout/sessions/\w+", "session.read"),
    ("POST", r"/stripe/v1/checkout/sessions/\w+/expire", "session.expire"),
    ("GET", r"/stripe/v1/payment_intents/\w+", "payment.read"),
    ("POST", r"/stripe/v1/payment_intents/\w+/capture", "payment.capture"),
    ("POST", r"/stripe/v1/payment_intents/\w+/cancel", "payment.cancel"),
    ("POST", r"/stripe/v1/refunds", "refund.create"),
    ("GET", r"/stripe/v1/refunds", "refund.list"),
    ("GET", r"/stripe/v1/disputes", "dispute.list"),
    ("POST", r"/lob/v1/us_verifications", "address.verify"),
    ("POST", r"/lob/v1/letters", "letter.create"),
    ("GET", r"/lob/v1/letters", "letter.list"),
    ("GET", r"/lob/v1/letters/\w+", "letter.read"),
    ("DELETE", r"/lob/v1/letters/\w+", "letter.cancel"),
)
OPERATIONS: Final = tuple(name for _, _, name in _OPERATIONS)
ON_THE_WAY: Final = (
    *("timeout_before", "timeout_after", "reset_before", "reset_after"),
    *("status_429", "status_500_before", "status_500_after", "slow"),
)
FATES: Final = ("letter_rejected", "letter_failed", "letter_returned", "letter_issue")
"""What becomes of the next letter that is accepted."""


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    seconds: float


def take(books: Books, operation: str, kinds: tuple[str, ...]) -> Fault | None:
    """The fault that strikes this request, used up by it."""
    marks = ", ".join("?" * len(kinds))
    rows = books.run(
        f"select * from faults where operation in (?, '*') and times > 0 and kind in ({marks}) order by fault",  # noqa: S608
        *(operation, *kinds),
    )
    for row in rows:
        if random.random() < row["chance"]:  # noqa: S311 - chance, not a secret
            books.run("update faults set times = times - 1 where fault = ?", row["fault"])
            return Fault(row["kind"], row["seconds"])
    return None


def operation_of(method: str, path: str) -> str | None:
    return next((name for verb, shape, name in _OPERATIONS if verb == method and re.fullmatch(shape, path)), None)


class Faulty:
    """The outermost layer: what is lost here, the caller never learns, whether it was carried out or not."""

    def __init__(self, app: ASGIApp, books: Books) -> None:
        self._app, self._books = app, books

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        operation = operation_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        fault = take(self._books, operation, ON_THE_WAY) if operation else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        vendor = scope["path"].split("/")[1]
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, send)
            return
        if fault.kind.endswith("_after"):
            await self._app(scope, receive, _unheard)
            if fault.kind == "status_500_after" and vendor == "stripe":
                self._spoil(scope)
        await _fail(fault, vendor, send)

    def _spoil(self, scope: Scope) -> None:
        key = dict(scope["headers"]).get(b"idempotency-key", b"").decode()
        spoil(self._books, "stripe", key, 500, _broken("stripe").body())


async def _fail(fault: Fault, vendor: str, send: Send) -> None:
    match fault.kind:
        case "timeout_before" | "timeout_after":
            await asyncio.sleep(fault.seconds)
            _cut(send)
        case "reset_before" | "reset_after":
            _cut(send)
        case "status_429":
            await _answer(Refusal(vendor, 429, "Too many requests.", kind="rate_limit", code="rate_limit"), send)
        case _:
            await _answer(_broken(vendor), send)


def _broken(vendor: str) -> Refusal:
    return Refusal(vendor, 500, "An unknown error occurred.", kind="api_error", code="internal_server_error")


async def _answer(refusal: Refusal, send: Send) -> None:
    body = json.dumps(refusal.body()).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if refusal.status == 429:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _cut(send: Send) -> None:
    """Ends the connection without an answer: uvicorn's own cycle, whose method `send` is, holds the transport."""
    send.__self__.transport.abort()  # type: ignore[attr-defined]


async def _unheard(message: Message) -> None:
    """The answer that gets lost."""
