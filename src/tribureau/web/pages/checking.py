"""Please check these: one doubtful value after another, each beside the piece of the page that it was read from."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from tribureau.database.transactions import Row
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web.api.values_to_check import FieldName
from tribureau.web.errors import status_of
from tribureau.web.pages.checking_queue import Crop, Key, Queue, checked_fact, crop_of
from tribureau.web.pages.corrections import change_values
from tribureau.web.pages.report import account_address
from tribureau.web.pages.typed_values import typed_value
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to

router = APIRouter(include_in_schema=False)
_MONTHS = "payment_history"


class Checked(BaseModel):
    """What each form of the page carries: the value, and whether one report is gone through or all."""

    tradeline_id: UUID
    field: FieldName
    report: UUID | None = None

    @property
    def key(self) -> Key:
        return Key(self.tradeline_id, self.field)


@router.get("/check")
async def check(
    visitor: SignedIn, report: UUID | None = None, at: str = "", last: Annotated[str, Query(max_length=120)] = ""
) -> HTMLResponse:
    """The value `at`, or the first that still asks; `last` is the one that was answered just now."""
    queue = await _queue(visitor, report)
    key = queue.known(at) or queue.first_open
    if key is None:
        of = await visitor.read_one("pages.report", upload_id=report) if report else None
        known = queue.known(last)
        return await visitor.page("checked.html", "reports", queue=queue, of=of, last=known, address=address)
    return await _page(visitor, queue, key, last=queue.known(last))


@router.post("/check/right")
async def right(visitor: SignedIn, said: Annotated[Checked, Form()]) -> RedirectResponse:
    await _confirm(visitor, said.key, is_right=True)
    return await _onward(visitor, said)


@router.post("/check/value", response_model=None)
async def correct(
    visitor: SignedIn, said: Annotated[Checked, Form()], value: Annotated[str, Form()] = ""
) -> HTMLResponse | RedirectResponse:
    """What the user typed. The value that stands there already counts as confirmed."""
    found = await _one(visitor, said.key)
    try:
        changes = _changes(found["tradeline"], said.field, value)
        if all(_same(found["tradeline"].get(name), new) for name, new in changes.items()):
            await _confirm(visitor, said.key, is_right=True)
        else:
            await change_values(visitor, said.tradeline_id, changes)
    except InvalidInput as error:
        queue = await _queue(visitor, said.report)
        return await _page(visitor, queue, said.key, error=error, typed=value)
    return await _onward(visitor, said)


@router.post("/check/undo")
async def undo(visitor: SignedIn, said: Annotated[Checked, Form()]) -> RedirectResponse:
    """The value is again what was read, and asks again."""
    found = await _one(visitor, said.key)
    read = {row["field"]: row["read_value"] for row in found["corrections"]}
    base, _, month = said.field.partition("/")
    changes = {name: read[name] for name in (base, f"{base}_precision") if name in read}
    if month and changes:
        now = {at: code for at, code in found["tradeline"][base].items() if at != month}
        changes = {base: now | ({month: read[base][month]} if month in read[base] else {})}
    if changes:
        await change_values(visitor, said.tradeline_id, changes)
    await _confirm(visitor, said.key, is_right=False)
    return go_to(address(said.report, said.key))


def address(report: UUID | str | None, key: Key | None = None, last: Key | None = None) -> str:
    """The page of a value; without one, of the first that still asks."""
    asked = {"report": report, "at": key, "last": last}
    query = urlencode({name: str(value) for name, value in asked.items() if value})
    return f"/check?{query}" if query else "/check"


async def _queue(visitor: Visitor, report: UUID | None) -> Queue:
    rows = await visitor.read("values_to_check.queue", upload_id=report)
    return Queue(report, {Key(row["tradeline_id"], row["field"]): row["is_open"] for row in rows})


async def _one(visitor: Visitor, key: Key) -> Row:
    return await visitor.read_one("values_to_check.one", tradeline_id=key.tradeline_id, field=key.field)


async def _confirm(visitor: Visitor, key: Key, *, is_right: bool) -> None:
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        if not await transaction.first("values_to_check.confirm", **key._asdict(), is_right=is_right):
            raise NotFound


async def _onward(visitor: Visitor, said: Checked) -> RedirectResponse:
    queue = await _queue(visitor, said.report)
    return go_to(address(said.report, queue.open_after(said.key), said.key))


async def _page(
    visitor: Visitor,
    queue: Queue,
    key: Key,
    *,
    last: Key | None = None,
    error: InvalidInput | None = None,
    typed: str | None = None,
) -> HTMLResponse:
    found = await _one(visitor, key)
    crop: Crop | None = crop_of(found["place"], found["report"]["page_sizes"] or [])
    return await visitor.page(
        "check.html",
        "reports",
        status_of(error) if error else 200,
        queue=queue,
        key=key,
        crop=crop,
        fact=checked_fact(found, typed),
        tradeline=found["tradeline"],
        place=found["place"],
        of=found["report"],
        account=account_address(found["tradeline"]),
        last=last,
        problem=error,
        address=address,
    )


def _changes(tradeline: Row, field: str, text: str) -> dict[str, Any]:
    base, _, month = field.partition("/")
    if not month:
        return typed_value(field, text)
    others = {at: code for at, code in tradeline[base].items() if at != month}
    return {_MONTHS: others | ({month: text} if text else {})}


def _same(known: Any, typed: Any) -> bool:
    if known is None or typed is None or isinstance(known, bool | dict):
        return bool(known == typed)
    return float(known) == float(typed) if isinstance(known, int | float) else str(known) == str(typed)
