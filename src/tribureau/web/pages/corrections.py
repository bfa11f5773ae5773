"""Correcting a value in place, taking a correction back, saying that a doubtful value is right."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import ValidationError

from tribureau.database.transactions import Row
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web.api.shapes import TradelineChange
from tribureau.web.api.tradelines import change_tradeline
from tribureau.web.pages.account_facts import CORRECTABLE
from tribureau.web.pages.report import account_address, account_page
from tribureau.web.pages.typed_values import typed_value
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to

router = APIRouter(include_in_schema=False)
_FIELDS = CORRECTABLE | {"is_negative"}


@router.post("/reports/{upload_id}/accounts/{tradeline_id}/fields/{field}", response_model=None)
@router.post("/accounts/typed/{tradeline_id}/fields/{field}", response_model=None)
async def correct(
    visitor: SignedIn,
    tradeline_id: UUID,
    field: str,
    value: Annotated[str, Form()] = "",
    upload_id: UUID | None = None,
) -> Response:
    """Back to the value, or the page again with what is wrong with what was typed."""
    if field not in _FIELDS:
        raise NotFound
    try:
        await change_values(visitor, tradeline_id, typed_value(field, value))
    except InvalidInput as error:
        return await account_page(visitor, tradeline_id, upload_id, error)
    return await _back(visitor, tradeline_id, field, "saved")


@router.post("/reports/{upload_id}/accounts/{tradeline_id}/months", response_model=None)
@router.post("/accounts/typed/{tradeline_id}/months", response_model=None)
async def correct_month(
    visitor: SignedIn,
    tradeline_id: UUID,
    month: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    upload_id: UUID | None = None,
) -> Response:
    """One month of the payment history; the others stay."""
    found = await visitor.read_one("pages.account", tradeline_id=tradeline_id)
    try:
        history = found["tradeline"]["payment_history"] | {month: code}
        await change_values(visitor, tradeline_id, {"payment_history": history})
    except InvalidInput as error:
        return await account_page(visitor, tradeline_id, upload_id, error)
    return await _back(visitor, tradeline_id, "payment_history", "saved")


@router.post("/reports/{upload_id}/accounts/{tradeline_id}/fields/{field}/undo", response_model=None)
async def undo(visitor: SignedIn, tradeline_id: UUID, field: str) -> Response:
    found = await visitor.read_one("pages.account", tradeline_id=tradeline_id)
    names = {field, f"{field}_precision"}
    read = {row["field"]: row["read_value"] for row in found["corrections"] if row["field"] in names}
    if not read:
        raise NotFound
    await change_values(visitor, tradeline_id, read)
    return await _back(visitor, tradeline_id, field, "undone")


@router.post("/reports/{upload_id}/accounts/{tradeline_id}/fields/{field}/confirm", response_model=None)
async def confirm(visitor: SignedIn, tradeline_id: UUID, field: str) -> Response:
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        if not await transaction.first(
            "values_to_check.confirm", tradeline_id=tradeline_id, field=field, is_right=True
        ):
            raise NotFound
    return await _back(visitor, tradeline_id, field, "confirmed")


async def change_values(visitor: Visitor, tradeline_id: UUID, changes: dict[str, Any]) -> None:
    """Corrects an account. Raises InvalidInput, NotFound."""
    try:
        change = TradelineChange.model_validate(changes)
    except ValidationError as error:
        raise InvalidInput("That value can't be saved.", hint=error.errors()[0]["msg"] + ".") from error
    await change_tradeline(tradeline_id, change, visitor.parts, visitor.user)


async def _back(visitor: Visitor, tradeline_id: UUID, field: str, done: str) -> Response:
    found: Row = await visitor.read_one("pages.account", tradeline_id=tradeline_id)
    anchor = "negative" if field == "is_negative" else f"value-{field}"
    return go_to(account_address(found["tradeline"]), done, anchor)
