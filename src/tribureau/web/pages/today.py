"""Today: what needs the user now, what is true, what they can do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tribureau.bootstrap import mail_allowance
from tribureau.charts import Shares
from tribureau.database.transactions import Row
from tribureau.domain.deadlines import day_in
from tribureau.web import formats
from tribureau.web.pages.company_tasks import company_tasks
from tribureau.web.pages.dispute_tasks import deadline_tasks, letter_tasks, proposal_tasks
from tribureau.web.pages.samples import SHELF
from tribureau.web.pages.to_do import headline, in_order, report_tasks
from tribureau.web.pages.today_charts import chart_of, in_progress
from tribureau.web.pages.visitor import SignedIn
from tribureau.workflows.company_letters import open_letter
from tribureau.workflows.deadlines import OpenDispute, Standing, open_dispute

router = APIRouter(include_in_schema=False)
_READING = frozenset({"pending", "processing"})
_NO_FIGURES = {"total_disputes": 0, "successful_deletions": 0, "in_progress": 0}


@dataclass(frozen=True)
class Figures:
    """The four figures of the page, each with the words under it."""

    negative: int
    negative_words: str
    in_progress: int
    states: Shares | None
    in_progress_words: str
    deleted: int
    disputed: int
    deleted_words: str
    next_day: str
    next_words: str


@router.get("/")
async def today(visitor: SignedIn) -> HTMLResponse:
    (
        [frame],
        [read],
        [accounts],
        figures,
        rows,
        letters,
        companies,
        proposals,
        scores,
        deletions,
        months,
    ) = await visitor.read_several(
        "pages.frame",
        "pages.today",
        "today.accounts",
        "disputes.figures",
        "deadlines.running",
        "today.letters",
        "company_letters.running",
        "dispute_proposals.waiting",
        "today.scores",
        "today.deletions",
        "today.months",
    )
    zone = frame["time_zone"]
    day = day_in(zone, datetime.now(UTC))
    allowance = mail_allowance(visitor.parts.settings)
    running = [open_dispute(row, day, allowance) for row in rows]
    tasks = in_order(
        [
            *deadline_tasks(running, day),
            *company_tasks([open_letter(row, day, allowance) for row in companies], day),
            *proposal_tasks(proposals),
            *letter_tasks(letters),
            *report_tasks(read, accounts),
        ]
    )
    reports = read["reports"]
    return visitor.render(
        "today.html",
        active="today",
        frame=frame,
        reports=reports,
        newcomer=not reports and not accounts["accounts"],
        samples=SHELF,
        today=day,
        headline=headline(tasks, day, reading=any(report["processing_status"] in _READING for report in reports)),
        to_do=tasks,
        figures=figures_of(accounts, figures[0] if figures else _NO_FIGURES, running, day),
        chart=chart_of(scores, deletions, months, day, zone),
    )


def figures_of(accounts: Row, figures: Row, running: list[OpenDispute], day: date) -> Figures:
    """`accounts` of `today.accounts`, `figures` of `disputes.figures`."""
    states = in_progress(running)
    silent = sum(dispute.standing is Standing.NO_ANSWER for dispute in running)
    words = [states.title] if states else []
    if silent:
        words.append(f"{silent} not answered")
    next_day, next_words = _next_date(running, day)
    return Figures(
        accounts["negative_items"],
        _where(accounts),
        figures["in_progress"],
        states,
        " · ".join(words) or ("none at a bureau now" if figures["total_disputes"] else "nothing disputed yet"),
        figures["successful_deletions"],
        figures["total_disputes"],
        _success(figures),
        next_day,
        next_words,
    )


def _where(accounts: Row) -> str:
    """`on 7 accounts, 3 bureaus`."""
    if not accounts["negative_items"]:
        return "nothing negative so far" if accounts["accounts"] else "no report read yet"
    bureaus = accounts["negative_bureaus"]
    at = f", {formats.counted(bureaus, 'bureau')}" if bureaus else ""
    return f"on {formats.counted(accounts['negative_accounts'], 'account')}{at}"


def _success(figures: Row) -> str:
    """`45.5 % · 24 days on average`; no days where all of them ended on the day that they began."""
    if not figures["total_disputes"]:
        return "nothing disputed yet"
    share = f"{100 * figures['successful_deletions'] / figures['total_disputes']:.1f}".removesuffix(".0")
    days = round(figures["avg_days_to_resolution"] or 0)
    return f"{share} %" + (f" · {formats.counted(days, 'day')} on average" if days else "")


def _next_date(running: list[OpenDispute], day: date) -> tuple[str, str]:
    """The next day by which a bureau must answer; an estimate only where nothing surer is known."""
    ahead = [
        (dispute.agenda.clock.estimated, dispute.agenda.clock.investigated_by.on, dispute.bureau)
        for dispute in running
        if dispute.agenda and dispute.standing in {Standing.RUNNING, Standing.NOT_DELIVERED}
    ]
    coming = [one for one in ahead if one[1] >= day]
    if not coming:
        return "–", "no bureau's time runs"
    estimated, due, bureau = min(coming)
    return formats.short_day(due, day), f"{bureau} must answer" + (" (estimate)" if estimated else "")
