"""The JSON of the API. Keys are the columns' names; money is dollars, dates are ISO."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings import Certainty, FindingKind
from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, PaymentStatus, Precision, Responsibility

ReportSource = Literal["annual_free", "bureau", "monitoring", "other"]
Money = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
Dollars = Annotated[Decimal, Field(ge=Decimal("-9999999999"), le=Decimal("9999999999"), decimal_places=2)]
Month = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")]
Count = Annotated[int, Field(ge=0, le=999)]


class ReportUpload(BaseModel):
    """An uploaded report and how far it has been read."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10",
                "original_filename": "transunion.pdf",
                "file_size_bytes": 184320,
                "processing_status": "complete",
                "progress_percentage": 100,
                "progress_message": "Read",
                "total_tradelines": 21,
                "negative_tradelines": 8,
                "processing_time_seconds": 0.41,
                "bureaus": ["TransUnion"],
                "uploaded_at": "2026-11-22T18:00:00Z",
            }
        }
    )

    id: UUID
    original_filename: str
    file_size_bytes: int
    file_hash: str
    report_source: ReportSource | None
    processing_status: Literal["pending", "processing", "complete", "failed"]
    progress_percentage: int
    progress_message: str
    error_code: str | None
    error_message: str | None
    error_hint: str | None
    is_answer: Annotated[bool, Field(description="A bureau's answer to a dispute: see /api/v1/bureau-responses.")]
    layout: str | None
    report_date: date | None
    bureaus: list[Bureau]
    reader_version: str | None
    notes: list[str]
    read_by: list[str]
    values_dropped: int
    total_tradelines: int | None
    negative_tradelines: int | None
    processing_time_seconds: float | None
    uploaded_at: datetime
    processed_at: datetime | None


class TradelineFacts(BaseModel):
    """The values of an account that a user may type or correct."""

    creditor_name: Annotated[str, Field(min_length=1, max_length=255, examples=["Harbor Point Bank"])]
    account_number: Annotated[str | None, Field(max_length=50, examples=["431196XXXXXX"])] = None
    account_type: AccountType | None = None
    account_status: AccountStatus | None = None
    payment_status: PaymentStatus | None = None
    responsibility: Responsibility | None = None
    is_negative: bool | None = None
    balance: Dollars | None = None
    credit_limit: Dollars | None = None
    original_amount: Dollars | None = None
    high_balance: Dollars | None = None
    monthly_payment: Dollars | None = None
    past_due: Dollars | None = None
    charge_off_amount: Dollars | None = None
    date_opened: date | None = None
    date_opened_precision: Precision = Precision.DAY
    date_closed: date | None = None
    date_closed_precision: Precision = Precision.DAY
    date_reported: date | None = None
    date_reported_precision: Precision = Precision.DAY
    date_last_activity: date | None = None
    date_last_activity_precision: Precision = Precision.DAY
    date_last_payment: date | None = None
    date_last_payment_precision: Precision = Precision.DAY
    date_of_first_delinquency: date | None = None
    date_of_first_delinquency_precision: Precision = Precision.DAY
    payment_history: dict[Month, MonthCode] = Field(default_factory=dict, max_length=600)
    late_payments_30: Count = 0
    late_payments_60: Count = 0
    late_payments_90: Count = 0
    late_payments_120: Count = 0
    terms: Annotated[str | None, Field(max_length=255)] = None
    original_creditor: Annotated[str | None, Field(max_length=255)] = None
    disputed: bool = False
    comments: Annotated[str | None, Field(max_length=10_000)] = None
    remarks: Annotated[str | None, Field(max_length=10_000)] = None


