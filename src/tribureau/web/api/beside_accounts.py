"""What reports say beside the accounts: scores, inquiries, public records, and how they name the user."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from tribureau.bootstrap import WebParts
from tribureau.database.transactions import UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import NotFound
from tribureau.web.api.beside_shapes import (
    CreditScorePage,
    CreditScoreShape,
    InformationList,
    InformationShape,
    InquiryPage,
    InquiryShape,
    PublicRecordList,
    PublicRecordShape,
    Recognised,
)
from tribureau.web.api.paging import cursor, position
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.show_information import shown_information

router = APIRouter(prefix="/api/v1", tags=["beside the accounts"])
Limit = Annotated[int, Query(ge=1, le=200)]


class Recognition(BaseModel):
    """Whether the entry is the user's; `null` takes what they said back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"recognised": "not_mine"}})
    recognised: Recognised | None


@router.get("/credit-scores", summary="List scores, newest first")
async def list_scores(
    parts: Parts,
    user: CurrentUser,
    upload_id: UUID | None = None,
    bureau: Bureau | None = None,
    after: str | None = None,
    limit: Limit = 50,
) -> CreditScorePage:
    before, before_bureau, before_type = position(after, datetime.fromisoformat, str, str)
    rows = await parts.database.read_as_user(
        user,
        "beside_accounts.scores",
        upload_id=upload_id,
        bureau=bureau,
        before=before,
        before_bureau=before_bureau,
        before_type=before_type,
        limit=limit + 1,
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return CreditScorePage(
        items=[CreditScoreShape.model_validate(row) for row in rows[:limit]],
        next=cursor(last["timestamp"].isoformat(), last["bureau"], last["score_type"]) if last else None,
    )


@router.get("/inquiries", summary="List inquiries, newest first")
async def list_inquiries(
    parts: Parts, user: CurrentUser, upload_id: UUID | None = None, after: str | None = None, limit: Limit = 50
) -> InquiryPage:
    before, before_id = position(after, date.fromisoformat, UUID)
    rows = await parts.database.read_as_user(
        user, "beside_accounts.inquiries", upload_id=upload_id, before=before, before_id=before_id, limit=limit + 1
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return InquiryPage(
        items=[InquiryShape.model_validate(row) for row in rows[:limit]],
        next=cursor(last["inquired_on"], last["inquiry_id"]) if last else None,
    )


@router.get("/public-records", summary="List public records, newest report first")
async def list_public_records(parts: Parts, user: CurrentUser, upload_id: UUID | None = None) -> PublicRecordList:
    rows = await parts.database.read_as_user(user, "beside_accounts.public_records", upload_id=upload_id)
    return PublicRecordList(items=[PublicRecordShape.model_validate(row) for row in rows])


@router.get("/personal-information", summary="How reports name the user, newest report first")
async def list_information(parts: Parts, user: CurrentUser, upload_id: UUID | None = None) -> InformationList:
    found = await shown_information(parts.receiving, user, upload_id)
    return InformationList(items=[InformationShape.model_validate(row) for row in found])


@router.patch("/inquiries/{inquiry_id}", status_code=204, summary="Say whether an inquiry is yours")
async def recognise_inquiry(inquiry_id: UUID, said: Recognition, parts: Parts, user: CurrentUser) -> None:
    await recognise(parts, user, "inquiry", inquiry_id, said.recognised)


@router.patch("/public-records/{public_record_id}", status_code=204, summary="Say whether a public record is yours")
async def recognise_record(public_record_id: UUID, said: Recognition, parts: Parts, user: CurrentUser) -> None:
    await recognise(parts, user, "public_record", public_record_id, said.recognised)


@router.patch("/personal-information/{information_id}", status_code=204, summary="Say whether a value is yours")
async def recognise_information(information_id: UUID, said: Recognition, parts: Parts, user: CurrentUser) -> None:
    await recognise(parts, user, "information", information_id, said.recognised)


async def recognise(parts: WebParts, user: UserId, what: str, id_: UUID, said: Recognised | None) -> None:
    """`what` is one of inquiry, public_record and information. NotFound where the user has no such thing."""
    async with parts.database.as_user(user) as transaction:
        if await transaction.first(f"beside_accounts.recognise_{what}", id=id_, recognised=said) is None:
            raise NotFound("There is no such entry.")
