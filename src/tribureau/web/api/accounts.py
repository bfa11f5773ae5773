"""Accounts across bureaus and reports, as the user puts them together or apart. Their word holds for later reports."""

import asyncio
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter
from psycopg.types.json import Jsonb
from pydantic import BaseModel, ConfigDict, Field

from tribureau.bootstrap import WebParts
from tribureau.database.transactions import UserId
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1", tags=["accounts"])
_LOOKS = 40
_SECONDS_BETWEEN_LOOKS = 0.05


class Merge(BaseModel):
    model_config = ConfigDict(extra="forbid")
    account_id: UUID


class Split(BaseModel):
    model_config = ConfigDict(extra="forbid")
    tradeline_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class DecisionShape(BaseModel):
    """`done` tells whether the accounts stand in their new order already; they follow when a worker is there."""

    decision_id: UUID
    done: bool


@router.post("/accounts/{account_id}/merge", status_code=201, summary="Two accounts are the same")
async def merge_accounts(account_id: UUID, merge: Merge, parts: Parts, user: CurrentUser) -> DecisionShape:
    both = [account_id, merge.account_id]
    decision = uuid4()
    async with parts.database.as_user(user) as transaction:
        if len(await transaction.all("accounts.accounts_of", accounts=both)) < len(set(both)):
            raise NotFound("There is no such account.")
        if account_id == merge.account_id:
            raise InvalidInput("An account can't be merged with itself.")
        if not await transaction.run("accounts.merge", accounts=both, decision_id=decision):
            raise InvalidInput(
                "These accounts are printed the same.", hint="They differ by their place in a list only."
            )
    return DecisionShape(decision_id=decision, done=await _followed(parts, user))


@router.post("/accounts/{account_id}/split", status_code=201, summary="Some entries of an account are another account")
async def split_account(account_id: UUID, split: Split, parts: Parts, user: CurrentUser) -> DecisionShape:
    """Entries that are printed the same go along: later reports could not tell them apart."""
    decision = uuid4()
    async with parts.database.as_user(user) as transaction:
        rows = await transaction.all("accounts.prints_of_account", account_id=account_id)
        printed = {row["tradeline_id"]: row["print"] for row in rows}
        if not printed or not printed.keys() >= set(split.tradeline_ids):
            raise NotFound("There is no such account.")
        pairs = _apart(printed, {printed[id_] for id_ in split.tradeline_ids})
        if not pairs:
            raise InvalidInput("That is the whole account.", hint="Leave at least one entry that is printed otherwise.")
        await transaction.run("accounts.decide", decision_id=decision, pairs=Jsonb(pairs))
    return DecisionShape(decision_id=decision, done=await _followed(parts, user))


@router.delete("/account-decisions/{decision_id}", status_code=204, summary="Take a merge or split back")
async def withdraw_decision(decision_id: UUID, parts: Parts, user: CurrentUser) -> None:
    async with parts.database.as_user(user) as transaction:
        if not await transaction.run("accounts.withdraw", decision_id=decision_id):
            raise NotFound("There is no such decision.")
    await _followed(parts, user)


def _apart(printed: dict[UUID, int], chosen: set[int]) -> list[dict[str, object]]:
    """Each print that goes against each that stays, and those that go together; one tradeline stands for its print."""
    newest = {number: id_ for id_, number in reversed(printed.items())}
    going = [id_ for number, id_ in newest.items() if number in chosen]
    staying = [id_ for number, id_ in newest.items() if number not in chosen]
    if not staying:
        return []
    apart = [{"one": str(one), "other": str(other), "together": False} for one in going for other in staying]
    return [*apart, *({"one": str(going[0]), "other": str(other), "together": True} for other in going[1:])]


async def _followed(parts: WebParts, user: UserId) -> bool:
    """Waits a moment for the worker, so that the next page shows the accounts as they were decided."""
    for _ in range(_LOOKS):
        if not (await parts.database.read_as_user(user, "accounts.decisions_wait"))[0]["wait"]:
            return True
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    return False