class NewTradeline(TradelineFacts):
    """An account typed by hand, as one bureau shows it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "creditor_name": "Harbor Point Bank",
                "bureau": "Experian",
                "account_number": "431196XXXXXX",
                "account_status": "charge_off",
                "balance": 2874,
                "date_opened": "2017-03-14",
            }
        },
    )
    bureau: Bureau


class TradelineChange(TradelineFacts):
    """Only the keys that are sent are changed; `null` empties a value."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"balance": 0, "remarks": "Sold; nothing is owed here"}}
    )
    creditor_name: Annotated[str, Field(min_length=1, max_length=255)] = ""


class NegativeFactorShape(BaseModel):
    reason: str
    field: str
    explanation: str
    rule: str
    printed: str | None = None
    page: int | None = None


class TradelineShape(BaseModel):
    """One account at one bureau."""

    tradeline_id: UUID
    report_upload_id: UUID | None
    account_id: UUID | None
    bureau: Literal["Equifax", "TransUnion", "Experian", "All"]
    creditor_name: str
    account_number: str | None
    account_number_last4: str | None
    account_type: AccountType | None
    account_status: AccountStatus | None
    payment_status: PaymentStatus | None
    responsibility: Responsibility | None
    is_negative: bool
    negative_confidence: float | None
    negative_factors: list[NegativeFactorShape]
    negative_kind: str | None
    negative_severity: int | None
    balance: Money | None
    credit_limit: Money | None
    original_amount: Money | None
    high_balance: Money | None
    monthly_payment: Money | None
    past_due: Money | None
    charge_off_amount: Money | None
    date_opened: date | None
    date_opened_precision: Precision
    date_closed: date | None
    date_closed_precision: Precision
    date_reported: date | None
    date_reported_precision: Precision
    date_last_activity: date | None
    date_last_activity_precision: Precision
    date_last_payment: date | None
    date_last_payment_precision: Precision
    date_of_first_delinquency: date | None
    date_of_first_delinquency_precision: Precision
    payment_history: dict[str, MonthCode]
    late_payments_30: int
    late_payments_60: int
    late_payments_90: int
    late_payments_120: int
    terms: str | None
    original_creditor: str | None
    disputed: bool
    comments: str | None
    remarks: str | None
    created_at: datetime
    updated_at: datetime


class ProvenanceShape(BaseModel):
    """Where a value stands: page from 1, box in PDF points from the top left."""

    field: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    printed_text: str
    rule: str
    confidence: float


class CorrectionShape(BaseModel):
    """What was read, beside what the user says it is."""

    field: str
    read_value: Any
    corrected_value: Any
    corrected_at: datetime


class TradelineWithEvidence(TradelineShape):
    provenance: list[ProvenanceShape]
    corrections: list[CorrectionShape]


class SaidShape(BaseModel):
    """A value that a finding rests on, with the id of what it belongs to; `payment_history/2026-03` is one month of the
    history. The value of personal information is empty: it is read from `/api/v1/personal-information`."""

    tradeline_id: UUID | None = None
    inquiry_id: UUID | None = None
    public_record_id: UUID | None = None
    information_id: UUID | None = None
    field: str
    value: str


class FindingShape(BaseModel):
    """Something that does not add up: what, by which rule, and what one may ask for. `certainty` is `likely` where it
    rests on an inferred date or on two accounts being one debt."""

    finding_id: UUID
    kind: FindingKind
    explanation: str
    rule: str
    source: str
    request: str
    certainty: Certainty
    relevant_until: date | None
    values: list[SaidShape]
    dismissed_at: datetime | None
    created_at: datetime


class NotificationShape(BaseModel):
    notification_id: UUID
    kind: str
    title: str
    body: str
    link: str | None
    created_at: datetime
    read_at: datetime | None


class ReportUploadPage(BaseModel):
    items: list[ReportUpload]
    next: str | None


class TradelinePage(BaseModel):
    items: list[TradelineShape]
    next: str | None


class FindingPage(BaseModel):
    items: list[FindingShape]
    next: str | None


class NotificationPage(BaseModel):
    items: list[NotificationShape]
    next: str | None
    unread: int
