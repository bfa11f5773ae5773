"""What a user says of a dispute by hand: mailed, received, answered, corrected, taken back, noted."""

from collections.abc import Awaitable
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import Response

from tribureau.domain.disputes import ANSWERS, Answer, DisputeStatus
from tribureau.domain.errors import InvalidInput, NotFound, TribureauError
from tribureau.domain.mail import checked_tracking_number
from tribureau.web.pages import dispute_forms
from tribureau.web.pages.dispute import dispute_page
from tribureau.web.pages.dispute_forms import Refusal, WrongField
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.dispute import Step, move_dispute
from tribureau.workflows.dispute_answers import TypedAnswer, record_answer, withdraw_answer
from tribureau.workflows.dispute_story import StoredStory, read_story
from tribureau.workflows.post_letter import post_letter
from tribureau.workflows.start_letters import start_letters

router = APIRouter(prefix="/disputes/{dispute_id}", include_in_schema=False)
Version = Annotated[int, Form()]
Line = Annotated[str, Form(max_length=200)]
Words = Annotated[str, Form(max_length=10_000, pattern=r"^[^\x00]*$")]
_ON_ITS_WAY: Final = (DisputeStatus.DRAFT, DisputeStatus.PENDING, DisputeStatus.INVESTIGATING)
_UNDO: Final = {
    dispute_forms.Form.TAKE_BACK: (DisputeStatus.BLANK, "dispute-taken-back"),
    dispute_forms.Form.RESTORE: (DisputeStatus.DRAFT, "dispute-restored"),
    dispute_forms.Form.NOT_MAILED: (DisputeStatus.DRAFT, "dispute-undone"),
    dispute_forms.Form.NOT_RECEIVED: (DisputeStatus.PENDING, "dispute-undone"),
    dispute_forms.Form.NOT_ANSWERED: (DisputeStatus.INVESTIGATING, "dispute-undone"),
}


@router.post("/letter", response_model=None)
async def begin_letter(visitor: SignedIn, dispute_id: UUID) -> Response:
    try:
        (letter,) = await start_letters(visitor.parts.database, visitor.user, [dispute_id])
    except NotFound:
        raise
    except TribureauError as error:
        return await dispute_page(visitor, dispute_id, Refusal(error))
    return go_to(f"/letters/{letter}", "letters-begun")


@router.post("/mailed", response_model=None)
async def mailed(
    visitor: SignedIn,
    dispute_id: UUID,
    version: Version,
    mailed_on: Line = "",
    tracking_number: Line = "",
    dated: Line = "",
    letter_version: Annotated[int, Form()] = 0,
) -> Response:
    """Posted by hand, or its day and number corrected. The letter of this dispute alone is kept as it was posted."""
    typed = {"mailed_on": mailed_on, "tracking_number": tracking_number, "dated": dated}

    async def take() -> None:
        day = _day("mailed_on", mailed_on, "on which you posted it")
        number = _tracking(tracking_number)
        stored = await _not_through_letter(visitor, dispute_id)
        is_draft = stored.status is DisputeStatus.DRAFT and stored.dispute["version"] == version
        if is_draft and (letter := stored.round["letter_id"]):
            printed = _day("dated", dated, "that is printed on the letter") if dated.strip() else None
            await post_letter(visitor.parts.receiving, visitor.user, letter, letter_version, day, number or "", printed)
            return
        status = DisputeStatus.PENDING if stored.status is DisputeStatus.DRAFT else stored.status
        step = Step(status, mailed_on=day, tracking_number=number)
        await move_dispute(visitor.parts.database, visitor.user, dispute_id, version, step)

    return await _after(visitor, dispute_id, take(), "dispute-mailed", typed)


@router.post("/received", response_model=None)
async def received(visitor: SignedIn, dispute_id: UUID, version: Version, received_on: Line = "") -> Response:
    async def take() -> None:
        day = _day("received_on", received_on, "on which it arrived")
        await _not_through_letter(visitor, dispute_id)
        step = Step(DisputeStatus.INVESTIGATING, received_on=day)
        await move_dispute(visitor.parts.database, visitor.user, dispute_id, version, step)

    return await _after(visitor, dispute_id, take(), "dispute-received", {"received_on": received_on})


