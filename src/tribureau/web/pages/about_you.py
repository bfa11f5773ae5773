"""How one report names its user: the person, scores, inquiries and public records beside the page they stand on."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from tribureau.domain.errors import InvalidInput
from tribureau.web.api.beside_accounts import recognise
from tribureau.web.api.beside_shapes import Recognised
from tribureau.web.api.findings import Dismissal, dismiss_finding
from tribureau.web.pages.about_you_facts import AboutYou, about_you
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.show_information import shown_information

router = APIRouter(prefix="/reports/{upload_id}/about-you", include_in_schema=False)
_MOST = 1000
_SAID: dict[str, Recognised | None] = {"mine": "mine", "not-mine": "not_mine", "undo": None}


@router.get("")
async def page(visitor: SignedIn, upload_id: UUID) -> HTMLResponse:
    report = await visitor.read_one("beside_accounts.upload", upload_id=upload_id)
    return await visitor.page(
        "about_you.html",
        "reports",
        report=report,
        about=await shown_about_you(visitor, upload_id, report["page_sizes"] or []),
        here=f"/reports/{upload_id}/about-you",
    )


async def shown_about_you(visitor: Visitor, upload_id: UUID, page_sizes: list[list[float]]) -> AboutYou:
    first = {"before": None, "limit": _MOST}
    return about_you(
        await shown_information(visitor.parts.receiving, visitor.user, upload_id),
        await visitor.read(
            "beside_accounts.scores", upload_id=upload_id, bureau=None, before_bureau=None, before_type=None, **first
        ),
        await visitor.read("beside_accounts.inquiries", upload_id=upload_id, before_id=None, **first),
        await visitor.read("beside_accounts.public_records", upload_id=upload_id),
        await visitor.read("beside_accounts.findings_of_upload", upload_id=upload_id),
        await visitor.read("letters.disputed_entries", upload_id=upload_id),
        page_sizes,
    )


@router.post("/findings/{finding_id}/{step}")
async def set_aside(
    visitor: SignedIn, upload_id: UUID, finding_id: UUID, step: Literal["dismiss", "bring-back"]
) -> RedirectResponse:
    dismissed = step == "dismiss"
    await dismiss_finding(finding_id, Dismissal(dismissed=dismissed), visitor.parts, visitor.user)
    done = "set-aside" if dismissed else "brought-back"
    return go_to(f"/reports/{upload_id}/about-you", done, "findings")


@router.post("/{what}/{said}")
async def say_whose(
    visitor: SignedIn,
    upload_id: UUID,
    what: Literal["information", "inquiry", "public_record"],
    said: Literal["mine", "not-mine", "undo"],
    ids: Annotated[list[UUID], Form(max_length=50)],
    key: Annotated[str, Form(max_length=60, pattern="^[a-z0-9-]+$")] = "",
) -> RedirectResponse:
    """The same value of several bureaus is marked in one go."""
    if not ids:
        raise InvalidInput("Nothing was chosen.")
    for id_ in ids:
        await recognise(visitor.parts, visitor.user, what, id_, _SAID[said])
    return go_to(f"/reports/{upload_id}/about-you", f"said-{said}", f"value-{key}" if key else "")
