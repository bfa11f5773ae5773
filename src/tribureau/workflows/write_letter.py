"""Letters of disputes: begun from drafts, written from what the user confirmed, edited, restored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.errors import Conflict, InvalidInput, NotFound
from tribureau.domain.letters import DisputedItem, Language, LetterFacts, LetterKind, compose
from tribureau.domain.letters.dates import names_impossible_day
from tribureau.domain.letters.reasons import REASONS
from tribureau.domain.letters.recipients import MOST_ADDRESS_LINES
from tribureau.domain.masking import masked
from tribureau.domain.typed_text import without_controls
from tribureau.workflows.disputed_items import item_of


class LetterChanged(Conflict):
    """This letter was changed since you looked at it."""

    code = "changed_meanwhile"


class LetterMailed(Conflict):
    """This letter is in the mail, so it stays as it is."""

    code = "letter_mailed"
    hint = "Take the mailing back first, or begin the next round when the bureau has answered."


@dataclass(frozen=True, slots=True)
class Saying:
    """What the user says of one dispute. Nothing is written of it until they confirm it."""

    dispute_id: UUID
    reason: str
    correction: str = ""
    explanation: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a letter is composed from; the dates are those of an earlier letter and of its answer."""

    kind: LetterKind
    language: Language
    sayings: Sequence[Saying]
    earlier_letter_on: date | None = None
    answered_on: date | None = None
    with_report_pages: bool = True
    recipient_lines: Sequence[str] = ()
    """The company's name and address, of a letter to one."""

    def facts(self) -> str:
        return json.dumps(
            {
                "earlier_letter_on": self.earlier_letter_on and self.earlier_letter_on.isoformat(),
                "answered_on": self.answered_on and self.answered_on.isoformat(),
                "with_report_pages": self.with_report_pages,
            }
        )


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter's row and those of its items, in their order."""

    row: Row
    items: list[Row]

    @property
    def language(self) -> Language:
        return Language(self.row["language"])

    @property
    def is_direct(self) -> bool:
        """Whether it goes to a company, and not to a bureau."""
        return not LetterKind(self.row["kind"]).goes_to_a_bureau

    def check_version(self, version: int) -> None:
        """Raises LetterMailed, LetterChanged."""
        if self.row["state"] == "mailed":
            raise LetterMailed
        if self.row["version"] != version:
            raise LetterChanged(
                f"This letter was changed since you looked at it, on {self.row['updated_at']:%Y-%m-%d at %H:%M} UTC.",
                hint=f"Nothing of yours was saved. Load it again: it is version {self.row['version']} now.",
            )


async def stored_letter(transaction: Transaction, letter: UUID) -> StoredLetter:
    """Raises NotFound."""
    row = await transaction.first("letters.find", letter_id=letter)
    if row is None:
        raise NotFound("There is no such letter.")
    return StoredLetter(row, await transaction.all("letters.items", letter_id=letter))


async def find_letter(database: Database, user: UserId, letter: UUID) -> StoredLetter:
    async with database.as_user(user) as transaction:
        return await stored_letter(transaction, letter)


async def save_letter(database: Database, user: UserId, letter: UUID, version: int, choices: Choices) -> StoredLetter:
    """Composes the text anew from what the user chose and confirmed, and tells it to the disputes.

    Raises NotFound, LetterChanged, LetterMailed, and InvalidInput where an item is not confirmed, a reason does not
    fit or something is missing; nothing is changed then.
    """
    async with database.as_user(user) as transaction:
        stored = await _open(transaction, letter, version)
        content = composed(stored, choices, date.today())
        said = {saying.dispute_id: saying for saying in choices.sayings}
        await transaction.run(
            "letters.write",
            letter_id=letter,
            version=version,
            kind=choices.kind,
            language=choices.language,
            facts=choices.facts(),
            content=content,
            recipient_lines=_checked_lines(stored, choices),
        )
        for item in stored.items:
            await _write_item(transaction, stored, item, said[item["dispute_id"]], choices.language)
        await _tell_disputes(transaction, stored.items, content, said)
        return await stored_letter(transaction, letter)


async def edit_letter(database: Database, user: UserId, letter: UUID, version: int, content: str) -> StoredLetter:
    """The user's own words in place of ours. Raises NotFound, LetterChanged, LetterMailed, InvalidInput."""
    words = _typed(content)
    if not words:
        raise InvalidInput("The letter is empty.", hint="Write something, or go back to the original.")
    async with database.as_user(user) as transaction:
        stored = await _open(transaction, letter, version)
        if stored.row["state"] == "draft":
            raise InvalidInput("This letter is not written yet.", hint="Choose the reasons and confirm them first.")
        await transaction.run("letters.edit", letter_id=letter, version=version, content=words)
        await _tell_disputes(transaction, stored.items, words, {})
        return await stored_letter(transaction, letter)


