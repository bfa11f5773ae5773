"""The stand-in as one application, with the clockwork that makes planned things happen and delivers webhooks."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from tribureau.sandbox import control, lob_letters, lob_routes, pages, stripe_routes, stripe_sessions
from tribureau.sandbox.books import Books
from tribureau.sandbox.faults import Faulty
from tribureau.sandbox.refusals import Refusal
from tribureau.sandbox.schemas import Schemas
from tribureau.sandbox.webhooks import Endpoint, deliver_due

_TICK_SECONDS: Final = 0.1
_DELIVERY_SECONDS: Final = 10.0


def create_sandbox(books: Books, endpoints: Mapping[str, Endpoint], schemas: Schemas) -> ASGIApp:
    """`endpoints` by vendor, where their webhooks go; none for a vendor whose events nobody hears."""

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        clockwork = asyncio.create_task(_keep_going(books, dict(endpoints)))
        yield
        clockwork.cancel()
        with suppress(asyncio.CancelledError):
            await clockwork

    app = FastAPI(title="Tribureau's stand-in for Stripe and Lob", lifespan=running, openapi_url=None)
    app.state.books, app.state.schemas = books, schemas
    app.add_exception_handler(Refusal, _refused)
    for part in (stripe_routes, lob_routes, control, pages):
        app.include_router(part.router)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    return Faulty(app, books)


def advance(books: Books) -> None:
    """Makes everything happen that is due on the stand-in's clock."""
    for row in books.run("select * from plans where due <= ? order by due, plan", books.now()):
        with books.change():
            books.run("delete from plans where plan = ?", row["plan"])
            if row["kind"] in {"later", "fails_later"}:
                stripe_sessions.settle_later(books, row["subject"], well=row["kind"] == "later")
            else:
                lob_letters.happen(books, row["subject"], row["kind"])


async def _keep_going(books: Books, endpoints: dict[str, Endpoint]) -> None:
    async with httpx.AsyncClient(timeout=_DELIVERY_SECONDS, trust_env=False) as client:
        while True:
            advance(books)
            if not await deliver_due(books, endpoints, client):
                await asyncio.sleep(_TICK_SECONDS)


async def _refused(_request: Request, refusal: Exception) -> JSONResponse:
    assert isinstance(refusal, Refusal)  # noqa: S101 - it is registered for this class
    return JSONResponse(refusal.body(), refusal.status)
