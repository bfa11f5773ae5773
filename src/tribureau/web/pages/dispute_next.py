"""The step after an answer: the next round with its letter in one click, and the statement for the file."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response

from tribureau.domain.deadlines import day_in
from tribureau.domain.errors import InvalidInput, NotFound, TribureauError
from tribureau.domain.letters import Language
from tribureau.domain.next_steps import NextStep
from tribureau.web.api.letters import pdf_answer
from tribureau.web.pages.dispute import dispute_page
from tribureau.web.pages.dispute_forms import Refusal, WrongField
from tribureau.web.pages.visitor import SignedIn, go_to
from tribureau.workflows.consumer_statement import forget_statement, keep_statement, statement_pdf
from tribureau.workflows.next_round import begin_next_round

router = APIRouter(prefix="/disputes/{dispute_id}", include_in_schema=False)
Version = Annotated[int, Form()]


@router.post("/next-round", response_model=None)
async def next_round(
    visitor: SignedIn,
    dispute_id: UUID,
    version: Version,
    step: Annotated[NextStep, Form()],
    language: Language | None = None,
) -> Response:
    try:
        begun = await begin_next_round(visitor.parts.database, visitor.user, dispute_id, version, step, language)
    except NotFound:
        raise
    except TribureauError as error:
        return await dispute_page(visitor, dispute_id, Refusal(error))
    return go_to(f"/letters/{begun.letter_id}", "next-round")


@router.post("/statement", response_model=None)
async def keep(
    visitor: SignedIn,
    dispute_id: UUID,
    statement: Annotated[str, Form(max_length=20_000, pattern=r"^[^\x00]*$")] = "",
    statement_version: Version = 0,
    statement_language: Annotated[Language, Form()] = Language.ENGLISH,
) -> Response:
    typed = {"statement": statement}
    try:
        await keep_statement(
            visitor.parts.database, visitor.user, dispute_id, statement_version, statement, statement_language
        )
    except NotFound:
        raise
    except InvalidInput as error:
        return await dispute_page(visitor, dispute_id, Refusal(WrongField("statement", error), typed))
    except TribureauError as error:
        return await dispute_page(visitor, dispute_id, Refusal(error, typed))
    return go_to(f"/disputes/{dispute_id}", "statement-kept", "statement")


@router.post("/statement/drop", response_model=None)
async def drop(visitor: SignedIn, dispute_id: UUID, statement_version: Version) -> Response:
    try:
        await forget_statement(visitor.parts.database, visitor.user, dispute_id, statement_version)
    except NotFound:
        raise
    except TribureauError as error:
        return await dispute_page(visitor, dispute_id, Refusal(error))
    return go_to(f"/disputes/{dispute_id}", "statement-dropped", "next")


@router.get("/statement.pdf", response_model=None)
async def statement_letter(visitor: SignedIn, dispute_id: UUID) -> Response:
    frame = await visitor.read_one("pages.frame")
    today = day_in(frame["time_zone"], datetime.now(UTC))
    try:
        return pdf_answer(await statement_pdf(visitor.parts.receiving, visitor.user, dispute_id, today))
    except InvalidInput as error:
        return await dispute_page(visitor, dispute_id, Refusal(error))
