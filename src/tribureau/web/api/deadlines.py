"""When bureaus and companies have to answer: the dates of what is open, and the same as a calendar by a secret link."""

import hashlib
from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from tribureau.bootstrap import WebParts, mail_allowance
from tribureau.database.transactions import UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.deadlines import Matter, ReportOrigin, day_in
from tribureau.web.api.disputes import IfMatch, version_of
from tribureau.web.calendar_file import calendar_file
from tribureau.web.deadline_words import standing_of
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.web.sessions import device_of
from tribureau.workflows.company_letters import OpenLetter, open_letters
from tribureau.workflows.deadlines import OpenDispute, Standing, open_disputes, say_more_was_sent

router = APIRouter(tags=["deadlines"])


class DueDayShape(BaseModel):
    """A last day. `estimated`: the letter is not known to be delivered. `note`: how the days were counted."""

    matter: Matter
    on: date
    words: str
    citation: str
    estimated: bool
    note: str


class DisputeDeadlines(BaseModel):
    """One dispute's dates. `dates` is empty where they can't be counted; `days_left` is negative once it is over."""

    dispute_id: UUID
    bureau: Bureau
    creditor_name: str
    round: int
    status: Literal["Pending", "Investigating", "Expired"]
    version: int
    standing: Standing
    mailed_on: date
    received_on: date | None
    more_information_received_on: date | None
    free_yearly_report: bool
    days_left: int | None
    dates: list[DueDayShape]


class CompanyDeadlines(BaseModel):
    """A letter that its company has not answered. A collector has no period: then `dates` is empty."""

    letter_id: UUID
    company: str
    kind: Literal["furnisher", "collector"]
    standing: Standing
    mailed_on: date
    received_on: date | None
    days_left: int | None
    dates: list[DueDayShape]
    words: str


class MoreInformation(BaseModel):
    model_config = ConfigDict(extra="forbid")
    received_on: Annotated[date | None, Field(description="When the bureau got it; null takes it back.")]


class NewCalendarLink(BaseModel):
    model_config = ConfigDict(extra="forbid")
    with_names: Annotated[bool, Field(description="Whether events name bureaus and creditors.")] = False


class CalendarLinkShape(BaseModel):
    """`url` is told once, here; only its hash is kept."""

    url: str
    with_names: bool


@router.get("/api/v1/deadlines", summary="All dates of disputes that are in the mail, at a bureau or unanswered")
async def list_deadlines(parts: Parts, user: CurrentUser) -> list[DisputeDeadlines]:
    return [_shape(dispute) for dispute in await disputes_of(parts, user)]


@router.get("/api/v1/deadlines/companies", summary="All dates of letters to companies that are not answered")
async def list_company_deadlines(parts: Parts, user: CurrentUser) -> list[CompanyDeadlines]:
    return [
        CompanyDeadlines(
            letter_id=letter.letter_id,
            company=letter.company,
            kind="collector" if letter.collects else "furnisher",
            standing=letter.standing,
            mailed_on=letter.mailed_on,
            received_on=letter.received_on,
            days_left=letter.days_left,
            dates=[DueDayShape.model_validate(day, from_attributes=True) for day in letter.days],
            words=standing_of(letter).explanation,
        )
        for letter in await letters_of(parts, user)
    ]


@router.put(
    "/api/v1/deadlines/{dispute_id}/more-information",
    status_code=204,
    summary="Say when the bureau got more information from you",
)
async def put_more_information(
    dispute_id: UUID,
    more: MoreInformation,
    parts: Parts,
    user: CurrentUser,
    response: Response,
    if_match: IfMatch = None,
) -> None:
    """Within the first 30 days it gives the bureau up to 15 days more, 15 USC 1681i(a)(1)(B)."""
    today = await today_of(parts, user)
    version = await say_more_was_sent(parts.database, user, dispute_id, version_of(if_match), more.received_on, today)
    response.headers["ETag"] = f'"{version}"'


@router.post("/api/v1/deadlines/calendar-link", status_code=201, summary="A new secret link; the one before ends")
async def renew_calendar_link(new: NewCalendarLink, parts: Parts, user: CurrentUser) -> CalendarLinkShape:
    token = await parts.identity.calendar_links.renew(user, with_names=new.with_names)
    return CalendarLinkShape(url=calendar_url(parts, token), with_names=new.with_names)


@router.delete("/api/v1/deadlines/calendar-link", status_code=204, summary="Withdraw the secret link")
async def withdraw_calendar_link(parts: Parts, user: CurrentUser) -> None:
    await parts.identity.calendar_links.withdraw(user)


@router.get("/calendar/{token}.ics", include_in_schema=False)
async def calendar(
    token: str, parts: Parts, request: Request, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    user = await parts.identity.calendar_links.owner(token, device_of(request).address)
    links = await parts.database.read_as_user(user, "deadlines.calendar_link")
    with_names = bool(links and links[0]["with_names"])
    disputes, letters = await disputes_of(parts, user), await letters_of(parts, user)
    body = calendar_file(disputes, letters, parts.settings.site_url, with_names=with_names)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if if_none_match and tag in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def calendar_url(parts: WebParts, token: str) -> str:
    return f"{parts.settings.site_url}/calendar/{token}.ics"


async def today_of(parts: WebParts, user: UserId) -> date:
    """Where the user is."""
    rows = await parts.database.read_as_user(user, "disputes.time_zone")
    return day_in(rows[0]["time_zone"] if rows else None, datetime.now(UTC))


async def disputes_of(parts: WebParts, user: UserId) -> list[OpenDispute]:
    """With their clocks, as of the user's own day."""
    return await open_disputes(parts.database, user, await today_of(parts, user), mail_allowance(parts.settings))


async def letters_of(parts: WebParts, user: UserId) -> list[OpenLetter]:
    """Letters to companies, with their clocks, as of the user's own day."""
    return await open_letters(parts.database, user, await today_of(parts, user), mail_allowance(parts.settings))


def _shape(dispute: OpenDispute) -> DisputeDeadlines:
    facts = dispute.facts
    return DisputeDeadlines(
        dispute_id=dispute.dispute_id,
        bureau=Bureau(dispute.bureau),
        creditor_name=dispute.creditor_name,
        round=dispute.round,
        status=dispute.status,
        version=dispute.version,
        standing=dispute.standing,
        mailed_on=facts.mailed_on,
        received_on=facts.received_on,
        more_information_received_on=facts.more_information_received_on,
        free_yearly_report=facts.origin is ReportOrigin.FREE_ANNUAL,
        days_left=dispute.days_left,
        dates=[DueDayShape.model_validate(day, from_attributes=True) for day in dispute.agenda.days]
        if dispute.agenda
        else [],
    )