async def restore_original(database: Database, user: UserId, letter: UUID, version: int) -> StoredLetter:
    """The text as it was composed. Raises NotFound, LetterChanged, LetterMailed, InvalidInput."""
    stored = await find_letter(database, user, letter)
    return await edit_letter(database, user, letter, version, stored.row["original_content"])


async def drop_letter(database: Database, user: UserId, letter: UUID, version: int) -> None:
    """Its disputes stay drafts, without a text. Raises NotFound, LetterChanged, LetterMailed."""
    async with database.as_user(user) as transaction:
        stored = await _open(transaction, letter, version)
        await transaction.run("letters.forget", letter_id=letter)
        await _tell_disputes(transaction, stored.items, "", {})


def composed(stored: StoredLetter, choices: Choices, today: date) -> str:
    """The letter's text, its placeholders unfilled. Raises InvalidInput."""
    said = {saying.dispute_id: saying for saying in choices.sayings}
    disputes = {item["dispute_id"] for item in stored.items}
    if set(said) != disputes:
        raise InvalidInput(
            "This letter is about other disputes than those that were chosen.",
            hint="Give a reason for each dispute of the letter and for no other.",
        )
    return compose(
        LetterFacts(
            kind=choices.kind,
            items=[_disputed(item, said[item["dispute_id"]], choices.language, today) for item in stored.items],
            language=choices.language,
            report_on=_report_date(stored.items),
            earlier_letter_on=choices.earlier_letter_on,
            answered_on=choices.answered_on,
            unanswered=all(item["earlier_outcome"] == DisputeStatus.EXPIRED for item in stored.items),
        )
    )


async def _open(transaction: Transaction, letter: UUID, version: int) -> StoredLetter:
    """Waits for who is changing the user's disputes, so that what is read here stays true until the commit."""
    await transaction.run("disputes.lock")
    stored = await stored_letter(transaction, letter)
    stored.check_version(version)
    return stored


def _disputed(row: Row, saying: Saying, language: Language, today: date) -> DisputedItem:
    correction = _typed(saying.correction)
    if names_impossible_day(correction, today):
        raise InvalidInput(
            f"«{correction}» names a day that has not come, or that is in no calendar.",
            hint="Look at its day, month and year.",
        )
    return replace(
        item_of(row, saying.reason, language),
        correction=correction,
        explanation=_typed(saying.explanation),
        confirmed_on=today if saying.confirmed else None,
    )


def _report_date(items: Sequence[Row]) -> date | None:
    """The report's date where the letter is about one report."""
    dates = {item["report_date"] for item in items}
    return dates.pop() if len(dates) == 1 else None


def _checked_lines(stored: StoredLetter, choices: Choices) -> list[str]:
    """Raises InvalidInput where a company's letter would go to a bureau, or the other way round, or nowhere."""
    if choices.kind.goes_to_a_bureau is stored.is_direct:
        raise InvalidInput("A letter keeps to whom it goes: a bureau, or a company.", hint="Begin another letter.")
    typed = choices.recipient_lines if stored.is_direct else ()
    lines = [line for line in map(_line, typed) if line]
    if len(lines) > MOST_ADDRESS_LINES:
        raise InvalidInput(
            "The company's address does not fit on an envelope.", hint=f"{MOST_ADDRESS_LINES} lines at most."
        )
    return lines


async def _write_item(
    transaction: Transaction, stored: StoredLetter, item: Row, saying: Saying, language: Language
) -> None:
    facts = item_of(item, saying.reason, language).printed
    await transaction.run(
        "letters.write_direct_item" if stored.is_direct else "letters.write_item",
        letter_id=stored.row["letter_id"],
        dispute_id=item["dispute_id"],
        reason=saying.reason,
        correction=_typed(saying.correction) or None,
        explanation=_typed(saying.explanation) or None,
        printed=json.dumps([{"label": fact.label.in_(language), "value": fact.value} for fact in facts]),
    )


async def _tell_disputes(
    transaction: Transaction, items: Sequence[Row], content: str, said: Mapping[UUID, Saying]
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "dispute_id": item["dispute_id"],
            "content": content,
            "reason": _in_words(said.get(item["dispute_id"])),
        }
        for item in items
    ]
    if rows:
        await transaction.run_many("letters.tell_dispute", rows)


def _line(typed: str) -> str:
    return without_controls(typed).strip()


def _typed(text: str) -> str:
    """What the user typed, without what must not be kept of it or can't be seen."""
    return masked(without_controls(text)).strip()


def _in_words(saying: Saying | None) -> str | None:
    if saying is None:
        return None
    label = REASONS[saying.reason].label.en
    details = (_typed(part) for part in (saying.correction, saying.explanation))
    return ". ".join([label, *(part for part in details if part)])
