"""Letters without a text, begun about drafts: one for each bureau and kind that they ask for."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID, uuid4

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.domain.letters import Language, LetterKind
from tribureau.domain.letters.reasons import REASONS
from tribureau.domain.letters.suggestions import kind_for_reasons, suggested_kind
from tribureau.workflows.disputed_items import item_of
from tribureau.workflows.write_letter import Choices

_MOST_ITEMS: Final = 20


async def start_letters(
    database: Database, user: UserId, disputes: Sequence[UUID], language: Language = Language.ENGLISH
) -> list[UUID]:
    """One letter for each bureau and kind that the drafts ask for; all or none. Raises NotFound, InvalidInput."""
    async with database.as_user(user) as transaction:
        begun = await letters_of(transaction, disputes, language, {})
        return list(dict.fromkeys(begun.values()))


async def letters_of(
    transaction: Transaction, disputes: Sequence[UUID], language: Language, reasons: Mapping[UUID, str]
) -> dict[UUID, UUID]:
    """As `start_letters`, in a transaction that goes on: the letter of each draft. A reason that fits is put down."""
    rows = await transaction.all("letters.drafts", dispute_ids=list(dict.fromkeys(disputes)))
    if not rows or len(rows) != len(set(disputes)):
        raise NotFound("There is no such dispute.")
    groups: dict[tuple[str, LetterKind], list[Row]] = {}
    for row in rows:
        _check_draft(row)
        reason = reasons.get(row["dispute_id"])
        kind = kind_for_reasons(_suggestion(row), [reason] if reason else [])
        groups.setdefault((row["bureau"], kind), []).append(row)
    begun: dict[UUID, UUID] = {}
    for (bureau, kind), drafts in groups.items():
        for first in range(0, len(drafts), _MOST_ITEMS):
            some = drafts[first : first + _MOST_ITEMS]
            letter = await _start(transaction, bureau, kind, some, language)
            begun |= {row["dispute_id"]: letter for row in some}
            for row in some:
                await _put_down(transaction, letter, row, reasons.get(row["dispute_id"]))
    return begun


async def _start(
    transaction: Transaction, bureau: str, kind: LetterKind, drafts: Sequence[Row], language: Language
) -> UUID:
    letter = uuid4()
    earlier = [row["earlier_mailed_at"].date() for row in drafts if row["earlier_mailed_at"]]
    answered = [row["answered_on"] for row in drafts if row["answered_on"]]
    known = Choices(kind, language, (), max(earlier, default=None), max(answered, default=None))
    await transaction.run(
        "letters.add", letter_id=letter, bureau=bureau, kind=kind, language=language, facts=known.facts()
    )
    for position, row in enumerate(drafts, 1):
        await transaction.run("letters.add_item", dispute_id=row["dispute_id"], letter_id=letter, position=position)
    return letter


async def _put_down(transaction: Transaction, letter: UUID, row: Row, reason: str | None) -> None:
    """The reason that a finding gave; the user still confirms it."""
    item = item_of(row, reason or "")
    if reason and item.kind in REASONS[reason].applies_to and REASONS[reason].fits(item):
        await transaction.run("letters.put_down", letter_id=letter, dispute_id=row["dispute_id"], reason=reason)


def _check_draft(row: Row) -> None:
    if row["letter_id"]:
        raise InvalidInput("There is a letter about one of these disputes already.", hint="Go on with that one.")
    if row["status"] != DisputeStatus.DRAFT:
        raise InvalidInput(
            f"A letter takes drafts; one of these disputes is {row['status']}.",
            hint="When the bureau has answered, escalate it to begin the next round.",
        )


def _suggestion(row: Row) -> LetterKind:
    before = row["earlier_outcome"]
    item = item_of(row, "").kind
    kind = suggested_kind(row["round"], DisputeStatus(before) if before else None, item)
    missing = {
        LetterKind.METHOD_OF_VERIFICATION: row["answered_on"] is None,
        LetterKind.SECOND_ROUND: row["earlier_mailed_at"] is None,
    }
    return suggested_kind(1, None, item) if missing.get(kind) else kind
