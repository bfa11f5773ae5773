"""«Same account as …» and «Not the same account»: the user's word over the matching, and taking it back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web.api.accounts import DecisionShape, Merge, Split, merge_accounts, split_account, withdraw_decision
from tribureau.web.errors import status_of
from tribureau.web.pages.comparison import ComparedAccount, compared_accounts
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to

router = APIRouter(include_in_schema=False)
_MOST_OTHERS = 60


@router.get("/accounts/{account_id}/same")
async def same_account(visitor: SignedIn, account_id: UUID) -> HTMLResponse:
    return await _page(visitor, account_id)


@router.post("/accounts/{account_id}/merge", response_model=None)
async def merge(
    visitor: SignedIn, account_id: UUID, other: Annotated[UUID, Form(alias="account_id")]
) -> HTMLResponse | RedirectResponse:
    try:
        decision = await merge_accounts(account_id, Merge(account_id=other), visitor.parts, visitor.user)
    except InvalidInput as error:
        return await _page(visitor, account_id, error)
    return _to_accounts(decision, "merged")


@router.post("/accounts/{account_id}/split", response_model=None)
async def split(
    visitor: SignedIn, account_id: UUID, tradeline_ids: Annotated[list[UUID] | None, Form()] = None
) -> HTMLResponse | RedirectResponse:
    try:
        if not tradeline_ids:
            raise InvalidInput("No entry is ticked.", hint="Tick the entries that are another account.")
        decision = await split_account(account_id, Split(tradeline_ids=tradeline_ids), visitor.parts, visitor.user)
    except InvalidInput as error:
        return await _page(visitor, account_id, error)
    return _to_accounts(decision, "split")


@router.post("/accounts/decisions/{decision_id}/withdraw")
async def withdraw(visitor: SignedIn, decision_id: UUID) -> RedirectResponse:
    await withdraw_decision(decision_id, visitor.parts, visitor.user)
    return go_to("/accounts?show=all", "withdrawn")


async def _page(visitor: Visitor, account_id: UUID, error: InvalidInput | None = None) -> HTMLResponse:
    accounts = compared_accounts(await visitor.read("disputes.comparison", everything=True))
    account = next((one for one in accounts if one.account_id == str(account_id)), None)
    entries = await visitor.read("pages.account_entries", account_id=account_id)
    if account is None or not entries:
        raise NotFound(hint="It may have been put together with another one.")
    status = status_of(error) if error else 200
    others = _likeliest_first(account, accounts)
    return await visitor.page(
        "account_same.html", "accounts", status, account=account, entries=entries, others=others, problem=error
    )


def _likeliest_first(account: ComparedAccount, accounts: list[ComparedAccount]) -> list[ComparedAccount]:
    """The accounts that were matched, those with a name like this one's first."""
    name = canonical_creditor(account.name)
    others = [one for one in accounts if one.account_id != account.account_id and one.is_matched]
    others.sort(key=lambda one: (-creditor_likeness(name, canonical_creditor(one.name)), one.name.casefold()))
    return others[:_MOST_OTHERS]


def _to_accounts(decision: DecisionShape, done: str) -> RedirectResponse:
    return go_to("/accounts?show=all", done if decision.done else "decided", "decisions")
