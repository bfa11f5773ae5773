"""Settings: time zone, password, second step, where one is signed in."""

from typing import Annotated, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tribureau.domain.errors import InvalidInput, NotFound, TribureauError
from tribureau.providers.identity.account_changes import Changes
from tribureau.providers.identity.passwords import SHORTEST
from tribureau.providers.identity.sessions import SessionSummary
from tribureau.web.errors import status_of
from tribureau.web.pages.cloud_reading import shown_cloud_reading
from tribureau.web.pages.deadlines import shown_calendar_link
from tribureau.web.pages.devices import device_name
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.web.sessions import SignedIn as Session
from tribureau.web.sessions import begin_session, end_session

router = APIRouter(prefix="/settings", include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]

TIME_ZONES: Final = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Arizona (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
    "America/Puerto_Rico": "Puerto Rico and US Virgin Islands",
    "Pacific/Guam": "Guam",
    "UTC": "UTC",
}


@router.get("")
async def settings(visitor: SignedIn, session: Session) -> HTMLResponse:
    return await _page(visitor, session)


@router.post("/time-zone")
async def set_time_zone(visitor: SignedIn, time_zone: Text) -> RedirectResponse:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput("There is no such time zone.") from error
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("pages.set_time_zone", time_zone=time_zone)
    return go_to("/settings", "time-zone")


@router.post("/password", response_model=None)
async def change_password(
    visitor: SignedIn, session: Session, current_password: Text = "", new_password: Text = ""
) -> Response:
    changes = Changes(password=new_password, current_password=current_password)
    try:
        await visitor.parts.identity.change(session.claims, changes)
    except TribureauError as error:
        return await _page(visitor, session, error)
    return go_to("/settings", "password")


@router.post("/second-step")
async def begin_second_step(visitor: SignedIn, session: Session) -> RedirectResponse:
    await visitor.parts.identity.enrol_factor(session.claims, "Authenticator app")
    return go_to("/settings", anchor="second")


@router.get("/second-step/{factor_id}/qr.svg")
async def qr_code(visitor: SignedIn, session: Session, factor_id: UUID) -> Response:
    enrolment = await visitor.parts.identity.unproved_factor(session.claims)
    if enrolment is None or enrolment.factor_id != factor_id:
        raise NotFound
    return Response(enrolment.qr_code, media_type="image/svg+xml")


@router.post("/second-step/{factor_id}", response_model=None)
async def prove_second_step(visitor: SignedIn, session: Session, factor_id: UUID, code: Text = "") -> Response:
    identity = visitor.parts.identity
    try:
        challenge = await identity.challenge_factor(session.claims, factor_id)
        tokens = await identity.verify_factor(session.claims, factor_id, challenge.challenge_id, code)
    except TribureauError as error:
        return await _page(visitor, session, error)
    response = go_to("/settings", "second-step-on", "second")
    await begin_session(response, tokens, visitor.request)
    return response


@router.post("/second-step/{factor_id}/remove")
async def remove_second_step(visitor: SignedIn, session: Session, factor_id: UUID) -> RedirectResponse:
    await visitor.parts.identity.unenrol_factor(session.claims, factor_id)
    return go_to("/settings", "second-step-off", "second")


@router.post("/sessions/end")
async def end_all(visitor: SignedIn, session: Session) -> RedirectResponse:
    response = RedirectResponse("/sign-in", 303)
    await visitor.parts.identity.sign_out(session.claims, "global")
    await end_session(response, visitor.request)
    return response


@router.post("/sessions/{session_id}/end")
async def end_one(visitor: SignedIn, session: Session, session_id: UUID) -> RedirectResponse:
    await visitor.parts.identity.end_session(session.claims, session_id)
    return go_to("/settings", "session-ended", "sessions")


async def _page(visitor: Visitor, session: Session, error: TribureauError | None = None) -> HTMLResponse:
    identity = visitor.parts.identity
    user = await identity.user(session.claims)
    frame = await visitor.read_one("pages.frame")
    return visitor.render(
        "settings.html",
        status_of(error) if error else 200,
        active="settings",
        frame=frame,
        problem=error,
        email=user.email,
        time_zones=({frame["time_zone"]: frame["time_zone"]} | TIME_ZONES).items(),
        factors=[factor for factor in user.factors if factor["status"] == "verified"],
        enrolment=await identity.unproved_factor(session.claims),
        sessions=[_listed(one) for one in await identity.sessions(session.claims)],
        shortest_password=SHORTEST,
        calendar_link=await shown_calendar_link(visitor),
        cloud=await shown_cloud_reading(visitor),
    )


def _listed(session: SessionSummary) -> dict[str, Any]:
    return {
        "id": session.session_id,
        "device": device_name(session.user_agent),
        "current": session.current,
        "created_at": session.created_at,
        "last_used_at": session.last_used_at,
    }
