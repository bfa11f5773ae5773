"""A report goes: its row with everything read from it, then its file. A sweep finishes what a crash cut short.

A file that a dispute's pages are still to be drawn from goes when they are: see `keep_dispute_pages`.
"""

from uuid import UUID

from tribureau.database.transactions import UserId
from tribureau.workflows.report_parts import ReportParts


async def delete_report(parts: ReportParts, user: UserId, upload_id: UUID) -> bool:
    """False where the user has no such report."""
    async with parts.database.as_user(user) as transaction:
        path = await transaction.value("report_uploads.remove", id=upload_id)
        wanted = await transaction.value("dispute_pages.is_wanted", upload_id=upload_id)
    if path and not wanted:
        await parts.store.delete(path)
    return path is not None
