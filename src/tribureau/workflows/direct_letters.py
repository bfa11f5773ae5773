"""Letters to the companies behind accounts: who reported them, or who collects them; in `personal` mode only."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import psycopg

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput, NotAllowed, NotFound
from tribureau.domain.letters import ItemKind, Language, LetterKind
from tribureau.workflows.begin_letters import MOST_PICKS
from tribureau.workflows.disputed_items import item_of
from tribureau.workflows.write_letter import StoredLetter


class NoDirectLetters(NotAllowed):
    """Letters to companies are not written here."""

    code = "no_direct_letters"
    hint = (
        "A company need not answer one that a credit repair service prepared (12 CFR 1022.43(b)(2)): write it yourself."
    )


def refuse_direct(stored: StoredLetter, *, allowed: bool) -> None:
    """Raises NoDirectLetters for a letter to a company where none is written; one that is in the mail may be seen."""
    if stored.is_direct and not allowed and stored.row["state"] != "mailed":
        raise NoDirectLetters


async def begin_direct_letters(
    database: Database,
    user: UserId,
    tradelines: Sequence[UUID],
    *,
    allowed: bool,
    language: Language = Language.ENGLISH,
) -> list[UUID]:
    """One letter for each company; one that is not mailed is gone on with. All or none.

    Raises NoDirectLetters where they are not `allowed`, NotFound, InvalidInput.
    """
    if not allowed:
        raise NoDirectLetters
    chosen = list(dict.fromkeys(tradelines))
    if not 0 < len(chosen) <= MOST_PICKS:
        raise InvalidInput("Nothing is chosen.", hint=f"Choose what you want to dispute, {MOST_PICKS} at most.")
    try:
        async with database.as_user(user) as transaction:
            await transaction.run("disputes.lock")
            rows = await transaction.all("letters.picked_for_companies", tradeline_ids=chosen)
            if len(rows) != len(chosen):
                raise NotFound("One of the accounts is not there any more.", hint="Choose again.")
            companies: dict[tuple[str, LetterKind], list[Row]] = {}
            for row in rows:
                if row["letter_id"] is None:
                    companies.setdefault(_company(row), []).append(row)
            begun = {
                row["tradeline_id"]: letter
                for (name, kind), lines in companies.items()
                for letter in [await _begin(transaction, name, kind, lines, language)]
                for row in lines
            }
            return list(dict.fromkeys(row["letter_id"] or begun[row["tradeline_id"]] for row in rows))
    except psycopg.errors.InsufficientPrivilege as error:
        raise NoDirectLetters from error


def _company(row: Row) -> tuple[str, LetterKind]:
    item = item_of(row | {"bureau": _bureau(row)}, "")
    return item.title, LetterKind.COLLECTOR if item.kind is ItemKind.COLLECTION else LetterKind.FURNISHER


def _bureau(row: Row) -> str:
    """The one whose report shows it; any, where the source names none."""
    return row["bureau"] if row["bureau"] in set(Bureau) else Bureau.EQUIFAX


async def _begin(
    transaction: Transaction, name: str, kind: LetterKind, lines: Sequence[Row], language: Language
) -> UUID:
    letter = uuid4()
    await transaction.run(
        "letters.add_direct",
        letter_id=letter,
        bureau=_bureau(lines[0]),
        kind=kind,
        language=language,
        recipient_lines=[name],
    )
    for position, row in enumerate(lines, 1):
        await transaction.run(
            "letters.add_direct_item", letter_id=letter, tradeline_id=row["tradeline_id"], position=position
        )
    return letter
