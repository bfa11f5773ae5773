"""A report's pages as pictures, and the file itself, for their owner only."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from tribureau.domain.errors import NotFound
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.show_report import page_picture, report_file

router = APIRouter(prefix="/api/v1/report-uploads", tags=["report uploads"])

_PRIVATE = {"Cache-Control": "private, no-store"}


class _Picture(Response):
    media_type = "image/png"


class _Pdf(Response):
    media_type = "application/pdf"


@router.get("/{upload_id}/pages/{page}.png", summary="A page as a picture", response_class=_Picture)
async def get_page_picture(
    upload_id: UUID,
    page: Annotated[int, Path(ge=1)],
    parts: Parts,
    user: CurrentUser,
    width: Annotated[int, Query(ge=200, le=2400, description="In pixels.")] = 1000,
) -> Response:
    picture = await page_picture(parts.receiving, user, upload_id, page, width)
    if picture is None:
        raise NotFound("There is no such page.")
    return _Picture(picture, headers=_PRIVATE)


@router.get("/{upload_id}/file", summary="The report as it was uploaded", response_class=_Pdf)
async def get_file(upload_id: UUID, parts: Parts, user: CurrentUser) -> Response:
    found = await report_file(parts.receiving, user, upload_id)
    if found is None:
        raise NotFound("There is no such report.")
    return _Pdf(found, headers={**_PRIVATE, "Content-Disposition": f'attachment; filename="report-{upload_id}.pdf"'})
