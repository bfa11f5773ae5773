"""A report's own pages and file, for its owner."""

from uuid import UUID

from tribureau.database.transactions import UserId
from tribureau.domain.errors import NotFound
from tribureau.workflows.report_parts import ReportParts, keys_of


async def report_file(parts: ReportParts, user: UserId, upload_id: UUID) -> bytes | None:
    """The PDF, without the password that it may have come with; None where the user has no such report."""
    async with parts.database.as_user(user) as transaction:
        upload = await transaction.first("report_uploads.find", id=upload_id)
        keys = await keys_of(transaction, parts.master_key, user)
    return await parts.store.get(upload["storage_path"], keys) if upload else None


async def page_picture(parts: ReportParts, user: UserId, upload_id: UUID, page: int, width: int) -> bytes | None:
    """Page `page` (from 1) as a PNG of `width` pixels; None where there is no such report or page."""
    pdf = await report_file(parts, user, upload_id)
    try:
        return await parts.sandbox.render_page(pdf, page, width) if pdf else None
    except NotFound:
        return None
