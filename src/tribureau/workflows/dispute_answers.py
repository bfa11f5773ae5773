"""What a bureau answered to a dispute: from a letter's item that the user confirms, typed by hand, or seen in a report.

The database moves the dispute in the same transaction, for whoever records an answer or takes it back.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.bureau_responses import Decision, Outcome
from tribureau.domain.deadlines import day_in
from tribureau.domain.disputes import Answer
from tribureau.domain.errors import Conflict, InvalidInput, NotFound
from tribureau.domain.letters import LetterKind
from tribureau.domain.masking import masked
from tribureau.workflows.dispute import refusals, unchanged_dispute
from tribureau.workflows.dispute_story import stored_story
from tribureau.workflows.next_round import NextRound
from tribureau.workflows.start_letters import letters_of


@dataclass(frozen=True, slots=True)
class ItemWord:
    """What the user says to one item. Of account and dispute, the one that was found stays unless `chooses_…` is set;
    chosen and None, it is none that is known here."""

    status: Decision
    outcome: Outcome | None = None
    chooses_account: bool = False
    account_id: UUID | None = None
    chooses_dispute: bool = False
    dispute_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    outcome: Answer
    answered_on: date
    summary: str = ""


async def decide_item(database: Database, user: UserId, response: UUID, item: UUID, word: ItemWord) -> Row:
    """The item as it is then. Raises NotFound, InvalidInput, IllegalTransition; nothing is changed then."""
    if word.status is Decision.PROPOSED and (word.outcome or word.chooses_account or word.chooses_dispute):
        raise InvalidInput(
            "A decision that is taken back has no outcome, account or dispute.", hint="Send the status alone."
        )
    async with database.as_user(user) as transaction:
        await transaction.run("disputes.lock")
        await _check_choices(transaction, word)
        with refusals():
            row = await transaction.first(
                "bureau_responses.decide",
                response_id=response,
                item_id=item,
                status=word.status,
                outcome=word.outcome,
                chooses=word.chooses_account,
                account_id=word.account_id,
                chooses_dispute=word.chooses_dispute,
                dispute_id=word.dispute_id,
            )
    if row is None:
        raise NotFound("There is no such result.")
    return row


async def confirm_items(database: Database, user: UserId, response: UUID) -> None:
    """Every item that still waits, or none. Raises InvalidInput, IllegalTransition."""
    async with database.as_user(user) as transaction:
        await transaction.run("disputes.lock")
        with refusals():
            await transaction.run("bureau_responses.decide_all", response_id=response, status=Decision.CONFIRMED)


async def confirm_item_for(
    database: Database, user: UserId, dispute: UUID, version: int, response: UUID, item: UUID
) -> None:
    """Raises NotFound, ChangedMeanwhile, InvalidInput, IllegalTransition."""
    async with database.as_user(user) as transaction:
        await unchanged_dispute(transaction, dispute, version)
        with refusals():
            found = await transaction.first(
                "bureau_responses.decide",
                response_id=response,
                item_id=item,
                status=Decision.CONFIRMED,
                outcome=None,
                chooses=False,
                account_id=None,
                chooses_dispute=True,
                dispute_id=dispute,
            )
    if found is None:
        raise NotFound("There is no such result.")


async def record_answer(database: Database, user: UserId, dispute: UUID, version: int, answer: TypedAnswer) -> None:
    """Raises NotFound, ChangedMeanwhile, InvalidInput, IllegalTransition."""
    async with database.as_user(user) as transaction:
        await unchanged_dispute(transaction, dispute, version)
        await _record(transaction, dispute, answer)


async def note_for(database: Database, user: UserId, disputes: list[UUID], answer: TypedAnswer) -> None:
    """The same word of a bureau on several disputes; all or none. Raises as `record_answer`."""
    async with database.as_user(user) as transaction:
        await transaction.run("disputes.lock")
        for dispute in dict.fromkeys(disputes):
            if await transaction.first("disputes.find", dispute_id=dispute) is None:
                raise NotFound("There is no such dispute.")
            await _record(transaction, dispute, answer)


async def withdraw_answer(database: Database, user: UserId, dispute: UUID, version: int, answer: UUID) -> None:
    """Where it came from a letter or a report, that word is taken back as well.

    Raises NotFound, ChangedMeanwhile, InvalidInput, IllegalTransition.
    """
    async with database.as_user(user) as transaction:
        await unchanged_dispute(transaction, dispute, version)
        rows = await transaction.all("dispute_answers.of_dispute", dispute_id=dispute)
        found = next((row for row in rows if row["answer_id"] == answer and row["withdrawn_at"] is None), None)
        if found is None:
            raise NotFound("There is no such answer.", hint="It may have been taken back already.")
        with refusals():
            if found["item_id"]:
                await transaction.run(
                    "bureau_responses.take_back", response_id=found["response_id"], item_id=found["item_id"]
                )
            elif found["proposal_id"]:
                seen = {"dispute_id": dispute, "proposal_id": found["proposal_id"]}
                await transaction.run("dispute_proposals.decide", **seen, status="proposed")
            else:
                await transaction.run("dispute_answers.withdraw", dispute_id=dispute, answer_id=answer)


async def decide_proposal(
    database: Database, user: UserId, dispute: UUID, proposal: UUID, status: str
) -> NextRound | None:
    """`accepted`, `set_aside`, or `proposed` to undo. The next round, with its letter, where accepting began one.

    Raises NotFound, InvalidInput, IllegalTransition.
    """
    async with database.as_user(user) as transaction:
        await transaction.run("disputes.lock")
        with refusals():
            decided = await transaction.first(
                "dispute_proposals.decide", dispute_id=dispute, proposal_id=proposal, status=status
            )
        if decided is None:
            raise NotFound("There is no such proposal.", hint="Its report may have been deleted or read again.")
        if decided["kind"] != "reinserted" or status != "accepted":
            return None
        story = await stored_story(transaction, dispute)
        draft: UUID = story.dispute["current_dispute_id"]
        begun = await letters_of(transaction, [draft], story.language, {})
        await transaction.run("timeline.choose_kind", letter_id=begun[draft], kind=LetterKind.REINSERTION)
        return NextRound(draft, begun[draft])


async def _record(transaction: Transaction, dispute: UUID, answer: TypedAnswer) -> None:
    if answer.answered_on > day_in(await transaction.value("disputes.time_zone"), datetime.now(UTC)):
        raise InvalidInput(f"{answer.answered_on} has not come yet.", hint="Give the day on which the bureau answered.")
    with refusals():
        recorded = await transaction.value(
            "dispute_answers.record",
            dispute_id=dispute,
            outcome=answer.outcome,
            answered_on=answer.answered_on,
            summary=masked(answer.summary.strip()),
        )
    if recorded is None:
        raise Conflict


async def _check_choices(transaction: Transaction, word: ItemWord) -> None:
    if word.account_id and not await transaction.value("bureau_responses.has_account", account_id=word.account_id):
        raise InvalidInput("There is no such account.", hint="Take an account_id of your tradelines, or null.")
    if word.dispute_id and await transaction.first("disputes.find", dispute_id=word.dispute_id) is None:
        raise InvalidInput("There is no such dispute.", hint="Take a dispute_id of your disputes, or null.")
