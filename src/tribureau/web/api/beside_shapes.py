"""The JSON of what stands beside the accounts, and of the profile."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from tribureau.domain.bureaus import Bureau
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.public_records import PublicRecordKind, PublicRecordStatus
from tribureau.domain.tradelines import Precision
from tribureau.web.api.shapes import Money, NegativeFactorShape, ProvenanceShape

Recognised = Literal["mine", "not_mine"]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class CreditScoreShape(BaseModel):
    """`timestamp` is noon UTC of its day for a score that a report prints; a typed one has no `report_upload_id`."""

    timestamp: datetime
    score_value: int
    bureau: Bureau
    score_type: str
    report_upload_id: UUID | None
    provenance: list[ProvenanceShape]
    created_at: datetime


class InquiryShape(BaseModel):
    """Somebody asked for the file. `recognised` is what the user says of it."""

    inquiry_id: UUID
    report_upload_id: UUID
    bureau: Bureau
    creditor_name: str
    inquired_on: date
    inquired_on_precision: Precision
    kind: InquiryKind
    business: str | None
    recognised: Recognised | None
    provenance: list[ProvenanceShape]
    created_at: datetime


class PublicRecordShape(BaseModel):
    """A bankruptcy, a lien, a judgment. `reference` ends the docket number, `printed_kind` is what the report says."""

    public_record_id: UUID
    report_upload_id: UUID
    bureau: Bureau
    kind: PublicRecordKind
    printed_kind: str
    chapter: int | None
    court: str | None
    reference: str | None
    status: PublicRecordStatus | None
    amount: Money | None
    filed_on: date | None
    filed_on_precision: Precision
    resolved_on: date | None
    resolved_on_precision: Precision
    is_negative: bool
    negative_confidence: float | None
    negative_factors: list[NegativeFactorShape]
    negative_kind: str | None
    negative_severity: int | None
    recognised: Recognised | None
    provenance: list[ProvenanceShape]
    created_at: datetime


class InformationShape(BaseModel):
    """A name, an address, an employer … as a report prints it, opened for its owner. Of an SSN the last four digits."""

    information_id: UUID
    report_upload_id: UUID
    bureau: Bureau | None
    kind: PersonalKind
    value: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    rule: str
    confidence: float
    recognised: Recognised | None
    created_at: datetime


class CreditScorePage(BaseModel):
    items: list[CreditScoreShape]
    next: str | None


class InquiryPage(BaseModel):
    items: list[InquiryShape]
    next: str | None


class PublicRecordList(BaseModel):
    items: list[PublicRecordShape]


class InformationList(BaseModel):
    items: list[InformationShape]


class PostalAddressShape(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True)
    street: Annotated[str, Field(min_length=1, max_length=120, examples=["418 Lantern St"])]
    unit: Annotated[str, Field(max_length=40, examples=["Apt 6"])] = ""
    city: Annotated[str, Field(min_length=1, max_length=80, examples=["Port Alder"])]
    state: Annotated[str, Field(pattern="^[A-Z]{2}$", examples=["ZX"])]
    zip_code: Annotated[str, Field(pattern=r"^[0-9]{5}(-[0-9]{4})?$", examples=["00041"])]


class ProfileShape(BaseModel):
    """Who the user is: for letters, and to know what a report says of somebody else. Kept under the user's own key."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)
    name: Annotated[str, Field(max_length=120, examples=["Jordan Avery"])] = ""
    former_names: Annotated[list[Name], Field(max_length=20)] = []
    address: PostalAddressShape | None = None
    earlier_addresses: Annotated[list[PostalAddressShape], Field(max_length=30)] = []
    date_of_birth: Annotated[date | None, Field(ge=date(1900, 1, 1), le=date(2100, 1, 1))] = None
    ssn_last4: Annotated[str | None, Field(pattern="^[0-9]{4}$")] = None
