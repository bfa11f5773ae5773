"""Values that were hard to read: which they are, and that one was read right (a wrong one is corrected elsewhere)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tribureau.domain.errors import NotFound
from tribureau.domain.tradelines import Precision
from tribureau.web.api.paging import cursor, position
from tribureau.web.api.shapes import ProvenanceShape
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1/values-to-check", tags=["values to check"])

FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}(/[0-9]{4}-[0-9]{2})?$", examples=["balance"])]


class Confirmation(BaseModel):
    """`field` as in the list, `payment_history/2026-03` for a month."""

    model_config = ConfigDict(extra="forbid")
    field: FieldName
    is_right: bool


class ValueToCheck(ProvenanceShape):
    """A value with its account and its place on the page; `checked_at` says when its user called it right."""

    tradeline_id: UUID
    report_upload_id: UUID
    bureau: str
    creditor_name: str
    value: Any
    precision: Precision | None
    checked_at: datetime | None


class ValuePage(BaseModel):
    items: list[ValueToCheck]
    next: str | None


@router.get("", summary="List values that were read with little confidence and not looked at yet")
async def list_values(
    parts: Parts,
    user: CurrentUser,
    upload_id: UUID | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ValuePage:
    after_id, after_field = position(after, UUID, _name)
    rows = await parts.database.read_as_user(
        user,
        "values_to_check.list",
        check_below=parts.settings.check_below,
        upload_id=upload_id,
        after_id=after_id,
        after_field=after_field,
        limit=limit + 1,
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return ValuePage(
        items=[ValueToCheck.model_validate(row) for row in rows[:limit]],
        next=cursor(last["tradeline_id"], last["field"]) if last else None,
    )


@router.patch("/{tradeline_id}", summary="Say that a value was read right, or take that back")
async def confirm_value(tradeline_id: UUID, said: Confirmation, parts: Parts, user: CurrentUser) -> ValueToCheck:
    """A value that was read wrong is corrected with `PATCH /api/v1/tradelines/{tradeline_id}`; then it asks no more."""
    async with parts.database.as_user(user) as transaction:
        row = await transaction.first(
            "values_to_check.confirm", tradeline_id=tradeline_id, field=said.field, is_right=said.is_right
        )
    if row is None:
        raise NotFound("There is no such value, or it does not come from a report.")
    return ValueToCheck.model_validate(row)


def _name(text: str) -> str:
    text.encode()  # a lone surrogate is no text: UnicodeEncodeError is a ValueError
    return text.replace("\0", "")
