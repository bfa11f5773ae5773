"""An error as a page: it needs neither a session nor the database."""

import pytest
from starlette.requests import Request

from tribureau.domain import errors
from tribureau.web.pages.errors import error_page


def asked(path: str, method: str = "GET", page: str = "") -> Request:
    headers = [(b"host", b"here.example"), (b"referer", page.encode())]
    return Request({"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""})


@pytest.mark.parametrize(
    ("status", "error", "title", "way_on"),
    [
        (404, errors.NotFound(), "Not found", "Back to Today"),
        (403, errors.NotAllowed(), "You may not do this", "Back to Today"),
        (413, errors.TooLarge(), "That file is too large", "Back to Today"),
        (500, errors.TribureauError(), "Something went wrong", "Try again"),
        (503, errors.Unavailable(), "A part is away just now", "Try again"),
    ],
)
async def test_an_error_says_what_happened_and_what_to_do(
    status: int, error: errors.TribureauError, title: str, way_on: str
) -> None:
    answer = await error_page(asked("/accounts"), status, error)
    page = bytes(answer.body).decode()
    assert answer.status_code == status
    for said in (title, error.message, way_on, "not legal advice"):
        assert said in page.replace("&#39;", "'")


async def test_a_failed_change_of_a_report_leads_back_to_the_reports() -> None:
    answer = await error_page(asked("/reports/1/retry", "POST"), 409, errors.Conflict())
    assert 'href="/reports">Back to Reports' in bytes(answer.body).decode()


async def test_a_stranger_is_asked_to_sign_in_and_no_form_is_repeated() -> None:
    answer = await error_page(asked("/accounts/new", "POST"), 401, errors.Unauthenticated())
    assert answer.headers["location"] == "/sign-in?next=/&unsaved=true"


@pytest.mark.parametrize(
    ("page", "next"),
    [("http://here.example/letters/1?done=written", "/letters/1"), ("http://elsewhere.example/letters/1", "/")],
)
async def test_after_signing_in_the_page_of_the_form_comes_again(page: str, next: str) -> None:
    answer = await error_page(asked("/letters/1/posting", "POST", page), 401, errors.Unauthenticated())
    assert answer.headers["location"] == f"/sign-in?next={next}&unsaved=true"
