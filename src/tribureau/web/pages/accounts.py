"""Accounts side by side at the three bureaus, and an account typed by hand."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ValidationError

from tribureau.domain.errors import InvalidInput
from tribureau.web.api.shapes import NewTradeline
from tribureau.web.api.tradelines import add_tradeline, delete_tradeline
from tribureau.web.pages import comparison
from tribureau.web.pages.typed_values import typed_value
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to

router = APIRouter(include_in_schema=False)
_ROWS_A_PAGE = 50


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


_TYPED = tuple(field for field in TypedAccount.model_fields if field not in {"bureau", "is_negative"})


@router.get("/accounts")
async def accounts(visitor: SignedIn, show: str = "", sort: str = "worst", page: int = 1) -> HTMLResponse:
    """Negative ones first where there are any, as the comparison's question is what is wrong."""
    found = comparison.compared_accounts(await visitor.read("pages.accounts"))
    counts = {key: sum(comparison.passes(account, key) for account in found) for key in comparison.FILTERS}
    chosen = show if show in comparison.FILTERS else "negative" if counts["negative"] else "all"
    sort = sort if sort in comparison.SORTS else "worst"
    left = comparison.chosen_accounts(found, chosen, sort)
    pages = max(1, -(-len(left) // _ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    return await visitor.page(
        "accounts.html",
        "accounts",
        accounts=left[(page - 1) * _ROWS_A_PAGE : page * _ROWS_A_PAGE],
        counts=counts,
        filters=comparison.FILTERS,
        chosen=chosen,
        sort=sort,
        sorts=comparison.SORTS,
        bureaus=[bureau.value for bureau in comparison.COLUMNS],
        decisions=await visitor.read("pages.account_decisions"),
        page=page,
        pages=pages,
    )


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
