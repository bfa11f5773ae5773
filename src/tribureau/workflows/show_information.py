"""How reports name their user, opened for them."""

from typing import Any
from uuid import UUID

from tribureau.database.transactions import UserId
from tribureau.workflows.keep_beside_accounts import opened
from tribureau.workflows.report_parts import ReportParts, keys_of


async def shown_information(parts: ReportParts, user: UserId, upload_id: UUID | None) -> list[dict[str, Any]]:
    """Rows of `reported_personal_information` with their `value`; what does not open is left out."""
    async with parts.database.as_user(user) as transaction:
        rows = await transaction.all("beside_accounts.information", upload_id=upload_id)
        keys = await keys_of(transaction, parts.master_key, user)
    return [{**row, "value": value} for row in rows if (value := opened(row, keys)) is not None]
