"""What a user says to answers on a dispute's page: a letter's result, a report's proposal, a word that ends nothing."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from tribureau.domain.disputes import Answer
from tribureau.domain.errors import InvalidInput
from tribureau.web.pages.visitor import SignedIn, go_to
from tribureau.workflows import dispute_answers as answers

router = APIRouter(prefix="/disputes/{dispute_id}", include_in_schema=False)
Version = Annotated[int, Form()]
Words = Annotated[str, Form(max_length=10_000, pattern=r"^[^\x00]*$")]
_STATUS: Final = {"accept": "accepted", "set-aside": "set_aside", "undo": "proposed"}
_DONE: Final = {"accept": "proposal-accepted", "set-aside": "proposal-set-aside", "undo": "proposal-undone"}
_ANCHOR: Final = "answers"


@router.post("/proposals/{proposal_id}/{word}")
async def decide_proposal(
    visitor: SignedIn, dispute_id: UUID, proposal_id: UUID, word: Literal["accept", "set-aside", "undo"]
) -> RedirectResponse:
    begun = await answers.decide_proposal(visitor.parts.database, visitor.user, dispute_id, proposal_id, _STATUS[word])
    if begun:
        return go_to(f"/letters/{begun.letter_id}", "letters-begun")
    return go_to(f"/disputes/{dispute_id}", _DONE[word], _ANCHOR)


@router.post("/results/{response_id}/{item_id}")
async def confirm_result(
    visitor: SignedIn, dispute_id: UUID, response_id: UUID, item_id: UUID, version: Version
) -> RedirectResponse:
    await answers.confirm_item_for(visitor.parts.database, visitor.user, dispute_id, version, response_id, item_id)
    return go_to(f"/disputes/{dispute_id}", "result-confirmed", _ANCHOR)


@router.post("/answers")
async def note_answer(
    visitor: SignedIn,
    dispute_id: UUID,
    version: Version,
    outcome: Annotated[str, Form()] = "",
    answered_on: Annotated[str, Form()] = "",
    summary: Words = "",
) -> RedirectResponse:
    typed = typed_answer(outcome, answered_on, summary)
    await answers.record_answer(visitor.parts.database, visitor.user, dispute_id, version, typed)
    return go_to(f"/disputes/{dispute_id}", "dispute-noted", _ANCHOR)


@router.post("/answers/{answer_id}/undo")
async def take_back(visitor: SignedIn, dispute_id: UUID, answer_id: UUID, version: Version) -> RedirectResponse:
    await answers.withdraw_answer(visitor.parts.database, visitor.user, dispute_id, version, answer_id)
    return go_to(f"/disputes/{dispute_id}", "dispute-undone", _ANCHOR)


def typed_answer(outcome: str, answered_on: str, summary: str) -> answers.TypedAnswer:
    """Raises InvalidInput."""
    if outcome not in set(Answer):
        raise InvalidInput("Say what the bureau answered.", hint="Go back and choose one.")
    try:
        day = date.fromisoformat(answered_on.strip())
    except ValueError:
        raise InvalidInput("The day is missing.", hint="Go back and give the day that stands on the letter.") from None
    return answers.TypedAnswer(Answer(outcome), day, summary.replace("\r\n", "\n"))
