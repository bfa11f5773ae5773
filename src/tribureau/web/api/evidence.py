"""The evidence packet of a dispute: one PDF to hand on, for its owner only."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Response

from tribureau.bootstrap import WebParts, mail_allowance
from tribureau.database.transactions import UserId
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.evidence_packet import evidence_packet

router = APIRouter(prefix="/api/v1/disputes", tags=["disputes"])
_PDF: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/pdf": {}}, "description": "All rounds of the dispute, with what proves its history"}
}


@router.get("/{dispute_id}/evidence", summary="The evidence packet as PDF", response_class=Response, responses=_PDF)
async def get_evidence(dispute_id: UUID, parts: Parts, user: CurrentUser) -> Response:
    return await packet_answer(parts, user, dispute_id)


async def packet_answer(parts: WebParts, user: UserId, dispute: UUID) -> Response:
    """Made anew for each who asks, kept by nobody on the way. Raises NotFound, Unavailable."""
    pdf = await evidence_packet(parts.receiving, user, dispute, mail_allowance(parts.settings))
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="evidence-{dispute}.pdf"',
    }
    return Response(pdf, media_type="application/pdf", headers=headers)
