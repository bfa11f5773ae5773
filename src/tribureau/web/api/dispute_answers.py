"""What a bureau answered to a dispute, and what newer reports say of it."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from tribureau.bootstrap import WebParts
from tribureau.database.transactions import UserId
from tribureau.domain.disputes import Actor, Answer, DisputeStatus
from tribureau.domain.errors import NotFound
from tribureau.web.api.dispute_shapes import Words
from tribureau.web.api.disputes import IfMatch, version_of
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows import dispute_answers as answers

router = APIRouter(prefix="/api/v1/disputes", tags=["disputes"])


class NewAnswer(BaseModel):
    """Either what the bureau said, when, and in which words; or an item of an uploaded letter, which is confirmed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"outcome": "verified", "answered_on": "2026-11-18", "summary": "Confirmed as reported."}
        },
    )
    outcome: Answer | None = None
    answered_on: date | None = None
    summary: Words = ""
    response_id: UUID | None = None
    item_id: UUID | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        typed, named = (self.outcome, self.answered_on), (self.response_id, self.item_id)
        one = (all(typed) and not any(named)) or (all(named) and not any((*typed, self.summary)))
        if not one:
            raise ValueError("give outcome and answered_on, or response_id and item_id of a letter's result")
        return self


class AnswerShape(BaseModel):
    """`new_status` is what it made of the dispute; null for a word that ends nothing and is a note. One that was read
    from a letter, or seen in a report, names it for as long as that file is here."""

    answer_id: UUID
    outcome: Answer
    answered_on: date
    summary: str
    new_status: DisputeStatus | None
    recorded_at: datetime
    recorded_by: Actor
    withdrawn_at: datetime | None
    response_id: UUID | None
    item_id: UUID | None
    proposal_id: UUID | None
    report_upload_id: UUID | None


class ValueChange(BaseModel):
    field: str
    before: str
    after: str


class ProposalShape(BaseModel):
    """What a newer report says. `reinserted`: an item that was deleted is back; accepting it begins the next round,
    with a letter about the reinsertion."""

    proposal_id: UUID
    kind: Literal["deleted", "updated", "reinserted"]
    report_upload_id: UUID
    report_date: date
    changes: list[ValueChange]
    status: Literal["proposed", "accepted", "set_aside"]
    decided_at: datetime | None
    decided_by: Actor | None


class DisputeResponseShape(BaseModel):
    """The answer that holds (`bureau_response_…`), every one that was entered, newest first, and what reports say."""

    dispute_id: UUID
    status: DisputeStatus
    bureau_response_date: date | None
    bureau_response_summary: str | None
    version: int
    answers: list[AnswerShape]
    proposals: list[ProposalShape]
    next_round_id: UUID | None = None
    letter_id: UUID | None = None


class ProposalWord(BaseModel):
    """`proposed` takes the word back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"status": "accepted"}})
    status: Annotated[Literal["accepted", "set_aside", "proposed"], Field(description="What you say to it.")]


@router.get("/{dispute_id}/response", summary="What the bureau answered, and what newer reports say")
async def get_response(dispute_id: UUID, parts: Parts, user: CurrentUser, response: Response) -> DisputeResponseShape:
    found = await _response(parts, user, dispute_id)
    response.headers["ETag"] = f'"{found.version}"'
    return found


@router.post("/{dispute_id}/response", status_code=201, summary="Enter an answer, or confirm a letter's result as one")
async def enter_response(
    dispute_id: UUID, new: NewAnswer, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> DisputeResponseShape:
    version = version_of(if_match)
    if new.response_id and new.item_id:
        await answers.confirm_item_for(parts.database, user, dispute_id, version, new.response_id, new.item_id)
    elif new.outcome and new.answered_on:
        typed = answers.TypedAnswer(new.outcome, new.answered_on, new.summary)
        await answers.record_answer(parts.database, user, dispute_id, version, typed)
    return await get_response(dispute_id, parts, user, response)


@router.delete("/{dispute_id}/response/{answer_id}", summary="Take an answer back; its dispute goes back as well")
async def take_answer_back(
    dispute_id: UUID, answer_id: UUID, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> DisputeResponseShape:
    await answers.withdraw_answer(parts.database, user, dispute_id, version_of(if_match), answer_id)
    return await get_response(dispute_id, parts, user, response)


@router.patch("/{dispute_id}/proposals/{proposal_id}", summary="Accept what a report says, set it aside, or undo that")
async def decide_proposal(
    dispute_id: UUID, proposal_id: UUID, word: ProposalWord, parts: Parts, user: CurrentUser, response: Response
) -> DisputeResponseShape:
    begun = await answers.decide_proposal(parts.database, user, dispute_id, proposal_id, word.status)
    found = await get_response(dispute_id, parts, user, response)
    if begun is None:
        return found
    return found.model_copy(update={"next_round_id": begun.dispute_id, "letter_id": begun.letter_id})


async def _response(parts: WebParts, user: UserId, dispute: UUID) -> DisputeResponseShape:
    async with parts.database.as_user(user) as transaction:
        row = await transaction.first("disputes.find", dispute_id=dispute)
        if row is None:
            raise NotFound("There is no such dispute.")
        entered = await transaction.all("dispute_answers.of_dispute", dispute_id=dispute)
        proposals = await transaction.all("dispute_proposals.of_dispute", dispute_id=dispute)
    return DisputeResponseShape.model_validate(row | {"answers": entered, "proposals": proposals})
