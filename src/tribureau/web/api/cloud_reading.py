"""Whether pages of one's reports may be read outside of this machine: what that means, and one's word on it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tribureau.domain import cloud_consent
from tribureau.domain.cloud_consent import WORDING_VERSION
from tribureau.domain.errors import Conflict
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts

router = APIRouter(prefix="/api/v1/cloud-reading", tags=["reading outside of this machine"])


class ConsentShape(BaseModel):
    wording_version: int
    unredacted_pages: bool
    given_at: datetime


class CloudReadingShape(BaseModel):
    """`services` are turned on by whoever runs this site. Nothing is sent to them unless there is a `consent`."""

    services: list[str]
    wording_version: int
    to_whom: str
    what: str
    why: str
    unredacted: str
    consent: ConsentShape | None


class ConsentGiven(BaseModel):
    """`wording_version` is the one that the user read."""

    model_config = ConfigDict(extra="forbid")
    wording_version: Annotated[int, Field(ge=1, le=1_000_000)]
    unredacted_pages: bool = False


@router.get("", summary="What would be sent, to whom and why, and whether you agreed")
async def get_cloud_reading(parts: Parts, user: CurrentUser) -> CloudReadingShape:
    rows = await parts.database.read_as_user(user, "cloud_consents.current", wording_version=WORDING_VERSION)
    return CloudReadingShape(
        services=parts.settings.cloud_readers,
        wording_version=WORDING_VERSION,
        to_whom=cloud_consent.TO_WHOM,
        what=cloud_consent.WHAT,
        why=cloud_consent.WHY,
        unredacted=cloud_consent.UNREDACTED,
        consent=ConsentShape.model_validate(rows[0]) if rows else None,
    )


@router.put("/consent", summary="Agree to it")
async def give_consent(given: ConsentGiven, parts: Parts, user: CurrentUser) -> CloudReadingShape:
    """Takes the place of whatever you agreed to before."""
    if given.wording_version != WORDING_VERSION:
        raise Conflict("The wording has changed.", hint="Read it again, then agree with its number.")
    async with parts.database.as_user(user) as transaction:
        await transaction.run("cloud_consents.withdraw")
        await transaction.run("cloud_consents.give", **given.model_dump())
    return await get_cloud_reading(parts, user)


@router.delete("/consent", status_code=204, summary="Take it back")
async def withdraw_consent(parts: Parts, user: CurrentUser) -> None:
    """Holds from the next page on, also for a report that is being read."""
    async with parts.database.as_user(user) as transaction:
        await transaction.run("cloud_consents.withdraw")
