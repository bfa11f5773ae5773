"""What a person sees: the page to pay on, and the page that commands the stand-in."""

from collections import Counter
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from tribureau.sandbox import faults
from tribureau.sandbox import stripe_sessions as sessions
from tribureau.sandbox.books import Object
from tribureau.sandbox.refusals import Refusal
from tribureau.sandbox.stripe_routes import BooksHere

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
_templates: Final = Environment(
    loader=PackageLoader("tribureau.sandbox"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
router = APIRouter(include_in_schema=False)


@router.get("/pay/{id_}")
async def checkout(books: BooksHere, id_: str) -> HTMLResponse:
    return _checkout(sessions.session_of(books, id_), "")


@router.post("/pay/{id_}")
async def pay(books: BooksHere, id_: str, card: Annotated[str, Form()] = "") -> Response:
    try:
        with books.change():
            session = sessions.pay(books, id_, card)
    except Refusal as refusal:
        return _checkout(sessions.session_of(books, id_), refusal.message)
    return RedirectResponse(str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", id_), 303)


@router.get("/")
async def overview(books: BooksHere) -> HTMLResponse:
    ledger = books.ledger()
    return _page(
        "overview.html",
        ledger=ledger[-50:][::-1],
        counts=sorted(Counter((entry["vendor"], entry["act"]) for entry in ledger).items()),
        letters=books.every("letter")[:20],
        operations=faults.OPERATIONS,
        kinds=(*faults.ON_THE_WAY, *faults.FATES),
        waiting=books.run("select * from faults where times > 0 order by fault"),
    )


@router.get("/sandbox.css")
async def style() -> Response:
    source = _templates.get_template("sandbox.css").render()
    return Response(source, media_type="text/css")


def _checkout(session: Object, problem: str) -> HTMLResponse:
    return _page("checkout.html", session=session, cards=sessions.CARDS, problem=problem)


def _page(name: str, **shown: Any) -> HTMLResponse:
    status = 402 if shown.get("problem") else 200
    return HTMLResponse(_templates.get_template(name).render(shown), status, headers=_HEADERS)
