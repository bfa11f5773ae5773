"""Commands to the stand-in, for tests and for its own page: faults, rules, the clock, events; and its ledger."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from tribureau.sandbox import faults, lob_letters, stripe_money
from tribureau.sandbox.books import Books, Object
from tribureau.sandbox.refusals import lob_refusal
from tribureau.sandbox.stripe_routes import BooksHere

router = APIRouter(prefix="/control", include_in_schema=False)


class Armed(BaseModel):
    """A fault: which operation (`*` any), how, how many times, with which chance, for how many seconds."""

    operation: str = "*"
    kind: str
    times: int = Field(1, ge=1)
    chance: float = Field(1.0, gt=0, le=1)
    seconds: float = Field(30.0, ge=0)


class Rules(BaseModel):
    """What is left out stays as it is."""

    webhooks: bool | None = None
    doubled: float | None = Field(None, ge=0, le=1)
    shuffled: float | None = Field(None, ge=0, le=1)
    pace_seconds: float | None = Field(None, gt=0)
    cancel_window_seconds: float | None = Field(None, ge=0)
    ahead_seconds: float | None = Field(None, ge=0)


@router.get("/ledger")
async def ledger(books: BooksHere) -> list[Object]:
    return books.ledger()


@router.get("/waiting")
async def waiting(books: BooksHere) -> dict[str, int]:
    """What is still to come: events of letters and payments, and deliveries of webhooks."""
    return {name: books.run(f"select count(*) from {name}")[0][0] for name in ("plans", "deliveries")}  # noqa: S608


@router.post("/faults", status_code=204)
async def arm(books: BooksHere, fault: Armed) -> None:
    _arm(books, fault)


@router.post("/faults/form")
async def arm_by_form(books: BooksHere, fault: Annotated[Armed, Form()]) -> RedirectResponse:
    _arm(books, fault)
    return RedirectResponse("/", 303)


@router.delete("/faults", status_code=204)
async def disarm(books: BooksHere) -> None:
    books.run("delete from faults")


@router.post("/rules", status_code=204)
async def set_rules(books: BooksHere, rules: Rules) -> None:
    for name, value in rules.model_dump(exclude_none=True).items():
        books.set_rule(name, value)


@router.post("/forget", status_code=204)
async def forget(books: BooksHere) -> None:
    """No faults, no rules, and nothing more to come; what happened has happened."""
    with books.change():
        for name in ("faults", "rules", "plans", "deliveries"):
            books.run(f"delete from {name}")  # noqa: S608


@router.post("/disputes/{intent}", status_code=204)
async def dispute(books: BooksHere, intent: str) -> None:
    with books.change():
        stripe_money.dispute(books, intent)


class Happened(BaseModel):
    event: Literal[
        "mailed", "in_transit", "in_local_area", "processed_for_delivery", "re-routed", "returned_to_sender",
        "delivered", "pickup_available", "issue", "rejected", "failed", "rendered_pdf",
    ]  # fmt: skip


@router.post("/letters/{id_}", status_code=204)
async def happen(books: BooksHere, id_: str, what: Happened) -> None:
    with books.change():
        lob_letters.happen(books, id_, what.event)


def _arm(books: Books, fault: Armed) -> None:
    if fault.kind not in (*faults.ON_THE_WAY, *faults.FATES) or fault.operation not in (*faults.OPERATIONS, "*"):
        raise lob_refusal(422, "No such fault. The sandbox's page lists them.", "invalid")
    books.run(
        "insert into faults (operation, kind, times, chance, seconds) values (?, ?, ?, ?, ?)",
        *(fault.operation, fault.kind, fault.times, fault.chance, fault.seconds),
    )
