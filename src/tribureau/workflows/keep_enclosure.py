"""Proofs that go with letters: taken in as pictures of their pages, sealed, kept for later letters, given up again."""

import hashlib
from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

import psycopg

from tribureau.database.transactions import UserId
from tribureau.domain.errors import EmptyFile, InvalidInput, NotFound, TooLarge
from tribureau.domain.letters.enclosures import EnclosureKind
from tribureau.domain.masking import masked
from tribureau.workflows.report_parts import ReportParts, keys_of
from tribureau.workflows.write_letter import LetterMailed, stored_letter

MOST_PAGES: Final = 20
_LONGEST_NAME: Final = 120
_RULE: Final = "a_mailed_letter_stays"


async def keep_enclosure(parts: ReportParts, user: UserId, content: bytes, filename: str, kind: EnclosureKind) -> UUID:
    """Keeps pictures of the file's pages, made behind the walls; the same file again answers with the first.

    Raises EmptyFile, TooLarge, NotAPdf, Damaged, PasswordRequired, TooComplex, InvalidInput, Unavailable.
    """
    if kind is EnclosureKind.REPORT_PAGE:
        raise InvalidInput("Pages of the report are made for you.", hint="Upload a proof of another kind.")
    if not content:
        raise EmptyFile(hint="Check that the file opens, and choose it again.")
    if len(content) > parts.max_upload_bytes:
        raise TooLarge(f"This file is larger than {parts.max_upload_bytes / 2**20:.0f} MB.", hint="Save it smaller.")
    digest = hashlib.sha256(content).hexdigest()
    async with parts.database.as_user(user) as transaction:
        first: UUID | None = await transaction.value("letters.same_enclosure", sha256=digest, kind=kind)
        keys = await keys_of(transaction, parts.master_key, user)
    if first:
        return first
    pictures = await parts.sandbox.copy(content, MOST_PAGES)
    enclosure = uuid4()
    await parts.store.put(_path(user, enclosure), pictures, keys)
    row = {"enclosure_id": enclosure, "kind": kind, "file_name": _name(filename), "size_bytes": len(content)}
    async with parts.database.as_user(user) as transaction:
        added: UUID | None = await transaction.value("letters.add_enclosure", **row, sha256=digest)
        if added:
            return added
        first = await transaction.value("letters.same_enclosure", sha256=digest, kind=kind)
    await parts.store.delete(_path(user, enclosure))
    if first is None:
        raise NotFound("There is no such file.")
    return first


async def forget_enclosure(parts: ReportParts, user: UserId, enclosure: UUID) -> None:
    """Row first, then the file; the sweep takes a file that was left. Raises NotFound, LetterMailed."""
    try:
        async with parts.database.as_user(user) as transaction:
            if not await transaction.run("letters.forget_enclosure", enclosure_id=enclosure):
                raise NotFound("There is no such file.")
    except psycopg.errors.CheckViolation as error:
        if error.diag.constraint_name != _RULE:
            raise
        raise LetterMailed(
            "A letter that is in the mail encloses this.",
            hint="It is kept with that letter, as proof of what was sent.",
        ) from error
    await parts.store.delete(_path(user, enclosure))


async def choose_enclosures(parts: ReportParts, user: UserId, letter: UUID, enclosures: Sequence[UUID]) -> None:
    """The letter encloses these proofs and no others. Raises NotFound, LetterMailed."""
    try:
        async with parts.database.as_user(user) as transaction:
            stored = await stored_letter(transaction, letter)
            if stored.row["state"] == "mailed":
                raise LetterMailed
            await transaction.run("letters.leave_out", letter_id=letter, enclosure_ids=list(enclosures))
            for enclosure in enclosures:
                await transaction.run("letters.enclose", letter_id=letter, enclosure_id=enclosure)
    except psycopg.errors.ForeignKeyViolation as error:
        raise NotFound("There is no such file.") from error


def _path(user: UserId, enclosure: UUID) -> str:
    return f"{user}/{enclosure}.pdf"


def _name(filename: str) -> str:
    plain = "".join(character for character in filename.replace("\\", "/").split("/")[-1] if character.isprintable())
    return masked(plain)[-_LONGEST_NAME:].strip() or "proof"
