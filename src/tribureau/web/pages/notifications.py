"""Notifications: what happened, and what of it was seen."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse

from tribureau.web.pages.visitor import SignedIn, go_to

router = APIRouter(include_in_schema=False)


@router.get("/notifications")
async def notifications(visitor: SignedIn) -> HTMLResponse:
    rows = await visitor.read("pages.notifications")
    return await visitor.page("notifications.html", "notifications", notifications=rows)


@router.post("/notifications/read")
async def mark_all(visitor: SignedIn) -> RedirectResponse:
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("pages.mark_all_notifications_read")
    return go_to("/notifications")


@router.post("/notifications/{notification_id}/read")
async def mark_one(visitor: SignedIn, notification_id: UUID) -> RedirectResponse:
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("pages.mark_notification_read", notification_id=notification_id)
    return go_to("/notifications")
