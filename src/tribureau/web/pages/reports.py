"""Reports: uploading with or without scripts, the list with its progress, trying again, deleting."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tribureau.domain.errors import InvalidInput, NotFound, TribureauError, UnreadableReport
from tribureau.web.api.shapes import ReportSource
from tribureau.web.errors import status_of
from tribureau.web.pages.rendering import wants_fragment
from tribureau.web.pages.samples import SHELF, sample_file
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.receive_report import Received, read_again, receive_report

router = APIRouter(include_in_schema=False)


@router.get("/reports")
async def reports(visitor: SignedIn) -> HTMLResponse:
    return await _list(visitor)


@router.post("/reports", response_model=None)
async def upload(
    visitor: SignedIn,
    file: Annotated[list[UploadFile], File()],
    report_source: Annotated[ReportSource | None, Form()] = None,
) -> Response:
    """A row for each file where our module asks; otherwise the list, or what is wrong with a file."""
    receiving, received = visitor.parts.receiving, list[Received]()
    for one in file:
        name = one.filename or "report.pdf"
        try:
            content = await one.read()
            received.append(await receive_report(receiving, visitor.user, content, name, source=report_source))
        except UnreadableReport as error:
            return await _refused(visitor, name, error)
    if wants_fragment(visitor.request):
        return await _row(visitor, received[0].upload_id, duplicate=not received[0].is_new)
    return _after_upload(received)


@router.post("/reports/samples/{name}", response_model=None)
async def upload_sample(visitor: SignedIn, name: str) -> RedirectResponse:
    content = await sample_file(name)
    return _after_upload([await receive_report(visitor.parts.receiving, visitor.user, content, f"{name}.pdf")])


@router.get("/reports/{upload_id}/row")
async def row(visitor: SignedIn, upload_id: UUID) -> HTMLResponse:
    """One report of the list, for our module to put in the place of the one that it has."""
    return await _row(visitor, upload_id)


@router.post("/reports/{upload_id}/retry", response_model=None)
async def retry(visitor: SignedIn, upload_id: UUID, password: Annotated[str | None, Form()] = None) -> Response:
    try:
        await read_again(visitor.parts.receiving, visitor.user, upload_id, password=password)
    except UnreadableReport as error:
        return await _list(visitor, error)
    return go_to("/reports", anchor=f"report-{upload_id}")


@router.get("/reports/{upload_id}/delete")
async def ask_to_delete(visitor: SignedIn, upload_id: UUID) -> HTMLResponse:
    report = await visitor.read_one("pages.report", upload_id=upload_id)
    return await visitor.page("report_delete.html", "reports", report=report)


@router.post("/reports/{upload_id}/delete")
async def delete(visitor: SignedIn, upload_id: UUID) -> RedirectResponse:
    if not await delete_report(visitor.parts.receiving, visitor.user, upload_id):
        raise NotFound
    return go_to("/reports", "deleted")


async def _list(visitor: Visitor, error: TribureauError | None = None) -> HTMLResponse:
    rows = await visitor.read("pages.reports")
    status = status_of(error) if error else 200
    return await visitor.page("reports.html", "reports", status, reports=rows, samples=SHELF, problem=error)


async def _row(visitor: Visitor, upload_id: UUID, *, duplicate: bool = False) -> HTMLResponse:
    report = await visitor.read_one("pages.report", upload_id=upload_id)
    frame = await visitor.read_one("pages.frame")
    return visitor.render("report_row.html", 200, report=report, duplicate=duplicate, frame=frame)


async def _refused(visitor: Visitor, name: str, error: UnreadableReport) -> Response:
    if wants_fragment(visitor.request):
        return visitor.render("refused_row.html", status_of(error), filename=name, problem=error)
    named = InvalidInput(f"{name}: {error.message}", hint=error.hint)
    rows = await visitor.read("pages.reports")
    return await visitor.page("reports.html", "reports", status_of(error), reports=rows, samples=SHELF, problem=named)


def _after_upload(received: list[Received]) -> RedirectResponse:
    if len(received) == 1 and not received[0].is_new:
        return go_to(f"/reports/{received[0].upload_id}?duplicate=1")
    return go_to("/reports")
