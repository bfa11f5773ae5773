"""An error as a page in the site's clothes, whatever else is down."""

from urllib.parse import quote

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
        return RedirectResponse(f"{page}?next={quote(_asked_for(request))}", 303)
    return render(
        "error.html",
        status,
        status=status,
        title=_TITLES.get(status, "That did not work"),
        problem={"message": error.message, "hint": error.hint},
        way_on=_way_on(request, status),
    )


def _asked_for(request: Request) -> str:
    return request.url.path if request.method == "GET" else "/"


def _way_on(request: Request, status: int) -> dict[str, str]:
    if status >= 500 and request.method == "GET":
        return {"address": request.url.path, "label": "Try again"}
    if request.url.path.startswith("/reports"):
        return {"address": "/reports", "label": "Back to Reports"}
    return {"address": "/", "label": "Back to Today"}
