"""A user's disputes: begun, written, moved, taken back; each change in one transaction that nobody overtook."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

import psycopg

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.deadlines import day_in
from tribureau.domain.disputes import ANSWERS, Actor, DisputeStatus, IllegalTransition, transition
from tribureau.domain.errors import Conflict, InvalidInput, NotFound, TribureauError
from tribureau.domain.masking import masked

_ONE_CURRENT: Final = (
    "one_current_dispute",
    "one_current_dispute_of_an_account",
    "one_current_dispute_of_an_entry",
)
_LEGAL: Final = "legal_dispute_transition"
_DATES: Final = {
    "received_after_mailing": "The bureau can't have received the letter before it was mailed.",
    "company_answered_after_mailing": "The company can't have answered before the letter was mailed.",
    "answered_after_mailing": "The bureau can't have answered before the letter was mailed.",
}


class AlreadyDisputed(Conflict):
    """There is a dispute of this account at this bureau already."""

    code = "already_disputed"
    hint = "Go on with that one; when it is answered, escalate it to begin the next round."


class ChangedMeanwhile(Conflict):
    """This dispute was changed since you looked at it."""

    code = "changed_meanwhile"


@dataclass(frozen=True, slots=True)
class Draft:
    """`bureau` may be None where the tradeline's source names one."""

    tradeline_id: UUID
    bureau: Bureau | None = None
    dispute_reason: str | None = None
    letter_content: str = ""
    change_notes: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where a user moves a dispute, and what they know about it."""

    status: DisputeStatus
    change_reason: str | None = None
    change_notes: str | None = None
    mailed_on: date | None = None
    tracking_number: str | None = None
    received_on: date | None = None
    bureau_response_date: date | None = None
    bureau_response_summary: str | None = None


async def begin_disputes(database: Database, user: UserId, drafts: Sequence[Draft]) -> list[UUID]:
    """All of them or none. Raises NotFound, InvalidInput or AlreadyDisputed; of several drafts it names the one."""
    begun = []
    async with database.as_user(user) as transaction:
        for number, draft in enumerate(drafts, start=1):
            try:
                begun.append(await begin_in(transaction, draft))
            except TribureauError as error:
                if len(drafts) == 1:
                    raise
                raise type(error)(f"Number {number} of {len(drafts)}: {error.message}", hint=error.hint) from error
    return begun


async def write_draft(
    database: Database, user: UserId, dispute: UUID, version: int, *, reason: str | None, letter: str | None
) -> Row:
    """The dispute as it is then. Raises NotFound, ChangedMeanwhile, InvalidInput."""
    async with database.as_user(user) as transaction:
        await unchanged_dispute(transaction, dispute, version)
        if letter is not None:
            await _refuse_second_text(transaction, dispute)
        with refusals():
            await transaction.run(
                "disputes.rewrite",
                dispute_id=dispute,
                version=version,
                dispute_reason=reason and masked(reason),
                letter_content=letter and masked(letter),
            )
        return await _found(transaction, dispute)


async def move_dispute(database: Database, user: UserId, dispute: UUID, version: int, step: Step) -> Row:
    """The dispute as it is then.

    Raises NotFound, ChangedMeanwhile, IllegalTransition, InvalidInput, AlreadyDisputed.
    """
    async with database.as_user(user) as transaction:
        return await move_in(transaction, dispute, version, step)


async def move_in(transaction: Transaction, dispute: UUID, version: int, step: Step) -> Row:
    """As `move_dispute`, in a transaction that goes on."""
    before = await unchanged_dispute(transaction, dispute, version)
    zone = await transaction.value("disputes.time_zone")
    _refuse_future(step, day_in(zone, datetime.now(UTC)))
    status = DisputeStatus(before["status"])
    if step.status is not status:
        transition(status, step.status, Actor.USER)
    _refuse_what_does_not_fit(step, status)
    with refusals():
        if await _take(transaction, dispute, version, step, status) is None:
            raise IllegalTransition(
                "This letter's way is told by the service that mailed it.", hint="Nothing is to be done by hand."
            )
    return await _found(transaction, dispute)


async def begin_in(transaction: Transaction, draft: Draft) -> UUID:
    """One draft, in a transaction that goes on. Raises NotFound, InvalidInput, AlreadyDisputed."""
    with refusals():
        begun: UUID | None = await transaction.value(
            "disputes.begin",
            tradeline_id=draft.tradeline_id,
            bureau=draft.bureau,
            dispute_reason=draft.dispute_reason and masked(draft.dispute_reason),
            letter_content=masked(draft.letter_content),
            change_notes=draft.change_notes and masked(draft.change_notes),
        )
    if begun is None:
        raise NotFound("There is no such account.")
    return begun


async def _take(transaction: Transaction, dispute: UUID, version: int, step: Step, before: DisputeStatus) -> int | None:
    told = {
        "dispute_id": dispute,
        "version": version,
        "change_reason": step.change_reason and masked(step.change_reason),
        "change_notes": step.change_notes and masked(step.change_notes),
    }
    if step.mailed_on:
        number = step.tracking_number
        return await _version(
            transaction, "disputes.mail_by_hand", told, mailed_on=step.mailed_on, tracking_number=number
        )
    if step.received_on:
        return await _version(transaction, "disputes.receive_by_hand", told, received_on=step.received_on)
    if step.status is DisputeStatus.PENDING and before is DisputeStatus.DRAFT:
        raise InvalidInput("It is not known when the letter was mailed.", hint="Give the day of mailing as mailed_on.")
    return await _version(
        transaction,
        "disputes.move",
        told,
        status=step.status,
        bureau_response_date=step.bureau_response_date,
        bureau_response_summary=step.bureau_response_summary and masked(step.bureau_response_summary),
    )


async def _version(transaction: Transaction, name: str, told: dict[str, object], **facts: object) -> int | None:
    version: int | None = await transaction.value(name, **told, **facts)
    return version


async def unchanged_dispute(transaction: Transaction, dispute: UUID, version: int) -> Row:
    """Waits for who is changing the user's disputes, so that what is read here stays true until the commit.

    Raises NotFound, ChangedMeanwhile.
    """
    await transaction.run("disputes.lock")
    row = await _found(transaction, dispute)
    if row["version"] != version:
        raise ChangedMeanwhile(
            f"This dispute was changed since you looked at it: it is {row['status']} now.",
            hint=f"Load it again: its version is {row['version']}, of {row['updated_at']:%Y-%m-%d at %H:%M} UTC.",
        )
    return row


async def _found(transaction: Transaction, dispute: UUID) -> Row:
    row = await transaction.first("disputes.find", dispute_id=dispute)
    if row is None:
        raise NotFound("There is no such dispute.")
    return row


async def _refuse_second_text(transaction: Transaction, dispute: UUID) -> None:
    """A dispute that is in a letter says what the letter says."""
    if written := await transaction.value("letters.of_dispute", dispute_id=dispute):
        raise InvalidInput(
            "This dispute is in a letter, and the letter's text is what counts.",
            hint=f"Edit the letter, at /api/v1/letters/{written} or /letters/{written}; its disputes follow.",
        )


def _refuse_future(step: Step, today: date) -> None:
    for name in ("mailed_on", "received_on", "bureau_response_date"):
        if (day := getattr(step, name)) and day > today:
            raise InvalidInput(f"{day} has not come yet.", hint=f"Give as {name} the day on which it happened.")


def _refuse_what_does_not_fit(step: Step, before: DisputeStatus) -> None:
    mended = step.status is before is DisputeStatus.INVESTIGATING and step.received_on is None
    fits = {
        "mailed_on": mended or step.status is DisputeStatus.PENDING,
        "tracking_number": bool(step.mailed_on),
        "received_on": step.status is DisputeStatus.INVESTIGATING,
        "bureau_response_date": step.status in ANSWERS,
        "bureau_response_summary": step.status in ANSWERS,
    }
    for name, fitting in fits.items():
        if getattr(step, name) is not None and not fitting:
            raise InvalidInput(f"{name} does not belong to a step to {step.status}.", hint="Leave it out.")
    if step.status in ANSWERS and step.bureau_response_date is None:
        raise InvalidInput("It is not known when the bureau answered.", hint="Give its date as bureau_response_date.")


@contextmanager
def refusals() -> Iterator[None]:
    """What the database refuses, in its own words: they were written for people."""
    try:
        yield
    except psycopg.errors.UniqueViolation as error:
        if error.diag.constraint_name not in _ONE_CURRENT:
            raise
        raise AlreadyDisputed from error
    except psycopg.errors.CheckViolation as error:
        rule, words, hint = error.diag.constraint_name, error.diag.message_primary, error.diag.message_hint
        if rule == _LEGAL:
            raise IllegalTransition(words or "", hint=hint or "") from error
        if rule in _DATES:
            raise InvalidInput(_DATES[rule], hint="Look at the dates again.") from error
        if rule == "disputes_bureau_check":
            raise InvalidInput(
                "The source of this account names no bureau.", hint="Say which bureau to ask."
            ) from error
        if hint is None:
            raise
        raise InvalidInput(words or "", hint=hint) from error
