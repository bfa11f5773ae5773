"""Accounts as the bureaus report them: read from reports, typed by hand, corrected."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from psycopg.types.json import Jsonb

from tribureau.bootstrap import WebParts
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.domain.masking import masked
from tribureau.domain.negative_items import classify
from tribureau.domain.tradelines import Tradeline
from tribureau.reader.values import account_number
from tribureau.web.api.paging import cursor, position
from tribureau.web.api.shapes import (
    NewTradeline,
    TradelineChange,
    TradelineFacts,
    TradelinePage,
    TradelineShape,
    TradelineWithEvidence,
)
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1/tradelines", tags=["tradelines"])


@router.get("", summary="List accounts, newest report first")
async def list_tradelines(
    parts: Parts,
    user: CurrentUser,
    upload_id: UUID | None = None,
    bureau: Bureau | None = None,
    is_negative: bool | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> TradelinePage:
    before, before_position, before_id = position(after, datetime.fromisoformat, int, UUID)
    rows = await parts.database.read_as_user(
        user,
        "api.tradelines",
        upload_id=upload_id,
        bureau=bureau,
        is_negative=is_negative,
        before=before,
        before_position=before_position,
        before_id=before_id,
        limit=limit + 1,
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return TradelinePage(
        items=[TradelineShape.model_validate(row) for row in rows[:limit]],
        next=cursor(last["created_at"], -(last["position"] or 0), last["tradeline_id"]) if last else None,
    )


@router.get("/{tradeline_id}", summary="One account with where each value stands and what was corrected")
async def get_tradeline(tradeline_id: UUID, parts: Parts, user: CurrentUser) -> TradelineWithEvidence:
    rows = await parts.database.read_as_user(user, "api.tradeline", id=tradeline_id)
    if not rows:
        raise NotFound("There is no such account.")
    return TradelineWithEvidence.model_validate(rows[0])


@router.post("", status_code=201, summary="Type an account by hand")
async def add_tradeline(
    new: NewTradeline, parts: Parts, user: CurrentUser, response: Response
) -> TradelineWithEvidence:
    facts = _masked(new.model_dump(mode="json"))
    if new.is_negative is None:
        facts["is_negative"] = classify(_as_tradeline(new)).is_negative
    async with parts.database.as_user(user) as transaction:
        tradeline_id = await transaction.value("api.add_tradeline", facts=Jsonb(facts))
    response.headers["Location"] = f"/api/v1/tradelines/{tradeline_id}"
    return await get_tradeline(tradeline_id, parts, user)


@router.patch("/{tradeline_id}", summary="Correct an account; what was read is kept beside it")
async def change_tradeline(
    tradeline_id: UUID, change: TradelineChange, parts: Parts, user: CurrentUser
) -> TradelineWithEvidence:
    changes = _masked(change.model_dump(mode="json", exclude_unset=True))
    if empty := sorted(key for key in changes.keys() & _NEVER_EMPTY if changes[key] in (None, "")):
        raise InvalidInput(f"{', '.join(empty)} can't be empty.")
    await _change(parts, user, tradeline_id, changes)
    return await get_tradeline(tradeline_id, parts, user)


@router.delete("/{tradeline_id}", status_code=204, summary="Delete an account that was typed by hand")
async def delete_tradeline(tradeline_id: UUID, parts: Parts, user: CurrentUser) -> None:
    async with parts.database.as_user(user) as transaction:
        if await transaction.run("api.delete_typed_tradeline", id=tradeline_id):
            return
        if await transaction.first("api.tradeline", id=tradeline_id):
            raise InvalidInput(
                "This account was read from a report.", hint="It goes when you delete the report. Correct it instead."
            )
    raise NotFound("There is no such account.")


async def _change(parts: WebParts, user: CurrentUser, tradeline_id: UUID, changes: dict[str, Any]) -> None:
    async with parts.database.as_user(user) as transaction:
        if not await transaction.run("api.change_tradeline", id=tradeline_id, changes=Jsonb(changes)):
            raise NotFound("There is no such account.")


_NEVER_EMPTY = frozenset(
    {
        "creditor_name",
        "is_negative",
        "disputed",
        "payment_history",
        *(name for name in TradelineFacts.model_fields if name.endswith("_precision") or name.startswith("late_")),
    }
)


_FREE_TEXT = ("creditor_name", "original_creditor", "terms", "comments", "remarks")


def _masked(facts: dict[str, Any]) -> dict[str, Any]:
    """A number typed in full, wherever it was typed, is masked to its last four before it is stored."""
    facts |= {name: masked(facts[name]) for name in _FREE_TEXT if facts.get(name)}
    if "account_number" in facts:
        number = account_number(facts["account_number"])
        facts["account_number"] = number and number.printed
        facts["account_number_last4"] = number and number.last4
    return facts


def _as_tradeline(new: NewTradeline) -> Tradeline:
    return Tradeline(
        creditor_name=new.creditor_name,
        bureau=new.bureau,
        account_type=new.account_type,
        account_status=new.account_status,
        payment_status=new.payment_status,
        past_due=new.past_due,
        charge_off_amount=new.charge_off_amount,
        late_payments_30=new.late_payments_30,
        late_payments_60=new.late_payments_60,
        late_payments_90=new.late_payments_90,
        late_payments_120=new.late_payments_120,
        payment_history=dict(new.payment_history),
    )
