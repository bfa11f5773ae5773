"""Uploading a report, following it, reading it again, deleting it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from pydantic import BaseModel

from tribureau.domain.errors import NotFound
from tribureau.web.api.paging import cursor, position
from tribureau.web.api.shapes import ReportSource, ReportUpload, ReportUploadPage
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.receive_report import read_again, receive_report

router = APIRouter(prefix="/api/v1/report-uploads", tags=["report uploads"])

Password = Annotated[
    str | None,
    Form(
        max_length=256, description="Opens a locked PDF. Used inside this request only; never stored, queued or logged."
    ),
]


class ReportUploadChange(BaseModel):
    report_source: ReportSource | None


@router.post(
    "",
    status_code=202,
    summary="Upload a credit report as PDF",
    responses={200: {"model": ReportUpload, "description": "The same file was uploaded before: the first upload."}},
)
async def upload_report(
    parts: Parts,
    user: CurrentUser,
    response: Response,
    file: Annotated[UploadFile, File(description="The report, as PDF.")],
    password: Password = None,
    report_source: Annotated[ReportSource | None, Form(description="Where the report came from.")] = None,
) -> ReportUpload:
    received = await receive_report(
        parts.receiving, user, await file.read(), file.filename or "report.pdf", password=password, source=report_source
    )
    response.status_code = 202 if received.is_new else 200
    response.headers["Location"] = f"/api/v1/report-uploads/{received.upload_id}"
    return await get_upload(received.upload_id, parts, user)


@router.get("", summary="List uploads, newest first")
async def list_uploads(
    parts: Parts, user: CurrentUser, after: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> ReportUploadPage:
    before, before_id = position(after, datetime.fromisoformat, UUID)
    rows = await parts.database.read_as_user(user, "api.uploads", before=before, before_id=before_id, limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return ReportUploadPage(
        items=[ReportUpload.model_validate(row) for row in rows[:limit]],
        next=cursor(last["uploaded_at"], last["id"]) if last else None,
    )


@router.get("/{upload_id}", summary="One upload and how far it is read")
async def get_upload(upload_id: UUID, parts: Parts, user: CurrentUser) -> ReportUpload:
    rows = await parts.database.read_as_user(user, "api.upload", id=upload_id)
    if not rows:
        raise NotFound("There is no such report.")
    return ReportUpload.model_validate(rows[0])


@router.patch("/{upload_id}", summary="Say where the report came from")
async def change_upload(upload_id: UUID, change: ReportUploadChange, parts: Parts, user: CurrentUser) -> ReportUpload:
    async with parts.database.as_user(user) as transaction:
        await transaction.run("api.set_report_source", id=upload_id, report_source=change.report_source)
    return await get_upload(upload_id, parts, user)


@router.post("/{upload_id}/retry", status_code=202, summary="Read it once more, with a password if it needs one")
async def retry_upload(upload_id: UUID, parts: Parts, user: CurrentUser, password: Password = None) -> ReportUpload:
    """Works on failed and on finished reports; what you corrected is kept."""
    await read_again(parts.receiving, user, upload_id, password=password)
    return await get_upload(upload_id, parts, user)


@router.delete("/{upload_id}", status_code=204, summary="Delete a report and everything read from it")
async def delete_upload(upload_id: UUID, parts: Parts, user: CurrentUser) -> None:
    if not await delete_report(parts.receiving, user, upload_id):
        raise NotFound("There is no such report.")
