"""Forms that only our own pages can send: a hidden field (or, for scripts, a header) bound to the browser's cookies.

Works without JavaScript and without being signed in: a visitor who is shown a form gets a cookie for it.
"""

import secrets
from typing import Final

from fastapi import Request

from tribureau.domain.errors import NotAllowed
from tribureau.web.parts import parts_of
from tribureau.web.sessions import cookie_name, session_cookie

FIELD: Final = "csrf_token"
HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_NAME: Final = "tribureau-form"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


class FormExpired(NotAllowed):
    """This form is out of date, so nothing was done."""

    code = "form_expired"
    hint = "Load the page again and repeat what you did. Cookies must be allowed for this site."


def csrf_token(request: Request) -> str:
    """The value of a form's hidden field `csrf_token`, or of a script's header `X-CSRF-Token`.

    The first time, the answer to this request also sets the visitor's form cookie (see `security.FormCookie`).
    """
    if not _form_cookie(request):
        request.state.new_form_cookie = secrets.token_urlsafe(32)
    return parts_of(request).identity.form_tokens.issue(_binding(request))


async def require_form_token(request: Request) -> None:
    """Raises FormExpired for a change that did not come from a form of ours; programs with a bearer token pass."""
    if request.method in SAFE_METHODS or bears_token(request.headers.get("authorization", "")):
        return
    token = request.headers.get(HEADER) or await _posted(request)
    known = _form_cookie(request) and parts_of(request).identity.form_tokens.holds(token, _binding(request))
    if not known:
        raise FormExpired


def bears_token(authorization: str) -> bool:
    """Browsers never add a bearer token by themselves, so such a request is its sender's own."""
    return authorization[:7].lower() == "bearer "


def form_cookie_name(*, secure: bool) -> str:
    return cookie_name(_NAME, secure=secure)


def _form_cookie(request: Request) -> str:
    sent = request.cookies.get(form_cookie_name(secure=parts_of(request).settings.secure_cookies), "")
    return sent or getattr(request.state, "new_form_cookie", "")


def _binding(request: Request) -> str:
    return f"{_form_cookie(request)}\n{session_cookie(request)}"


async def _posted(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return ""
    value = (await request.form()).get(FIELD)
    return value if isinstance(value, str) else ""
