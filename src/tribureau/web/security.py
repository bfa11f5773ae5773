"""What every request and answer passes: which names we answer to, whose requests may change things, and the headers
that tell browsers what our pages may do.

`Referrer-Policy` is `same-origin`: other sites never learn an address of ours, and unlike with `no-referrer` browsers
still send a form's true `Origin`, which is what its check rests on where `Sec-Fetch-Site` is missing (plain http in a
home network).
"""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tribureau.settings import Settings
from tribureau.web.csrf import SAFE_METHODS, bears_token, form_cookie_name

_OWN_NAMES: Final = ("localhost", "127.0.0.1", "::1")
_OWN_SITE: Final = frozenset({"same-origin", "none"})
_CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS: Final = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_YEAR_SECONDS: Final = 365 * 24 * 3600


def install(app: FastAPI, settings: Settings) -> None:
    """From the outside in: headers on every answer, the Host, the Origin, the visitor's form cookie."""
    app.add_middleware(FormCookie, secure=settings.secure_cookies)
    app.add_middleware(OriginGuard)
    app.add_middleware(HostGuard, names=answered_names(settings))
    app.add_middleware(SecurityHeaders, https=settings.secure_cookies)


def answered_names(settings: Settings) -> frozenset[str]:
    """Host names without ports."""
    site = urlsplit(settings.site_url).hostname or ""
    return frozenset(name.lower().strip("[]") for name in (site, *settings.allowed_hosts, *_OWN_NAMES) if name)


class SecurityHeaders:
    """Adds what an answer does not set itself. Private pages are kept by no cache: that is the default."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers: Mapping[str, str] = (
            {**_HEADERS, "Strict-Transport-Security": f"max-age={_YEAR_SECONDS}"} if https else _HEADERS
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return await self._app(scope, receive, with_headers)


class HostGuard:
    """Refuses a Host that is not ours: a name that somebody else points at this machine (DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host_name(Headers(scope=scope)) not in self._names:
            refusal = _refusal(
                400,
                "unknown_host",
                "This site does not answer to that name.",
                "Whoever runs it can add the name to TRIBUREAU_ALLOWED_HOSTS.",
            )
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)


class OriginGuard:
    """Refuses a change that a page of another site asked a browser for. Programs send neither header and pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and _from_elsewhere(Headers(scope=scope)):
            refusal = _refusal(
                403, "cross_site", "This came from another site, so nothing was done.", "Use the pages of this site."
            )
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)


class FormCookie:
    """Sets the cookie that a visitor's first form is bound to (see `csrf.csrf_token`)."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        state = scope.setdefault("state", {})

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and "new_form_cookie" in state:
                MutableHeaders(scope=message).append("Set-Cookie", self._cookie(state["new_form_cookie"]))
            await send(message)

        return await self._app(scope, receive, with_cookie)

    def _cookie(self, value: str) -> str:
        name = form_cookie_name(secure=self._secure)
        return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if self._secure else "")


def _host_name(headers: Headers) -> str:
    try:
        return (urlsplit(f"//{headers.get('host', '')}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _from_elsewhere(headers: Headers) -> bool:
    if bears_token(headers.get("authorization", "")):
        return False
    if (site := headers.get("sec-fetch-site")) is not None:
        return site not in _OWN_SITE
    origin = headers.get("origin")
    return origin is not None and _authority(origin) != headers.get("host", "").lower()


def _authority(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _refusal(status: int, code: str, message: str, hint: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message, "hint": hint}, status)
