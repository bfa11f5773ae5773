"""The report's pages that a dispute is about, drawn with the disputed values framed, sealed and signed.

They are wanted from the moment a dispute begins, so the report's file stays until they are drawn, also where its owner
deletes the report at once.
"""

import hashlib
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

import structlog

from tribureau.database.transactions import Row, UserId
from tribureau.domain.disputes.pages import KeptPages, frames
from tribureau.domain.errors import Interrupted, ReaderKilled, TribureauError, Unavailable
from tribureau.storage.keyring import Keyring
from tribureau.storage.signing import Signer
from tribureau.workflows.report_parts import ReportParts, keys_of

MOST_ATTEMPTS: Final = 4
_AT_ONCE: Final = 20
_log = structlog.get_logger(__name__)


async def keep_dispute_pages(parts: ReportParts, user: UserId, job_id: int) -> int:
    """How many disputes' pages were kept. A dispute that begins from here on has a job of its own.

    Raises Unavailable or psycopg.OperationalError where a part is away: the job is to be tried again.
    """
    async with parts.database.as_worker_for(user) as transaction:
        await transaction.run("findings.take_job_key_back", job_id=job_id)
    kept = 0
    while True:
        async with parts.database.as_worker_for(user) as transaction:
            rows = await transaction.all("dispute_pages.wanted", limit=_AT_ONCE)
            keys = await keys_of(transaction, parts.master_key, user) if rows else None
        if keys is None:
            return kept
        for row in rows:
            kept += await _keep(parts, user, keys, row)


async def _keep(parts: ReportParts, user: UserId, keys: Keyring, row: Row) -> bool:
    dispute = row["dispute_id"]
    async with parts.database.as_worker_for(user) as transaction:
        attempt = await transaction.value("dispute_pages.begin", dispute_id=dispute)
    if attempt is None:
        return False
    try:
        if attempt > MOST_ATTEMPTS:
            raise Interrupted
        pictures, numbers = await _drawn(parts, user, keys, row)
    except ReaderKilled:
        raise
    except Unavailable:
        async with parts.database.as_worker_for(user) as transaction:
            await transaction.run("dispute_pages.give_back", dispute_id=dispute)
        raise
    except TribureauError as fault:
        async with parts.database.as_worker_for(user) as transaction:
            await transaction.run("dispute_pages.fail", dispute_id=dispute, error_code=fault.code)
        _log.warning("dispute_pages_not_drawn", dispute=str(dispute), code=fault.code)
        await forget_unneeded_file(parts, user, row["report_upload_id"])
        return False
    is_kept = await _seal(parts, user, keys, row, pictures, numbers)
    await forget_unneeded_file(parts, user, row["report_upload_id"])
    return is_kept


async def _drawn(parts: ReportParts, user: UserId, keys: Keyring, row: Row) -> tuple[bytes, tuple[int, ...]]:
    boxes = frames(row["places"])
    report = await parts.store.get(f"{user}/{row['report_upload_id']}.pdf", keys)
    return await parts.sandbox.mark(report, boxes), tuple(sorted(boxes))


async def _seal(
    parts: ReportParts, user: UserId, keys: Keyring, row: Row, pictures: bytes, numbers: tuple[int, ...]
) -> bool:
    """File first, then its row: the sweep takes a file that no row names, after a crash or beside another worker."""
    file = uuid4()
    await parts.store.put(pages_path(user, file), pictures, keys)
    digest = hashlib.sha256(pictures).hexdigest()
    pages = KeptPages(user, row["dispute_id"], row["report_sha256"], numbers, digest, datetime.now(UTC))
    signer = Signer(parts.master_key)
    async with parts.database.as_worker_for(user) as transaction:
        kept = await transaction.value(
            "dispute_pages.keep",
            dispute_id=pages.dispute_id,
            file_id=file,
            page_numbers=list(numbers),
            sha256=digest,
            kept_at=pages.kept_at,
            key_id=signer.key_id,
            signature=signer.sign(pages.statement()),
        )
    if kept is None:
        await parts.store.delete(pages_path(user, file))
    return kept is not None


async def forget_unneeded_file(parts: ReportParts, user: UserId, upload: UUID) -> None:
    """Deletes the file of a report that is deleted, once no dispute's pages are to be drawn from it."""
    async with parts.database.as_worker_for(user) as transaction:
        wanted = await transaction.value("dispute_pages.is_wanted", upload_id=upload)
        known = await transaction.first("report_uploads.find", id=upload)
    if not wanted and known is None:
        await parts.store.delete(f"{user}/{upload}.pdf")


def pages_path(user: UserId, file: UUID) -> str:
    """Where the pictures of a dispute's pages lie."""
    return f"{user}/{file}.pdf"
