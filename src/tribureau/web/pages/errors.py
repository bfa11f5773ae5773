"""An error as a page in the site's clothes, whatever else is down."""

from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from tribureau.domain.errors import TribureauError, Unauthenticated
from tribureau.web.pages.rendering import render

_TITLES = {
    400: "That file is empty",
    403: "You may not do this",
    404: "Not found",
    405: "That does not work here",
    409: "Somebody was first",
    413: "That file is too large",
    415: "That is not a PDF",
    422: "That did not work",
    429: "Too many tries",
    500: "Something went wrong",
    503: "A part is away just now",
}


async def error_page(request: Request, status: int, error: TribureauError) -> Response:
    """Sends a stranger to sign in and back; shows everything else."""
    if isinstance(error, Unauthenticated):
        session = getattr(request.state, "site_session", None)
        page = "/sign-in/code" if session and session.second_factor_due else "/sign-in"
        unsaved = "" if request.method == "GET" else "&unsaved=true"
        return RedirectResponse(f"{page}?next={quote(_asked_for(request))}{unsaved}", 303)
    return render(
        "error.html",
        status,
        status=status,
        title=_TITLES.get(status, "That did not work"),
        problem={"message": error.message, "hint": error.hint},
        way_on=_way_on(request, status),
    )


def _asked_for(request: Request) -> str:
    """A form leads back to the page that it was on; browsers name it, to this site only."""
    if request.method == "GET":
        return request.url.path
    page = urlsplit(request.headers.get("referer", ""))
    return page.path if page.path and page.netloc == request.url.netloc else "/"


def _way_on(request: Request, status: int) -> dict[str, str]:
    if status >= 500 and request.method == "GET":
        return {"address": request.url.path, "label": "Try again"}
    if request.url.path.startswith("/reports"):
        return {"address": "/reports", "label": "Back to Reports"}
    return {"address": "/", "label": "Back to Today"}
