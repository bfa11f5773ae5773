"""The evidence packet from a dispute's page."""

from uuid import UUID

from fastapi import APIRouter, Response

from tribureau.web.api.evidence import packet_answer
from tribureau.web.pages.visitor import SignedIn

router = APIRouter(include_in_schema=False)


@router.get("/disputes/{dispute_id}/evidence.pdf", response_model=None)
async def download(visitor: SignedIn, dispute_id: UUID) -> Response:
    return await packet_answer(visitor.parts, visitor.user, dispute_id)
