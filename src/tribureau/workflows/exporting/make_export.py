"""The worker's part: everything of one user into one ZIP, sealed piece by piece.

Records are those of one moment. A claim carries the number of its attempt, and each attempt has pieces of its own: a
worker that was taken for dead and overtaken finishes nothing.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import structlog

from tribureau import __version__
from tribureau.database.transactions import Row, UserId
from tribureau.storage.keyring import Keyring
from tribureau.storage.signing import Signer
from tribureau.workflows.exporting import records
from tribureau.workflows.exporting.contents import FORMAT, LEFT_OUT, SPREADSHEETS, TABLES, VERSION
from tribureau.workflows.exporting.files import write_files
from tribureau.workflows.exporting.readme import readme
from tribureau.workflows.exporting.sealed_zip import SealedZip
from tribureau.workflows.report_parts import ReportParts, keys_of

MOST_ATTEMPTS: Final = 5
_AFTER_RECORDS: Final = 20
_BEFORE_THE_END: Final = 99
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt to make one export."""

    user: UserId
    export_id: UUID
    attempt: int
    account: dict[str, Any]
    keys: Keyring


async def make_export(parts: ReportParts, user: UserId, export_id: UUID) -> None:
    """Makes the export if it still waits to be made.

    Raises Unavailable or psycopg.OperationalError where a part is away: the job is to be tried again. What fails for
    another reason, or was cut short again and again, is told to the user.
    """
    claim = await _claim(parts, user, export_id)
    if claim is None:
        return
    if claim.attempt > MOST_ATTEMPTS:
        await _fail(parts, claim, "Making it was cut short again and again. Ask for it again.")
        return
    archive = SealedZip(parts.store, claim.keys, user, export_id, claim.attempt)
    known, tables, disputes = await _write_records(parts, claim, archive)
    files = await write_files(archive, parts.store, claim.keys, user, known, _telling(parts, claim))
    await _write_about(archive, claim, files, tables, Signer(parts.master_key).public_key.hex())
    await archive.close()
    await _finish(parts, claim, archive)
    _log.info("export_made", user=str(user), files=len(files), disputes=disputes, bytes=archive.size_bytes)


async def fail_export(parts: ReportParts, user: UserId, export_id: UUID) -> None:
    """Something of ours is wrong: the user is told, so that they do not wait."""
    async with parts.database.as_worker_for(user) as transaction:
        row = await transaction.first("exports.find")
        if row and row["export_id"] == export_id:
            words = "It could not be made. Ask for it again; if that fails too, tell whoever runs this site."
            await transaction.run("exports.fail", export_id=export_id, attempt=row["attempts"], message=words)


def account_context(export_id: UUID) -> str:
    """What the sealed facts of the account are bound to."""
    return f"account of export:{export_id}"


async def _claim(parts: ReportParts, user: UserId, export_id: UUID) -> Claim | None:
    async with parts.database.as_worker_for(user) as transaction:
        row = await transaction.first("exports.claim", export_id=export_id)
        if row is None:
            return None
        keys = await keys_of(transaction, parts.master_key, user)
    sealed = row["sealed_account"]
    account = json.loads(keys.open(bytes(sealed), account_context(export_id))) if sealed else {}
    return Claim(user, export_id, row["attempts"], account, keys)


async def _write_records(parts: ReportParts, claim: Claim, archive: SealedZip) -> tuple[list[Row], dict[str, int], int]:
    """The rows of the user's files, how many records there are in which table, and how many disputes."""
    counts = {}
    async with parts.database.snapshot_for(claim.user) as transaction:
        for table in TABLES:
            counts[table] = await records.write_table(archive, transaction, table, claim.keys)
        for name, table in SPREADSHEETS.items():
            await records.write_spreadsheet(archive, transaction, name, table, claim.keys)
        await records.write_json(archive, "schema.json", await records.described(transaction, TABLES))
        disputes = await records.write_chains(archive, transaction)
        files = await transaction.all("exported.files")
    return files, counts, disputes


async def _write_about(
    archive: SealedZip, claim: Claim, files: list[dict[str, Any]], tables: dict[str, int], public_key: str
) -> None:
    made_at = datetime.now(UTC)
    about = {
        "format": FORMAT,
        "version": VERSION,
        "release": __version__,
        "made_at": made_at.isoformat(),
        "user_id": str(claim.user),
        "records": tables,
        "files": files,
        "left_out": LEFT_OUT,
    }
    await records.write_json(archive, "account.json", claim.account)
    await records.write_json(archive, "export.json", about)
    async with archive.entry("history/public-key.txt") as entry:
        await entry.write(f"{public_key}\n")
    missing = [file["path"] for file in files if file.get("missing")]
    when = f"{made_at:%Y-%m-%d at %H:%M} UTC"
    async with archive.entry("README.txt") as entry:
        await entry.write(readme(made_at=when, release=__version__, public_key=public_key, missing=missing))


def _telling(parts: ReportParts, claim: Claim) -> Callable[[int, int], Awaitable[None]]:
    """Tells each percent once."""
    last = 0

    async def tell(done: int, files: int) -> None:
        nonlocal last
        percent = _AFTER_RECORDS + (_BEFORE_THE_END - _AFTER_RECORDS) * done // files
        if percent > last:
            last = percent
            async with parts.database.as_worker_for(claim.user) as transaction:
                message = f"Added file {done} of {files}"
                attempt = {"export_id": claim.export_id, "attempt": claim.attempt}
                await transaction.run("exports.show_progress", percent=percent, message=message, **attempt)

    return tell


async def _finish(parts: ReportParts, claim: Claim, archive: SealedZip) -> None:
    async with parts.database.as_worker_for(claim.user) as transaction:
        finished = await transaction.run(
            "exports.finish",
            export_id=claim.export_id,
            attempt=claim.attempt,
            parts=archive.parts,
            size_bytes=archive.size_bytes,
        )
        if finished:
            await transaction.run("exports.tell_ready", deduplication_key=f"export_ready:{claim.export_id}")


async def _fail(parts: ReportParts, claim: Claim, words: str) -> None:
    async with parts.database.as_worker_for(claim.user) as transaction:
        await transaction.run("exports.fail", export_id=claim.export_id, attempt=claim.attempt, message=words)
