"""Bureaus' answers to disputes, as read from uploaded letters: each result is a proposal that the user decides on."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tribureau.domain.bureau_responses import Decision, ItemKind, Outcome, ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import NotFound
from tribureau.web.api.paging import cursor, position
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows import dispute_answers
from tribureau.workflows.dispute_answers import ItemWord

router = APIRouter(prefix="/api/v1/bureau-responses", tags=["bureau responses"])


class PlaceShape(BaseModel):
    """Where something stands in the letter: page from 1, box in PDF points from the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    printed_text: str
    rule: str
    confidence: float


class ChangeShape(PlaceShape):
    """A value that the bureau says it changed, as printed; `before` is null where only the new one is."""

    field: str
    before: str | None
    after: str


class ResponseItemShape(BaseModel):
    """One disputed item. `outcome` is as read (`read_outcome`) until you say otherwise; `suggested_account_id` is the
    account that the letter names beyond doubt; an inquiry has its day and a public record its docket (`reference`),
    where they are printed; `dispute_id` is the dispute that it answers, once it is confirmed."""

    item_id: UUID
    kind: ItemKind
    creditor_name: str
    account_number: str | None
    inquired_on: date | None
    reference: str | None
    outcome: Outcome
    read_outcome: Outcome
    outcome_text: str
    account_id: UUID | None
    suggested_account_id: UUID | None
    dispute_id: UUID | None
    without_dispute: bool
    changes: list[ChangeShape]
    evidence: dict[str, PlaceShape]
    status: Decision
    decided_at: datetime | None
    decided_by: str | None


class BureauResponseShape(BaseModel):
    response_id: UUID
    report_upload_id: UUID
    kind: ResponseKind
    bureau: Bureau | None
    letter_date: date | None
    reference: str | None
    evidence: dict[str, PlaceShape]
    items: list[ResponseItemShape]
    created_at: datetime


class BureauResponsePage(BaseModel):
    items: list[BureauResponseShape]
    next: str | None


class ItemDecision(BaseModel):
    """`proposed` takes the decision back and brings what was read. `account_id: null` says that it is no account of
    yours that is known here; left out, the account stays as it is. A confirmed item moves the dispute of its account at
    that bureau, or the one named by `dispute_id`, or none where that is null."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"status": "confirmed"}})
    status: Annotated[Decision, Field(description="What you say to it.")]
    outcome: Outcome | None = None
    account_id: UUID | None = None
    dispute_id: UUID | None = None


@router.get("", summary="List bureaus' answers, newest first")
async def list_responses(
    parts: Parts,
    user: CurrentUser,
    upload_id: UUID | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> BureauResponsePage:
    before, before_id = position(after, datetime.fromisoformat, UUID)
    rows = await parts.database.read_as_user(
        user, "bureau_responses.list", upload_id=upload_id, before=before, before_id=before_id, limit=limit + 1
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return BureauResponsePage(
        items=[BureauResponseShape.model_validate(row) for row in rows[:limit]],
        next=cursor(last["created_at"], last["response_id"]) if last else None,
    )


@router.get("/{response_id}", summary="One answer with its results and where each stands in the letter")
async def get_response(response_id: UUID, parts: Parts, user: CurrentUser) -> BureauResponseShape:
    rows = await parts.database.read_as_user(user, "bureau_responses.one", response_id=response_id)
    if not rows:
        raise NotFound("There is no such answer.")
    return BureauResponseShape.model_validate(rows[0])


@router.patch("/{response_id}/items/{item_id}", summary="Confirm, change or reject one result, or take that back")
async def decide_item(
    response_id: UUID, item_id: UUID, decision: ItemDecision, parts: Parts, user: CurrentUser
) -> ResponseItemShape:
    word = ItemWord(
        decision.status,
        decision.outcome,
        "account_id" in decision.model_fields_set,
        decision.account_id,
        "dispute_id" in decision.model_fields_set,
        decision.dispute_id,
    )
    row = await dispute_answers.decide_item(parts.database, user, response_id, item_id, word)
    return ResponseItemShape.model_validate(row)


@router.post("/{response_id}/confirm", summary="Confirm every result that still waits")
async def confirm_all(response_id: UUID, parts: Parts, user: CurrentUser) -> BureauResponseShape:
    await dispute_answers.confirm_items(parts.database, user, response_id)
    return await get_response(response_id, parts, user)
