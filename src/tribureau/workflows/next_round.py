"""The next round in one step: this one is closed, the next begins as a draft, and its letter with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tribureau.database.transactions import Database, UserId
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import Language
from tribureau.domain.next_steps import NextStep, letter_of
from tribureau.workflows.dispute import Step, move_in
from tribureau.workflows.dispute_story import stored_story
from tribureau.workflows.start_letters import letters_of

_WHY: Mapping[NextStep, str] = {
    NextStep.METHOD_OF_VERIFICATION: "To ask how it was verified.",
    NextStep.SECOND_ROUND: "To dispute it again, with something new.",
    NextStep.NO_ANSWER: "No answer came, so I write again.",
    NextStep.ANSWER_THE_BUREAU: "The bureau calls it frivolous or asks for more.",
    NextStep.REINSERTION: "It was deleted and came back.",
}


@dataclass(frozen=True, slots=True)
class NextRound:
    dispute_id: UUID
    letter_id: UUID


async def begin_next_round(
    database: Database, user: UserId, dispute: UUID, version: int, step: NextStep, language: Language | None = None
) -> NextRound:
    """All of it or nothing; the letter is in the language of the one before, unless another is named.

    Raises NotFound, ChangedMeanwhile, IllegalTransition, InvalidInput where the step isn't open.
    """
    async with database.as_user(user) as transaction:
        await transaction.run("disputes.lock")
        story = await stored_story(transaction, dispute)
        kind = letter_of(story.status, step)
        if kind is None and story.dispute["version"] == version:
            raise InvalidInput(
                f"That step is not open while a dispute is {story.status}.", hint="Look at what can be done now."
            )
        why = Step(DisputeStatus.ESCALATED, change_reason=_WHY.get(step))
        closed = await move_in(transaction, dispute, version, why)
        draft: UUID = closed["current_dispute_id"]
        begun = await letters_of(transaction, [draft], language or story.language, {})
        await transaction.run("timeline.choose_kind", letter_id=begun[draft], kind=kind)
        return NextRound(draft, begun[draft])
