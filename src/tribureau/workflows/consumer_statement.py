"""The user's statement for the file: kept with its dispute, and printed as a letter to the bureau."""

import asyncio
from datetime import date
from uuid import UUID

from tribureau.database.transactions import Database, UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import Conflict, NotFound
from tribureau.domain.letters import Language, placeholders
from tribureau.domain.letters.recipients import address_of
from tribureau.domain.masking import masked
from tribureau.domain.next_steps import checked_statement, statement_letter
from tribureau.domain.profile import Profile
from tribureau.letters import Letter, typeset
from tribureau.workflows.dispute_story import stored_story
from tribureau.workflows.print_letter import profile_values, sender_of
from tribureau.workflows.profile import stored_profile
from tribureau.workflows.report_parts import ReportParts, keys_of


class StatementChanged(Conflict):
    """This statement was changed since you looked at it."""

    code = "changed_meanwhile"
    hint = "Look at it again, then repeat your change."


async def keep_statement(
    database: Database, user: UserId, dispute: UUID, version: int, content: str, language: Language
) -> int:
    """Its new version; `version` is 0 for a first one. Raises NotFound, InvalidInput, StatementChanged."""
    words = checked_statement(masked(content))
    async with database.as_user(user) as transaction:
        if await transaction.first("disputes.find", dispute_id=dispute) is None:
            raise NotFound("There is no such dispute.")
        facts = {"dispute_id": dispute, "language": language, "content": words}
        kept: int | None = (
            await transaction.value("timeline.change_statement", version=version, **facts)
            if version
            else await transaction.value("timeline.add_statement", **facts)
        )
        if kept is None:
            raise StatementChanged
        return kept


async def forget_statement(database: Database, user: UserId, dispute: UUID, version: int) -> None:
    """Raises NotFound where there is none, StatementChanged."""
    async with database.as_user(user) as transaction:
        if await transaction.run("timeline.forget_statement", dispute_id=dispute, version=version):
            return
        if await transaction.first("timeline.statement", dispute_id=dispute) is None:
            raise NotFound("There is no statement about such a dispute.")
        raise StatementChanged


async def statement_pdf(parts: ReportParts, user: UserId, dispute: UUID, dated: date) -> bytes:
    """The letter that brings it to the bureau.

    Raises NotFound where nothing is kept, InvalidInput where the profile lacks what the letter needs.
    """
    async with parts.database.as_user(user) as transaction:
        stored = await stored_story(transaction, dispute)
        keys = await keys_of(transaction, parts.master_key, user)
        profile = await stored_profile(transaction, keys) or Profile()
    if stored.statement is None:
        raise NotFound("There is no statement about this dispute yet.", hint="Write it and keep it first.")
    language = Language(stored.statement["language"])
    content = statement_letter(stored.story(language), stored.statement["content"], language)
    sender = sender_of(profile)
    letter = Letter(
        placeholders.filled(content, profile_values(profile, language)),
        sender,
        address_of(Bureau(stored.dispute["bureau"]), dated),
        dated,
        language,
    )
    return await asyncio.to_thread(typeset, letter)
