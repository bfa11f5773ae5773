"""Where a user stands: accounts at the three bureaus side by side, and the figures."""

from fastapi import APIRouter

from tribureau.web.api.dispute_shapes import ComparedAccountShape, Statistics
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1", tags=["disputes"])


@router.get("/comparison", summary="Accounts at the three bureaus, side by side, with each bureau's dispute")
async def compare_bureaus(parts: Parts, user: CurrentUser, everything: bool = False) -> list[ComparedAccountShape]:
    """Negative accounts, newest first; with `everything` those in good order too."""
    rows = await parts.database.read_as_user(user, "disputes.comparison", everything=everything)
    return [ComparedAccountShape.model_validate(row) for row in rows]


@router.get("/statistics", summary="The figures of all disputes")
async def statistics(parts: Parts, user: CurrentUser) -> Statistics:
    rows = await parts.database.read_as_user(user, "disputes.figures")
    return Statistics.model_validate(rows[0]) if rows else Statistics()
