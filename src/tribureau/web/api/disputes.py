"""Disputes: begin, write, move along, take back, and look at what became of them."""

import re
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response

from tribureau.database.transactions import Row
from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import Actor, DisputeStatus, next_statuses
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web.api.dispute_shapes import (
    BegunDisputes,
    DisputePage,
    DisputeShape,
    DisputeStep,
    DraftChange,
    HistoryEntry,
    NewDispute,
    NewDisputes,
)
from tribureau.web.api.paging import cursor, position
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows import dispute as disputes

router = APIRouter(prefix="/api/v1/disputes", tags=["disputes"])
_ETAG: Final = re.compile(r'(?:W/)?"(\d{1,9})"')
IfMatch = Annotated[str | None, Header(description='The ETag of what you have seen, such as "3".')]


@router.get("", summary="List disputes, newest first")
async def list_disputes(
    parts: Parts,
    user: CurrentUser,
    status: DisputeStatus | None = None,
    bureau: Bureau | None = None,
    tradeline_id: UUID | None = None,
    current_only: bool = False,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> DisputePage:
    before, before_id = position(after, datetime.fromisoformat, UUID)
    rows = await parts.database.read_as_user(
        user,
        "disputes.list",
        status=status,
        bureau=bureau,
        tradeline_id=tradeline_id,
        current_only=current_only,
        before=before,
        before_id=before_id,
        limit=limit + 1,
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return DisputePage(
        items=[_shape(row) for row in rows[:limit]],
        next=cursor(last["created_at"], last["dispute_id"]) if last else None,
    )


@router.post("", status_code=201, summary="Begin a dispute as a draft")
async def begin_dispute(new: NewDispute, parts: Parts, user: CurrentUser, response: Response) -> DisputeShape:
    (begun,) = await disputes.begin_disputes(parts.database, user, [_draft(new)])
    response.headers["Location"] = f"/api/v1/disputes/{begun}"
    return await get_dispute(begun, parts, user, response)


@router.post("/bulk", status_code=201, summary="Begin many disputes, all or none")
async def begin_many(new: NewDisputes, parts: Parts, user: CurrentUser) -> BegunDisputes:
    drafts = [_draft(one) for one in new.disputes]
    return BegunDisputes(dispute_ids=await disputes.begin_disputes(parts.database, user, drafts))


@router.get("/{dispute_id}", summary="One dispute")
async def get_dispute(dispute_id: UUID, parts: Parts, user: CurrentUser, response: Response) -> DisputeShape:
    rows = await parts.database.read_as_user(user, "disputes.find", dispute_id=dispute_id)
    if not rows:
        raise NotFound("There is no such dispute.")
    return _with_tag(rows[0], response)


@router.patch("/{dispute_id}", summary="Write the letter and the reason of a draft")
async def write_draft(
    dispute_id: UUID, change: DraftChange, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> DisputeShape:
    row = await disputes.write_draft(
        parts.database,
        user,
        dispute_id,
        version_of(if_match),
        reason=change.dispute_reason,
        letter=change.letter_content,
    )
    return _with_tag(row, response)


@router.post("/{dispute_id}/transition", summary="Move a dispute along")
async def move_dispute(
    dispute_id: UUID, step: DisputeStep, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> DisputeShape:
    told = disputes.Step(**step.model_dump())
    row = await disputes.move_dispute(parts.database, user, dispute_id, version_of(if_match), told)
    return _with_tag(row, response)


@router.delete("/{dispute_id}", status_code=204, summary="Take a draft back; its history stays")
async def take_back(dispute_id: UUID, parts: Parts, user: CurrentUser, if_match: IfMatch = None) -> None:
    blank = disputes.Step(DisputeStatus.BLANK)
    await disputes.move_dispute(parts.database, user, dispute_id, version_of(if_match), blank)


@router.get("/{dispute_id}/history", summary="Every change of a dispute, oldest first")
async def dispute_history(dispute_id: UUID, parts: Parts, user: CurrentUser) -> list[HistoryEntry]:
    rows = await parts.database.read_as_user(user, "disputes.history", dispute_id=dispute_id)
    if not rows:
        raise NotFound("There is no such dispute.")
    return [HistoryEntry.model_validate(row) for row in rows]


def _draft(new: NewDispute) -> disputes.Draft:
    return disputes.Draft(**new.model_dump())


def version_of(if_match: str | None) -> int:
    found = _ETAG.fullmatch(if_match or "")
    if found is None:
        raise InvalidInput(
            "It is not said which version of the dispute this change is for.",
            hint="Send the dispute's ETag in the header If-Match, as its last answer gave it.",
        )
    return int(found[1])


def _with_tag(row: Row, response: Response) -> DisputeShape:
    response.headers["ETag"] = f'"{row["version"]}"'
    return _shape(row)


def _shape(row: Row) -> DisputeShape:
    return DisputeShape.model_validate(row | {"next_statuses": next_statuses(row["status"], Actor.USER)})
