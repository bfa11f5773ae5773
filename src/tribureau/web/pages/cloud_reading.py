"""The part of the settings page where one agrees that Google reads one's pages, or takes that back."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from tribureau.domain import cloud_consent
from tribureau.domain.errors import Conflict
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to

router = APIRouter(prefix="/settings/cloud-reading", include_in_schema=False)


async def shown_cloud_reading(visitor: Visitor) -> dict[str, Any]:
    """What the template takes."""
    version = cloud_consent.WORDING_VERSION
    rows = await visitor.read("cloud_consents.current", wording_version=version)
    return {
        "services": visitor.parts.settings.cloud_readers,
        "wording": cloud_consent,
        "consent": rows[0] if rows else None,
    }


@router.post("")
async def agree(
    visitor: SignedIn, wording_version: Annotated[int, Form()], *, unredacted_pages: Annotated[bool, Form()] = False
) -> RedirectResponse:
    if wording_version != cloud_consent.WORDING_VERSION:
        raise Conflict("The wording has changed.", hint="Read it again on the settings page, then agree.")
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("cloud_consents.withdraw")
        await transaction.run("cloud_consents.give", wording_version=wording_version, unredacted_pages=unredacted_pages)
    return go_to("/settings", "cloud-on", "cloud")


@router.post("/withdraw")
async def withdraw(visitor: SignedIn) -> RedirectResponse:
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("cloud_consents.withdraw")
    return go_to("/settings", "cloud-off", "cloud")
