"""What does not add up in the user's reports, and which of it they set aside."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from tribureau.domain.errors import NotFound
from tribureau.domain.findings import FindingKind
from tribureau.web.api.paging import cursor, position
from tribureau.web.api.shapes import FindingPage, FindingShape
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1/findings", tags=["findings"])


class Dismissal(BaseModel):
    model_config = ConfigDict(extra="forbid")
    dismissed: bool


@router.get("", summary="List findings, newest first")
async def list_findings(
    parts: Parts,
    user: CurrentUser,
    upload_id: UUID | None = None,
    tradeline_id: UUID | None = None,
    kind: FindingKind | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> FindingPage:
    before, before_id = position(after, datetime.fromisoformat, UUID)
    rows = await parts.database.read_as_user(
        user,
        "findings.list",
        upload_id=upload_id,
        tradeline_id=tradeline_id,
        kind=kind,
        before=before,
        before_id=before_id,
        limit=limit + 1,
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return FindingPage(
        items=[FindingShape.model_validate(row) for row in rows[:limit]],
        next=cursor(last["created_at"], last["finding_id"]) if last else None,
    )


@router.patch("/{finding_id}", summary="Set a finding aside, or take that back")
async def dismiss_finding(finding_id: UUID, change: Dismissal, parts: Parts, user: CurrentUser) -> FindingShape:
    async with parts.database.as_user(user) as transaction:
        row = await transaction.first("findings.dismiss", id=finding_id, dismissed=change.dismissed)
    if row is None:
        raise NotFound("There is no such finding.")
    return FindingShape.model_validate(row)
