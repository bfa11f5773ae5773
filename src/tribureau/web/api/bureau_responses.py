"""Bureaus' answers to disputes, as read from uploaded letters: each result is a proposal that the user decides on."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from tribureau.database.transactions import Transaction
from tribureau.domain.bureau_responses import Decision, ItemKind, Outcome, ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web.api.paging import cursor, position
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

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
    account that the letter names beyond doubt."""

    item_id: UUID
    kind: ItemKind
    creditor_name: str
    account_number: str | None
    outcome: Outcome
    read_outcome: Outcome
    outcome_text: str
    account_id: UUID | None
    suggested_account_id: UUID | None
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
    yours that is known here; left out, the account stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"status": "confirmed"}})
    status: Annotated[Decision, Field(description="What you say to it.")]
    outcome: Outcome | None = None
    account_id: UUID | None = None


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
    chooses = "account_id" in decision.model_fields_set
    if decision.status is Decision.PROPOSED and (decision.outcome or chooses):
        raise InvalidInput(
            "A decision that is taken back has no outcome and no account.", hint="Send the status alone."
        )
    async with parts.database.as_user(user) as transaction:
        await _check_account(transaction, decision.account_id)
        row = await transaction.first(
            "bureau_responses.decide",
            response_id=response_id,
            item_id=item_id,
            status=decision.status,
            outcome=decision.outcome,
            chooses=chooses,
            account_id=decision.account_id,
        )
    if row is None:
        raise NotFound("There is no such result.")
    return ResponseItemShape.model_validate(row)


@router.post("/{response_id}/confirm", summary="Confirm every result that still waits")
async def confirm_all(response_id: UUID, parts: Parts, user: CurrentUser) -> BureauResponseShape:
    async with parts.database.as_user(user) as transaction:
        await transaction.run("bureau_responses.decide_all", response_id=response_id, status=Decision.CONFIRMED)
    return await get_response(response_id, parts, user)


async def _check_account(transaction: Transaction, account_id: UUID | None) -> None:
    if account_id is None:
        return
    known: Any = await transaction.value("bureau_responses.has_account", account_id=account_id)
    if not known:
        raise InvalidInput("There is no such account.", hint="Take an account_id of your tradelines, or null.")