@router.post("/answered", response_model=None)
async def answered(
    visitor: SignedIn,
    dispute_id: UUID,
    version: Version,
    outcome: Line = "",
    answered_on: Line = "",
    summary: Words = "",
) -> Response:
    typed = {"outcome": outcome, "answered_on": answered_on, "summary": summary}

    async def take() -> None:
        if outcome not in ANSWERS:
            raise WrongField("outcome", InvalidInput("Say what the bureau answered.", hint="Choose one."))
        day = _day("answered_on", answered_on, "that stands on the answer")
        said = TypedAnswer(Answer(outcome.lower()), day, summary.replace("\r\n", "\n"))
        await record_answer(visitor.parts.database, visitor.user, dispute_id, version, said)

    return await _after(visitor, dispute_id, take(), "dispute-answered", typed)


@router.post("/undo/{what}", response_model=None)
async def undo(visitor: SignedIn, dispute_id: UUID, what: dispute_forms.Form, version: Version) -> Response:
    """A draft taken back and brought back, and whatever was said by mistake."""
    if what not in _UNDO:
        raise NotFound
    status, done = _UNDO[what]
    newest = await _newest_answer(visitor, dispute_id) if what is dispute_forms.Form.NOT_ANSWERED else None
    take: Awaitable[Any] = (
        withdraw_answer(visitor.parts.database, visitor.user, dispute_id, version, newest)
        if newest
        else move_dispute(visitor.parts.database, visitor.user, dispute_id, version, Step(status))
    )
    return await _after(visitor, dispute_id, take, done, {})


@router.post("/note", response_model=None)
async def note(visitor: SignedIn, dispute_id: UUID, version: Version, note: Words = "") -> Response:
    """A line of the user's own in the timeline; the dispute stays where it is."""

    async def take() -> None:
        words = note.replace("\r\n", "\n").strip()
        if not words:
            raise WrongField("note", InvalidInput("The note is empty.", hint="Write what you want to remember."))
        stored = await read_story(visitor.parts.database, visitor.user, dispute_id)
        answered_on = stored.dispute["bureau_response_date"] if stored.status in ANSWERS else None
        step = Step(stored.status, change_notes=words, bureau_response_date=answered_on)
        await move_dispute(visitor.parts.database, visitor.user, dispute_id, version, step)

    return await _after(visitor, dispute_id, take(), "dispute-noted", {"note": note})


async def _not_through_letter(visitor: Visitor, dispute: UUID) -> StoredStory:
    """Raises InvalidInput for a dispute that shares its letter with others, as long as that is on its way."""
    stored = await read_story(visitor.parts.database, visitor.user, dispute)
    if stored.status in _ON_ITS_WAY and dispute_forms.through_letter(stored):
        raise InvalidInput("This is said of the whole letter.", hint="Say it on the letter's page.")
    return stored


async def _newest_answer(visitor: Visitor, dispute: UUID) -> UUID | None:
    """The answer that holds now; None where the status alone says so."""
    rows = await visitor.read("dispute_answers.of_dispute", dispute_id=dispute)
    return next((row["answer_id"] for row in rows if row["new_status"] and row["withdrawn_at"] is None), None)


async def _after(visitor: Visitor, dispute: UUID, step: Awaitable[Any], done: str, typed: dict[str, str]) -> Response:
    """Back to the page, with what was done, or with what was refused and what was typed."""
    try:
        await step
    except NotFound:
        raise
    except TribureauError as error:
        return await dispute_page(visitor, dispute, Refusal(error, typed))
    return go_to(f"/disputes/{dispute}", done)


def _day(name: str, typed: str, meaning: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise WrongField(name, InvalidInput("The day is missing.", hint=f"Give the day {meaning}.")) from None


def _tracking(typed: str) -> str | None:
    if not typed.strip():
        return None
    try:
        return checked_tracking_number(typed)
    except InvalidInput as error:
        raise WrongField("tracking_number", error) from None
