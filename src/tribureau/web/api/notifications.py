"""What the user is told, and what they have seen of it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from tribureau.domain.errors import NotFound
from tribureau.web.api.paging import cursor, position
from tribureau.web.api.shapes import NotificationPage, NotificationShape
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])


class ReadMark(BaseModel):
    read: bool = True


@router.get("", summary="List notifications, newest first")
async def list_notifications(
    parts: Parts,
    user: CurrentUser,
    unread_only: bool = False,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> NotificationPage:
    before, before_id = position(after, datetime.fromisoformat, UUID)
    async with parts.database.as_user(user) as transaction:
        rows = await transaction.all(
            "api.notifications", unread_only=unread_only, before=before, before_id=before_id, limit=limit + 1
        )
        unread = await transaction.value("api.unread_notifications")
    last = rows[limit - 1] if len(rows) > limit else None
    return NotificationPage(
        items=[NotificationShape.model_validate(row) for row in rows[:limit]],
        next=cursor(last["created_at"], last["notification_id"]) if last else None,
        unread=unread,
    )


@router.patch("/{notification_id}", status_code=204, summary="Mark one as read or unread")
async def mark_notification(notification_id: UUID, mark: ReadMark, parts: Parts, user: CurrentUser) -> None:
    async with parts.database.as_user(user) as transaction:
        if not await transaction.run("api.mark_notification", id=notification_id, read=mark.read):
            raise NotFound("There is no such notification.")


@router.post("/read-all", status_code=204, summary="Mark all as read")
async def mark_all(parts: Parts, user: CurrentUser) -> None:
    async with parts.database.as_user(user) as transaction:
        await transaction.run("api.mark_notification", id=None, read=True)
