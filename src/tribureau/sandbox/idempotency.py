"""Idempotency keys as both vendors treat them: the first answer is kept for a day and given again."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from fastapi.responses import JSONResponse

from tribureau.sandbox.books import Books
from tribureau.sandbox.refusals import Refusal

_KEPT_SECONDS: Final = 24 * 3600


def once(
    books: Books, vendor: str, key: str | None, request: object, act: Callable[[], dict[str, Any]]
) -> JSONResponse:
    """Does `act` and keeps its answer under `key`; the same key with another request is refused.

    A refusal is not kept: it changed nothing, and may be repeated.
    """
    if not key:
        with books.change():
            return JSONResponse(act())
    asked = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    with books.change():
        books.run("delete from answers where at < ?", books.now() - _KEPT_SECONDS)
        kept = books.run("select * from answers where vendor = ? and key = ?", vendor, key)
        if kept and kept[0]["request"] != asked:
            raise _used_otherwise(vendor)
        if kept:
            repeated = {"Idempotent-Replayed": "true"}
            return JSONResponse(json.loads(kept[0]["body"]), kept[0]["status"], headers=repeated)
        answer = act()
        books.run(
            "insert into answers (vendor, key, request, status, body, at) values (?, ?, ?, 200, ?, ?)",
            *(vendor, key, asked, json.dumps(answer), books.now()),
        )
        return JSONResponse(answer)


def spoil(books: Books, vendor: str, key: str, status: int, body: dict[str, Any]) -> None:
    """The key answers with this failure from now on, although its request was carried out (Stripe keeps a 500 too)."""
    books.run(
        "update answers set status = ?, body = ? where vendor = ? and key = ?", status, json.dumps(body), vendor, key
    )


def _used_otherwise(vendor: str) -> Refusal:
    message = "Keys for idempotent requests can only be used with the same parameters they were first used with."
    if vendor == "lob":
        return Refusal("lob", 409, message, code="conflict")
    return Refusal("stripe", 400, message, kind="idempotency_error")
