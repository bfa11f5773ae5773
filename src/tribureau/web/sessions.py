"""The site's session in the browser: one cookie with an opaque id. What it stands for is the identity provider's."""

from typing import Annotated, Final

from fastapi import Depends, Request, Response

from tribureau.domain.errors import Unauthenticated
from tribureau.providers.identity.sessions import Device, Tokens
from tribureau.providers.identity.site_sessions import SiteSession
from tribureau.web.parts import parts_of

_NAME: Final = "tribureau"


def cookie_name(name: str, *, secure: bool) -> str:
    """With https, a prefix that browsers hold to: only this host, only https, the whole site (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if secure else name


def session_cookie(request: Request) -> str:
    """The id that the browser sent; empty where it sent none."""
    return request.cookies.get(cookie_name(_NAME, secure=parts_of(request).settings.secure_cookies), "")


def device_of(request: Request) -> Device:
    return Device(request.client.host if request.client else "", request.headers.get("user-agent", ""))


async def begin_session(response: Response, tokens: Tokens, request: Request) -> None:
    """Signs the browser in; a session that it had before ends or, after a second factor, gets a new cookie."""
    parts = parts_of(request)
    cookie = await parts.identity.open_site_session(tokens, replacing=session_cookie(request) or None)
    secure = parts.settings.secure_cookies
    response.set_cookie(
        cookie_name(_NAME, secure=secure),
        cookie,
        max_age=int(parts.identity.options.lifetimes.absolute.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


async def end_session(response: Response, request: Request) -> None:
    """Signs the browser out: its session ends, with every token of it."""
    parts = parts_of(request)
    if cookie := session_cookie(request):
        await parts.identity.end_site_session(cookie)
    secure = parts.settings.secure_cookies
    response.delete_cookie(cookie_name(_NAME, secure=secure), path="/", secure=secure, httponly=True, samesite="lax")


async def current_session(request: Request) -> SiteSession | None:
    """Who is signed in; None also while a second factor is due."""
    session = await unfinished_session(request)
    return None if session is None or session.second_factor_due else session


async def unfinished_session(request: Request) -> SiteSession | None:
    """Who is signed in or has only the second factor to show: for the page that asks for it, and for signing out."""
    cookie = session_cookie(request)
    if not cookie:
        return None
    if not hasattr(request.state, "site_session"):
        request.state.site_session = await parts_of(request).identity.find_site_session(cookie)
    session: SiteSession | None = request.state.site_session
    return session


async def signed_in(request: Request) -> SiteSession:
    """The session; raises Unauthenticated where there is none."""
    session = await current_session(request)
    if session is None:
        raise Unauthenticated
    return session


SignedIn = Annotated[SiteSession, Depends(signed_in)]
