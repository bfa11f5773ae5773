"""What may follow an answer: the steps that are open, the next round in one call, the statement for the file."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from tribureau.domain.errors import NotFound
from tribureau.domain.letters import Language, LetterKind
from tribureau.domain.next_steps import NextStep, Offer, Story, complaint, drafted_statement
from tribureau.web.api.disputes import IfMatch, version_of
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.consumer_statement import forget_statement, keep_statement
from tribureau.workflows.dispute_story import read_story
from tribureau.workflows.next_round import begin_next_round

router = APIRouter(prefix="/api/v1/disputes/{dispute_id}", tags=["disputes"])


class OfferShape(BaseModel):
    """A step that is open. `letter` is the kind of letter that `next-round` begins with; `text` is there to be copied,
    made from what the user confirmed alone. `not_before`: the first day on which it can be taken, if not yet."""

    kind: NextStep
    title: str
    words: str
    citation: str
    letter: LetterKind | None
    not_before: date | None
    text: str | None


class NextSteps(BaseModel):
    steps: list[OfferShape]


class NewRound(BaseModel):
    """Closes this round and begins the next one with its letter, in one transaction."""

    model_config = ConfigDict(extra="forbid")
    kind: NextStep
    language: Language | None = None


class BegunRound(BaseModel):
    dispute_id: UUID
    letter_id: UUID


class NewStatement(BaseModel):
    """At most a hundred words, 15 USC 1681i(b)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"content": "I paid this in March 2024."}})
    content: Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]
    language: Language = Language.ENGLISH


class StatementShape(BaseModel):
    content: str
    language: Language
    version: int
    updated_at: datetime


@router.get("/next-steps", summary="What can be done next, with the rule behind each and the texts for it")
async def next_steps(dispute_id: UUID, parts: Parts, user: CurrentUser, language: Language | None = None) -> NextSteps:
    stored = await read_story(parts.database, user, dispute_id)
    spoken = language or stored.language
    story = stored.story(spoken)
    return NextSteps(steps=[_shape(offer, story, spoken) for offer in stored.offers()])


@router.post("/next-round", status_code=201, summary="Close this round and begin the next with its letter")
async def next_round(
    dispute_id: UUID, new: NewRound, parts: Parts, user: CurrentUser, if_match: IfMatch = None
) -> BegunRound:
    begun = await begin_next_round(parts.database, user, dispute_id, version_of(if_match), new.kind, new.language)
    return BegunRound(dispute_id=begun.dispute_id, letter_id=begun.letter_id)


@router.get("/statement", summary="Your statement about a dispute")
async def get_statement(dispute_id: UUID, parts: Parts, user: CurrentUser, response: Response) -> StatementShape:
    rows = await parts.database.read_as_user(user, "timeline.statement", dispute_id=dispute_id)
    if not rows:
        raise NotFound("There is no statement about such a dispute.")
    response.headers["ETag"] = f'"{rows[0]["version"]}"'
    return StatementShape.model_validate(rows[0])


@router.put("/statement", summary="Keep a statement; with If-Match where there is one already")
async def put_statement(
    dispute_id: UUID, new: NewStatement, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> StatementShape:
    version = version_of(if_match) if if_match else 0
    await keep_statement(parts.database, user, dispute_id, version, new.content, new.language)
    return await get_statement(dispute_id, parts, user, response)


@router.delete("/statement", status_code=204, summary="Drop a statement")
async def delete_statement(dispute_id: UUID, parts: Parts, user: CurrentUser, if_match: IfMatch = None) -> None:
    await forget_statement(parts.database, user, dispute_id, version_of(if_match))


def _shape(offer: Offer, story: Story, language: Language) -> OfferShape:
    return OfferShape(
        kind=offer.step,
        title=offer.title.in_(language),
        words=offer.words.in_(language),
        citation=offer.citation,
        letter=offer.letter,
        not_before=offer.not_before,
        text=_text(offer, story, language),
    )


def _text(offer: Offer, story: Story, language: Language) -> str | None:
    if offer.step is NextStep.STATEMENT:
        return drafted_statement(story, language)
    told = complaint(story, language) if offer.step is NextStep.CFPB_COMPLAINT else None
    return f"{told.what_happened}\n\n{told.fair_resolution}" if told else None
