"""Stripe's paths, as far as paying for a letter needs them."""

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from tribureau.sandbox import stripe_money as money
from tribureau.sandbox import stripe_sessions as sessions
from tribureau.sandbox.books import Books, Object
from tribureau.sandbox.forms import unfolded
from tribureau.sandbox.idempotency import once
from tribureau.sandbox.refusals import not_at_stripe, stripe_refusal
from tribureau.sandbox.schemas import Schemas

_FORM = "application/x-www-form-urlencoded"


def _authorised(request: Request) -> None:
    if not request.headers.get("authorization", "").removeprefix("Bearer ").startswith("sk_test_"):
        raise stripe_refusal(401, "Invalid API key: only keys that begin with sk_test_ are known in the sandbox.")


def _books(request: Request) -> Books:
    books: Books = request.app.state.books
    return books


async def _form(request: Request) -> dict[str, Any]:
    return unfolded(parse_qsl((await request.body()).decode(), keep_blank_values=True))


BooksHere = Annotated[Books, Depends(_books)]
Form = Annotated[dict[str, Any], Depends(_form)]
router = APIRouter(prefix="/stripe/v1", dependencies=[Depends(_authorised)])


@router.post("/checkout/sessions")
async def open_session(request: Request, books: BooksHere, form: Form) -> JSONResponse:
    _check(request, "/v1/checkout/sessions", form)
    base = _base(request)
    return _once(request, books, form, lambda: sessions.shown(sessions.open_session(books, form), base))


@router.get("/checkout/sessions")
async def list_sessions(request: Request, books: BooksHere) -> Object:
    asked = unfolded(request.query_params.multi_items())
    created = asked.get("created", {})
    since, until = int(created.get("gte", 0)), int(created.get("lte", 1 << 40))
    fitting = [session for session in books.every("session") if since <= session["created"] <= until]
    if intent := asked.get("payment_intent"):
        fitting = [session for session in fitting if session["payment_intent"] == intent]
    return _page([sessions.shown(session, _base(request)) for session in fitting], asked, "/v1/checkout/sessions")


@router.get("/checkout/sessions/{id_}")
async def read_session(request: Request, books: BooksHere, id_: str) -> Object:
    session = sessions.shown(sessions.session_of(books, id_), _base(request))
    if "payment_intent" in request.query_params.getlist("expand[0]") and session["payment_intent"]:
        session["payment_intent"] = money.intent_of(books, session["payment_intent"])
    return session


@router.post("/checkout/sessions/{id_}/expire")
async def expire_session(request: Request, books: BooksHere, form: Form, id_: str) -> JSONResponse:
    base = _base(request)
    return _once(request, books, form, lambda: sessions.shown(sessions.expire(books, id_), base))


@router.get("/payment_intents/{id_}")
async def read_intent(request: Request, books: BooksHere, id_: str) -> Object:
    intent = money.intent_of(books, id_)
    if "latest_charge" in request.query_params.getlist("expand[0]") and intent["latest_charge"]:
        intent["latest_charge"] = books.find("charge", intent["latest_charge"])
    return intent


@router.post("/payment_intents/{id_}/capture")
async def capture(request: Request, books: BooksHere, form: Form, id_: str) -> JSONResponse:
    return _once(request, books, form, lambda: money.capture(books, id_))


@router.post("/payment_intents/{id_}/cancel")
async def cancel(request: Request, books: BooksHere, form: Form, id_: str) -> JSONResponse:
    return _once(request, books, form, lambda: money.cancel(books, id_))


@router.get("/charges/{id_}")
async def read_charge(books: BooksHere, id_: str) -> Object:
    if charge := books.find("charge", id_):
        return charge
    raise not_at_stripe("charge", id_)


@router.post("/refunds")
async def refund(request: Request, books: BooksHere, form: Form) -> JSONResponse:
    _check(request, "/v1/refunds", form)
    return _once(request, books, form, lambda: money.refund(books, form))


@router.get("/refunds")
async def list_refunds(request: Request, books: BooksHere) -> Object:
    return _of_intent(request, books, "refund", "/v1/refunds")


@router.get("/disputes")
async def list_disputes(request: Request, books: BooksHere) -> Object:
    return _of_intent(request, books, "dispute", "/v1/disputes")


def _of_intent(request: Request, books: Books, kind: str, url: str) -> Object:
    asked = unfolded(request.query_params.multi_items())
    wanted = asked.get("payment_intent")
    found = [thing for thing in books.every(kind) if wanted in {None, thing["payment_intent"]}]
    return _page(found, asked, url)


def _once(request: Request, books: Books, form: dict[str, Any], act: Any) -> JSONResponse:
    return once(books, "stripe", request.headers.get("idempotency-key"), [request.url.path, form], act)


def _check(request: Request, path: str, form: dict[str, Any]) -> None:
    schemas: Schemas = request.app.state.schemas
    schemas.check("stripe", path, "post", form, _FORM)


def _page(things: list[Object], asked: dict[str, Any], url: str) -> Object:
    """One page of a list, newest first, after the object that `starting_after` names."""
    ids = [thing["id"] for thing in things]
    begin = ids.index(asked["starting_after"]) + 1 if asked.get("starting_after") in ids else 0
    end = begin + int(asked.get("limit", 10))
    return {"object": "list", "data": things[begin:end], "has_more": end < len(things), "url": url}


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
