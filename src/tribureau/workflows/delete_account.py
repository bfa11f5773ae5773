"""A user goes: everything of theirs is erased, and a signed tombstone without their name stays.

What was asked for is written down first. Every step after that may be stopped anywhere and be taken again, by the
request itself, by the site at its start, or by the clock. It is the only way by which history is ever removed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from tribureau.database.backup_erasures import note_erasure
from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.errors import Conflict, InvalidInput
from tribureau.domain.tombstones import Tombstone
from tribureau.storage.reports import ReportStore
from tribureau.storage.signing import SignatureCheck, Signer

CONFIRMATION: Final = "delete my account"
"""What its user types."""
_EVERY_SECONDS: Final = 3600.0
_log = structlog.get_logger(__name__)
AskedBy = Literal["user", "operator"]


class Accounts(Protocol):
    """Signing in's part, by whoever keeps the accounts."""

    async def require_removable(self) -> None:
        """Raises NotAllowed where accounts can't be deleted from here."""

    async def begin(self, user: UserId, asked_by: AskedBy, counts: dict[str, int]) -> None:
        """Writes down that the account is to be erased, and lets nobody in to it any more."""

    async def begun(self) -> list[UserId]:
        """Whose erasure is not done."""

    async def forget_mails(self, user: UserId) -> int:
        """How many mails to the user were deleted."""

    async def remove(self, user: UserId) -> None:
        """The account and all rows that refer to it, in one transaction, which leaves the tombstone."""


@dataclass(frozen=True)
class ErasingParts:
    """`backups`: the folder whose list of erased users a restore honours."""

    database: Database
    store: ReportStore
    accounts: Accounts
    signer: Signer
    backups: Path


class ExportFirst(Conflict):
    """You have no copy of your data."""

    code = "export_first"
    hint = "Take your data with you first (Settings, Your data), or say that you want none (`without_export`)."


Hindrance = Callable[[Transaction], Awaitable[None]]
HINDRANCES: Final[tuple[Hindrance, ...]] = ()
"""What must be over before an account may go: each looks as the user, and raises Conflict with what to do. A letter
that is paid and not mailed yet, or a payment that is open, belongs here."""


async def delete_account(
    parts: ErasingParts,
    user: UserId,
    asked_by: AskedBy,
    *,
    without_export: bool,
    hindrances: tuple[Hindrance, ...] = HINDRANCES,
) -> None:
    """For a user who has just shown again that it is them, or the operator.

    Raises NotAllowed, ExportFirst or Conflict, and then nothing is changed. After that it is only finished, if need be
    by who comes next: Unavailable or psycopg.Error say that this is so.
    """
    await parts.accounts.require_removable()
    async with parts.database.as_user(user) as transaction:
        for hindrance in hindrances:
            await hindrance(transaction)
        if not without_export and not await transaction.value("erasure.has_export"):
            raise ExportFirst
        counts = await transaction.value("erasure.counts")
    await parts.accounts.begin(user, asked_by, counts)
    await finish_erasure(parts, user)


def check_confirmation(typed: str) -> None:
    """Raises InvalidInput where it is not what was to be typed."""
    if " ".join(typed.lower().split()) != CONFIRMATION:
        raise InvalidInput("Nothing was deleted: the confirmation does not fit.", hint=f"Type: {CONFIRMATION}")


async def finish_erasure(parts: ErasingParts, user: UserId) -> None:
    """All steps of an erasure that was begun, each of which may have been taken before."""
    for step in STEPS:
        await step(parts, user)
    _log.info("account_erased")


async def finish_erasures(parts: ErasingParts) -> None:
    """What was begun and stopped, and tombstones without a signature. One account's trouble keeps no other waiting."""
    for user in await parts.accounts.begun():
        try:
            await finish_erasure(parts, user)
        except PoolTimeout:  # The database is away, for everybody.
            raise
        except Exception as error:
            _log.error("account_not_erased_yet", kind=type(error).__name__)
    await _sign_tombstones(parts)


@asynccontextmanager
async def finishing_erasures(parts: ErasingParts) -> AsyncIterator[None]:
    """Now and every hour, for as long as the context lasts."""
    task = asyncio.create_task(_keep_finishing(parts))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_finishing(parts: ErasingParts) -> None:
    while True:
        try:
            await finish_erasures(parts)
        except (psycopg.Error, PoolTimeout) as error:
            _log.warning("erasures_put_off", kind=type(error).__name__)
        await asyncio.sleep(_EVERY_SECONDS)


async def _note_beside_backups(parts: ErasingParts, user: UserId) -> None:
    """Before any row goes: a database that is lost right after this is restored without them, too."""
    await asyncio.to_thread(note_erasure, user, parts.backups)


async def _forget_mails(parts: ErasingParts, user: UserId) -> None:
    await parts.accounts.forget_mails(user)


async def _erase_files(parts: ErasingParts, user: UserId) -> None:
    await parts.store.erase(str(user))


async def _remove_rows(parts: ErasingParts, user: UserId) -> None:
    await parts.accounts.remove(user)


async def _sign(parts: ErasingParts, _user: UserId) -> None:
    await _sign_tombstones(parts)


STEPS: Final[tuple[Callable[[ErasingParts, UserId], Awaitable[None]], ...]] = (
    _note_beside_backups,
    _forget_mails,
    _erase_files,
    _remove_rows,
    _erase_files,  # what a request or a job that was under way still wrote
    _sign,
)


async def _sign_tombstones(parts: ErasingParts) -> None:
    """Those of accounts that were deleted past Tribureau too."""
    async with parts.database.as_identity() as transaction:
        for row in await transaction.all("erasure.unsigned"):
            signature = parts.signer.sign(Tombstone(**row).statement())
            named = {"user_hash": row["user_hash"], "key_id": parts.signer.key_id}
            await transaction.run("erasure.sign", signature=signature, **named)


async def tombstones(database: Database, is_signed: SignatureCheck) -> list[str]:
    """A line for each erased account, newest first."""
    async with database.as_identity() as transaction:
        rows = await transaction.all("erasure.tombstones")
    return [_line(row, is_signed) for row in rows]


def _line(row: Row, is_signed: SignatureCheck) -> str:
    stone = Tombstone(*(row[name] for name in ("user_hash", "erased_at", "asked_by", "asked_at", "counts")))
    holds = is_signed(stone.statement(), bytes(row["signature"]), row["key_id"]) if row["signature"] else None
    signed = {True: "signed", False: "THE SIGNATURE DOES NOT HOLD", None: "not signed with this key"}[holds]
    counts = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted((stone.counts or {}).items()))
    by = f"by the {stone.asked_by}" if stone.asked_by else "past Tribureau"
    return f"{stone.erased_at:%Y-%m-%d %H:%M} UTC\t{by}\t{counts or 'not counted'}\t{signed}\t{stone.user_hash.hex()}"
