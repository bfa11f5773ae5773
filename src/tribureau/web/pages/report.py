"""One report: its accounts; one account: its values beside the page that they stand on."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tribureau.database.transactions import Row
from tribureau.domain.errors import NotFound, TribureauError
from tribureau.web.errors import status_of
from tribureau.web.pages import account_facts, account_list, findings, page_pictures, payment_grid
from tribureau.web.pages.about_you import shown_about_you
from tribureau.web.pages.answers import address_of_answer
from tribureau.web.pages.company_letters import letters_about
from tribureau.web.pages.disputing import disputing_of
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to

router = APIRouter(include_in_schema=False)


@router.get("/reports/{upload_id}", response_model=None)
async def report(
    visitor: SignedIn,
    upload_id: UUID,
    *,
    show: str = "all",
    order: str = "negative",
    page: int = 1,
    duplicate: bool = False,
) -> Response:
    """The report's page; that of a bureau's answer stands elsewhere."""
    found = await visitor.read_one("pages.report", upload_id=upload_id)
    if found["is_answer"] and found["processing_status"] == "complete":
        return go_to(await address_of_answer(visitor, upload_id))
    about = await shown_about_you(visitor, upload_id, [])
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("pages.mark_seen", link=f"/reports/{upload_id}")
    return await visitor.page(
        "report.html",
        "reports",
        report=found,
        about=about,
        accounts=account_list.account_list(found["tradelines"], show, order, page),
        orders=account_list.orders(found["tradelines"]),
        duplicate=duplicate,
        several_bureaus=account_list.several_bureaus(found["tradelines"]),
    )


@router.get("/reports/{upload_id}/accounts/{tradeline_id}")
async def account(visitor: SignedIn, upload_id: UUID, tradeline_id: UUID) -> HTMLResponse:
    return await account_page(visitor, tradeline_id, upload_id)


@router.get("/accounts/typed/{tradeline_id}")
async def typed_account(visitor: SignedIn, tradeline_id: UUID) -> HTMLResponse:
    return await account_page(visitor, tradeline_id, None)


async def account_page(
    visitor: Visitor, tradeline_id: UUID, upload_id: UUID | None, error: TribureauError | None = None
) -> HTMLResponse:
    """The page of one account; NotFound where it is not of this report. `error` says why a correction was refused."""
    found = await visitor.read_one("pages.account", tradeline_id=tradeline_id)
    if found["tradeline"]["report_upload_id"] != (str(upload_id) if upload_id else None):
        raise NotFound
    status = status_of(error) if error else 200
    active = "reports" if upload_id else "accounts"
    rows = await visitor.read("findings.of_tradeline", tradeline_id=tradeline_id)
    return await visitor.page(
        "account.html",
        active,
        status,
        problem=error,
        findings=findings.shown_findings(rows, str(tradeline_id)),
        period=findings.shown_period(found["tradeline"], rows),
        company_letters=await letters_about(visitor, tradeline_id=tradeline_id),
        **account_context(found),
    )


def account_context(found: Row) -> dict[str, Any]:
    """What the template of one account takes."""
    tradeline, provenance, corrections = found["tradeline"], found["provenance"], found["corrections"]
    report = found["report"]
    blamed = {factor["field"] for factor in tradeline["negative_factors"]}
    flag = next((row for row in corrections if row["field"] == "is_negative"), None)
    doubtful = [row["field"] for row in provenance if row["is_doubtful"]]
    return {
        "report": report,
        "doubtful": len(doubtful),
        "first_doubtful": f"{tradeline['tradeline_id']}.{doubtful[0]}" if doubtful else "",
        "tradeline": tradeline,
        "disputing": disputing_of(tradeline, found["dispute"]),
        "place": found["place"],
        "here": account_address(tradeline),
        "groups": account_facts.fact_groups(tradeline, provenance, corrections),
        "missing": account_facts.missing_facts(tradeline, provenance, corrections),
        "pictures": page_pictures.page_pictures(provenance, (report or {}).get("page_sizes") or [], blamed),
        "years": payment_grid.payment_grid(tradeline["payment_history"], _boxed_months(provenance), _months(doubtful)),
        "history_legend": payment_grid.legend(tradeline["payment_history"]),
        "month_names": payment_grid.MONTH_NAMES,
        "history_corrected": any(row["field"] == "payment_history" for row in corrections),
        "flag_corrected": flag is not None,
        "was_negative": bool(flag and flag["read_value"]),
    }


def account_address(tradeline: Row) -> str:
    """Where the account is shown, and its forms are sent below it."""
    upload_id, tradeline_id = tradeline["report_upload_id"], tradeline["tradeline_id"]
    return f"/reports/{upload_id}/accounts/{tradeline_id}" if upload_id else f"/accounts/typed/{tradeline_id}"


def _months(fields: list[str]) -> set[str]:
    return {field.partition("/")[2] for field in fields}


def _boxed_months(provenance: list[Any]) -> dict[str, int]:
    months = ((place["field"].partition("/")[2], place["page"]) for place in provenance)
    return {month: page for month, page in months if month}
