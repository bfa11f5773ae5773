"""The list of disputes: what needs the user first, with the next date of each in words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tribureau.bootstrap import mail_allowance
from tribureau.domain.deadlines import Duty, day_in, rule_for
from tribureau.domain.disputes import DisputeStatus
from tribureau.web.api.paging import cursor, position
from tribureau.web.dispute_dates import clock_of_row, next_date
from tribureau.web.pages.visitor import SignedIn

router = APIRouter(include_in_schema=False)
ON_A_PAGE: Final = 50
_CURRENT: Final = "current"
_ALL: Final = "all"
ORDER: Final = (
    DisputeStatus.EXPIRED,
    DisputeStatus.INVESTIGATING,
    DisputeStatus.DRAFT,
    DisputeStatus.VERIFIED,
    DisputeStatus.UPDATED,
    DisputeStatus.PENDING,
    DisputeStatus.DELETED,
    DisputeStatus.ESCALATED,
    DisputeStatus.BLANK,
)


@router.get("/disputes")
async def disputes(visitor: SignedIn, show: str = _CURRENT, after: str | None = None) -> HTMLResponse:
    chosen = show if show in {_CURRENT, _ALL, *DisputeStatus} else _CURRENT
    rank, place, dispute = position(after, int, int, UUID)
    frame = await visitor.read_one("pages.frame")
    today = day_in(frame["time_zone"], datetime.now(UTC))
    rows = await visitor.read(
        "timeline.list",
        chosen=chosen,
        after_rank=rank,
        after_place=place,
        after_id=dispute,
        limit=ON_A_PAGE + 1,
        **periods(today),
    )
    last = rows[ON_A_PAGE - 1] if len(rows) > ON_A_PAGE else None
    allowance = mail_allowance(visitor.parts.settings)
    shown = [{**row, "next": next_date(row, clock_of_row(row, today, allowance), today)} for row in rows[:ON_A_PAGE]]
    return visitor.render(
        "disputes.html",
        active="disputes",
        frame=frame,
        disputes=shown,
        chosen=chosen,
        filters=_filters(await visitor.read("timeline.counts"), chosen),
        after=after,
        next=cursor(last["rank"], last["place"], last["dispute_id"]) if last else None,
    )


def periods(today: date) -> dict[str, int]:
    """The periods that the order goes by, as the law sets them today."""
    return {
        "usual_days": rule_for(Duty.REINVESTIGATE, today).length,
        "extended_days": rule_for(Duty.REINVESTIGATE_WITH_MORE_INFORMATION, today).length,
        "free_report_days": rule_for(Duty.REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT, today).length,
    }


def _filters(counts: Sequence[Mapping[str, Any]], chosen: str) -> list[tuple[str, str, int]]:
    """Key, word and count; a status that no dispute has is left out."""
    by_status = {status: sum(row["disputes"] for row in counts if row["status"] == status) for status in ORDER}
    current = sum(row["disputes"] for row in counts if row["is_current"])
    statuses = [(str(key), str(key), count) for key, count in by_status.items() if count or key == chosen]
    return [(_CURRENT, "Current", current), *statuses, (_ALL, "All", sum(by_status.values()))]
