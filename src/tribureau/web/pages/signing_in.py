"""Signing up, in and out; forgotten passwords; links from mails."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tribureau.domain.errors import TribureauError
from tribureau.providers.identity.links import Purpose
from tribureau.providers.identity.passwords import SHORTEST
from tribureau.providers.identity.sessions import Tokens
from tribureau.web.csrf import csrf_token, require_form_token
from tribureau.web.errors import status_of
from tribureau.web.pages.rendering import render
from tribureau.web.parts import Parts, parts_of
from tribureau.web.sessions import begin_session, current_session, device_of, end_session, unfinished_session

router = APIRouter(include_in_schema=False, dependencies=[Depends(require_form_token)])
Text = Annotated[str, Form(max_length=1000)]


@router.get("/sign-up", response_model=None)
async def sign_up_form(request: Request) -> Response:
    return await _for_strangers(request, "sign_up.html", email="")


@router.post("/sign-up", response_model=None)
async def sign_up(request: Request, parts: Parts, email: Text = "", password: Text = "") -> Response:
    try:
        signed_up = await parts.identity.sign_up(email, password, device_of(request))
    except TribureauError as error:
        return _page(request, "sign_up.html", error, email=email)
    if signed_up.tokens is None:
        return _page(request, "check_mail.html", email=email, sent_again=False)
    return await _signed_in(request, signed_up.tokens, "/")


@router.get("/sign-in", response_model=None)
async def sign_in_form(request: Request, next: str = "/", unsaved: bool = False) -> Response:
    """`unsaved` where a form was sent without a session: what was typed into it is gone."""
    return await _for_strangers(request, "sign_in.html", email="", next=own_address(next), unsaved=unsaved)


@router.post("/sign-in", response_model=None)
async def sign_in(request: Request, parts: Parts, email: Text = "", password: Text = "", next: Text = "/") -> Response:
    try:
        tokens = await parts.identity.sign_in(email, password, device_of(request))
    except TribureauError as error:
        return _page(request, "sign_in.html", error, email=email, next=own_address(next), unsaved=False)
    return await _signed_in(request, tokens, own_address(next))


@router.get("/sign-in/code", response_model=None)
async def code_form(request: Request, next: str = "/") -> Response:
    session = await unfinished_session(request)
    if session is None or not session.second_factor_due:
        return RedirectResponse("/sign-in" if session is None else own_address(next), 303)
    return _page(request, "sign_in_code.html", next=own_address(next))


@router.post("/sign-in/code", response_model=None)
async def show_code(request: Request, parts: Parts, code: Text = "", next: Text = "/") -> Response:
    """Any of the user's authenticators may have made the code."""
    session = await unfinished_session(request)
    if session is None:
        return RedirectResponse("/sign-in", 303)
    identity, claims = parts.identity, session.claims
    factors = [factor for factor in (await identity.user(claims)).factors if factor["status"] == "verified"]
    refused: TribureauError | None = None
    for factor in factors:
        try:
            challenge = await identity.challenge_factor(claims, factor["id"])
            tokens = await identity.verify_factor(claims, factor["id"], challenge.challenge_id, code)
        except TribureauError as error:
            refused = error
        else:
            return await _signed_in(request, tokens, own_address(next))
    return _page(request, "sign_in_code.html", refused, next=own_address(next))


@router.post("/sign-out")
async def sign_out(request: Request) -> RedirectResponse:
    response = RedirectResponse("/sign-in", 303)
    await end_session(response, request)
    return response


@router.get("/forgotten-password")
async def forgotten_form(request: Request) -> HTMLResponse:
    return _page(request, "forgotten_password.html", email="", sent=False)


@router.post("/forgotten-password")
async def send_link(request: Request, parts: Parts, email: Text = "") -> HTMLResponse:
    try:
        await parts.identity.recover(email, device_of(request))
    except TribureauError as error:
        return _page(request, "forgotten_password.html", error, email=email, sent=False)
    return _page(request, "forgotten_password.html", email=email, sent=True)


@router.get("/reset-password")
async def new_password_form(request: Request, token: str = "") -> HTMLResponse:
    return _page(request, "reset_password.html", token=token)


@router.post("/reset-password", response_model=None)
async def reset_password(request: Request, parts: Parts, token: Text = "", password: Text = "") -> Response:
    try:
        tokens = await parts.identity.reset_password(token, password, device_of(request))
    except TribureauError as error:
        return _page(request, "reset_password.html", error, token=token)
    return await _signed_in(request, tokens, "/")


@router.get("/confirm")
async def confirm_form(request: Request, token: str = "", type: Purpose = "signup") -> HTMLResponse:
    """Asks for a press of a button: mail programs follow links by themselves."""
    return _page(request, "confirm.html", token=token, purpose=type)


@router.post("/confirm", response_model=None)
async def confirm(
    request: Request, parts: Parts, token: Text = "", purpose: Annotated[Purpose, Form()] = "signup"
) -> Response:
    try:
        tokens = await parts.identity.follow_link(purpose, token, device_of(request))
    except TribureauError as error:
        return _page(request, "confirm.html", error, token=token, purpose=purpose)
    return await _signed_in(request, tokens, "/")


@router.post("/confirm/resend")
async def resend(request: Request, parts: Parts, email: Text = "") -> HTMLResponse:
    try:
        await parts.identity.resend("signup", email, device_of(request))
    except TribureauError as error:
        return _page(request, "check_mail.html", error, email=email, sent_again=False)
    return _page(request, "check_mail.html", email=email, sent_again=True)


def own_address(address: str) -> str:
    """A path of this site; anything else becomes `/`."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


async def _signed_in(request: Request, tokens: Tokens, address: str) -> Response:
    due = tokens.user.has_second_factor and request.url.path != "/sign-in/code"
    response = RedirectResponse(f"/sign-in/code?next={quote(address)}" if due else address, 303)
    await begin_session(response, tokens, request)
    return response


async def _for_strangers(request: Request, template: str, **context: Any) -> Response:
    if await current_session(request):
        return RedirectResponse("/", 303)
    return _page(request, template, **context)


def _page(request: Request, template: str, error: TribureauError | None = None, **context: Any) -> HTMLResponse:
    return render(
        template,
        status_of(error) if error else 200,
        csrf_token=csrf_token(request),
        problem=error,
        open_signup=parts_of(request).settings.open_signup,
        shortest_password=SHORTEST,
        **context,
    )
