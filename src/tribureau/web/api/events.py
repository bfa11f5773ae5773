"""Server-sent events: how a report's reading goes on, and whatever else of the user's changes."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter
from sse_starlette import EventSourceResponse, ServerSentEvent

from tribureau.bootstrap import WebParts
from tribureau.database.notices import Notice
from tribureau.database.transactions import UserId
from tribureau.domain.errors import NotFound
from tribureau.web.api.shapes import ReportUpload
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1", tags=["events"])

_SETTLED = ("complete", "failed")
_LOOK_AGAIN_SECONDS = 10.0


@router.get("/report-uploads/{upload_id}/events", summary="Follow the reading of one report (server-sent events)")
async def upload_events(upload_id: UUID, parts: Parts, user: CurrentUser) -> EventSourceResponse:
    """Each `progress` event holds the upload as `GET …/{id}` gives it; the stream ends with `complete` or `failed`."""
    if await _upload(parts, user, upload_id) is None:
        raise NotFound("There is no such report.")
    return EventSourceResponse(_progress(parts, user, upload_id), ping=15)


@router.get("/events", summary="Hear of every change to your reports and notifications (server-sent events)")
async def user_events(parts: Parts, user: CurrentUser) -> EventSourceResponse:
    """An event is named for the table that changed and holds the row's id; `look-again` means anything may have."""
    return EventSourceResponse(_changes(parts, user), ping=15)


async def _upload(parts: WebParts, user: UserId, upload_id: UUID) -> ReportUpload | None:
    rows = await parts.database.read_as_user(user, "api.upload", id=upload_id)
    return ReportUpload.model_validate(rows[0]) if rows else None


async def _progress(parts: WebParts, user: UserId, upload_id: UUID) -> AsyncIterator[ServerSentEvent]:
    with parts.notices.of(user) as notices:
        told: ReportUpload | None = None
        while upload := await _upload(parts, user, upload_id):
            if upload != told:
                event = upload.processing_status if upload.processing_status in _SETTLED else "progress"
                yield ServerSentEvent(upload.model_dump_json(), event=event)
                told = upload
            if upload.processing_status in _SETTLED:
                return
            await _next_notice(notices, upload_id)
        yield ServerSentEvent("{}", event="deleted")


async def _next_notice(notices: "asyncio.Queue[Notice]", upload_id: UUID) -> None:
    """Waits for a notice of this upload, or a while: a lost notice costs seconds, never the answer."""
    try:
        async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
            while not (await notices.get()).concerns("report_uploads", upload_id):
                pass
    except TimeoutError:
        return


async def _changes(parts: WebParts, user: UserId) -> AsyncIterator[ServerSentEvent]:
    with parts.notices.of(user) as notices:
        yield ServerSentEvent("{}", event="look-again")
        while True:
            notice = await notices.get()
            yield ServerSentEvent(f'{{"id": "{notice.id or ""}"}}', event=notice.table or "look-again")
