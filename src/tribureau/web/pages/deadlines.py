"""Deadlines: a month at a glance, and each dispute's dates with the rule behind them; the calendar link in settings."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from tribureau.domain.errors import InvalidInput
from tribureau.web import deadline_words
from tribureau.web.api.deadlines import calendar_url, disputes_of, letters_of, today_of
from tribureau.web.pages.month_view import month_named, month_of
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.deadlines import say_more_was_sent

router = APIRouter(include_in_schema=False)


@router.get("/deadlines")
async def deadlines(visitor: SignedIn, month: str = "") -> HTMLResponse:
    disputes = await disputes_of(visitor.parts, visitor.user)
    letters = await letters_of(visitor.parts, visitor.user)
    today = await today_of(visitor.parts, visitor.user)
    return await visitor.page(
        "deadlines.html",
        "deadlines",
        disputes=disputes,
        letters=letters,
        month=month_of(month_named(month, today), disputes, letters),
        today=today,
        words=deadline_words,
    )


@router.post("/deadlines/{dispute_id}/more-information")
async def more_information(
    visitor: SignedIn, dispute_id: UUID, version: Annotated[int, Form()], received_on: Annotated[str, Form()] = ""
) -> RedirectResponse:
    parts, user = visitor.parts, visitor.user
    try:
        day = date.fromisoformat(received_on) if received_on else None
    except ValueError as error:
        raise InvalidInput("That is no day.", hint="Type it as 2026-11-30.") from error
    await say_more_was_sent(parts.database, user, dispute_id, version, day, await today_of(parts, user))
    return go_to("/deadlines", "more-information", f"dispute-{dispute_id}")


@router.post("/settings/calendar")
async def renew_link(visitor: SignedIn, *, with_names: Annotated[bool, Form()] = False) -> HTMLResponse:
    """Shows the new link, this once: it can't be led to, as nobody can know it again."""
    token = await visitor.parts.identity.calendar_links.renew(visitor.user, with_names=with_names)
    url = calendar_url(visitor.parts, token)
    return await visitor.page("calendar_link.html", "settings", url=url, with_names=with_names)


@router.post("/settings/calendar/withdraw")
async def withdraw_link(visitor: SignedIn) -> RedirectResponse:
    await visitor.parts.identity.calendar_links.withdraw(visitor.user)
    return go_to("/settings", "calendar-off", "calendar")


async def shown_calendar_link(visitor: Visitor) -> dict[str, Any] | None:
    """What the settings page says of the link; None where there is none."""
    rows = await visitor.read("deadlines.calendar_link")
    return rows[0] if rows else None
