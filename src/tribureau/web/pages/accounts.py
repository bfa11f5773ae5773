"""Accounts side by side at the three bureaus, and an account typed by hand."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ValidationError

from tribureau.bootstrap import mail_allowance
from tribureau.database.transactions import Row
from tribureau.domain.deadlines import day_in
from tribureau.domain.errors import InvalidInput
from tribureau.web.api.shapes import NewTradeline
from tribureau.web.api.tradelines import add_tradeline, delete_tradeline
from tribureau.web.dispute_standing import standings_of
from tribureau.web.pages import comparison
from tribureau.web.pages.account_choice import NOTHING, SORTS, chosen_accounts
from tribureau.web.pages.typed_values import typed_value
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.deadlines import open_dispute

router = APIRouter(include_in_schema=False)


class TypedAccount(BaseModel):
    """The form's fields as they were typed."""

    bureau: str = ""
    is_negative: str = ""
    creditor_name: str = ""
    account_number: str = ""
    account_type: str = ""
    account_status: str = ""
    payment_status: str = ""
    balance: str = ""
    date_opened: str = ""


_UNKNOWN: Row = dict.fromkeys(
    (
        "report_upload_id",
        "negative_kind",
        "original_creditor",
        "date_of_first_delinquency_precision",
        "box",
        "worst_late",
    )
)
_TYPED = tuple(field for field in TypedAccount.model_fields if field not in {"bureau", "is_negative"})


@router.get("/accounts")
async def accounts(visitor: SignedIn, show: str = "", sort: str = "", page: int = 1) -> HTMLResponse:
    """Negative ones first where there are any, as the comparison's question is what is wrong."""
    [frame], rows, running, notes, decisions = await visitor.read_several(
        "pages.frame",
        "disputes.comparison",
        "deadlines.running",
        "pages.account_notes",
        "pages.account_decisions",
        everything=True,
    )
    zone = frame["time_zone"]
    today = day_in(zone, datetime.now(UTC))
    allowance = mail_allowance(visitor.parts.settings)
    found = comparison.compared_accounts(
        rows,
        {note["tradeline_id"]: comparison.Note(note["is_typed"], note["findings"]) for note in notes},
        standings_of(rows, [open_dispute(row, today, allowance) for row in running], today, zone),
    )
    choice = chosen_accounts(found, show, sort, page)
    return visitor.render(
        "accounts.html",
        active="accounts",
        frame=frame,
        choice=choice,
        details=await _details(visitor, choice.accounts),
        sorts=SORTS,
        nothing=NOTHING.get(choice.shown, ""),
        bureaus=[bureau.value for bureau in comparison.COLUMNS],
        decisions=decisions,
    )


async def _details(visitor: Visitor, shown: list[comparison.ComparedAccount]) -> dict[str, Row]:
    """By tradeline; nothing is known of one that was deleted while the page was made."""
    ids = [str(cell.row["tradeline_id"]) for account in shown for cell in account.all_cells]
    rows = await visitor.read("pages.compared_details", tradeline_ids=ids) if ids else []
    return dict.fromkeys(ids, _UNKNOWN) | {str(row["tradeline_id"]): row for row in rows}


@router.get("/accounts/new")
async def new_account(visitor: SignedIn) -> HTMLResponse:
    return await _form(visitor, {})


@router.post("/accounts/new", response_model=None)
async def type_account(visitor: SignedIn, typed: Annotated[TypedAccount, Form()]) -> HTMLResponse | RedirectResponse:
    values = typed.model_dump()
    try:
        added = await add_tradeline(_new_tradeline(values), visitor.parts, visitor.user, Response())
    except InvalidInput as error:
        return await _form(visitor, values, error)
    return go_to(f"/accounts/typed/{added.tradeline_id}", "added")


@router.post("/accounts/typed/{tradeline_id}/delete")
async def delete_account(visitor: SignedIn, tradeline_id: UUID) -> RedirectResponse:
    await delete_tradeline(tradeline_id, visitor.parts, visitor.user)
    return go_to("/accounts", "deleted")


def _new_tradeline(values: dict[str, str]) -> NewTradeline:
    if not values["creditor_name"].strip():
        raise InvalidInput("The creditor is missing.", hint="Type the name as the report prints it.")
    typed = [typed_value(field, values[field]) for field in _TYPED]
    facts = {name: value for part in typed for name, value in part.items()}
    negative = {"is_negative": True} if values["is_negative"] else {}
    try:
        return NewTradeline.model_validate(facts | negative | {"bureau": values["bureau"]})
    except ValidationError as error:
        raise InvalidInput("Some values can't be saved.", hint=error.errors()[0]["msg"] + ".") from error


async def _form(visitor: Visitor, values: dict[str, str], error: InvalidInput | None = None) -> HTMLResponse:
    known = TypedAccount().model_dump() | values
    bureaus = [bureau.value for bureau in comparison.COLUMNS]
    status = 422 if error else 200
    return await visitor.page("account_new.html", "accounts", status, values=known, bureaus=bureaus, problem=error)
