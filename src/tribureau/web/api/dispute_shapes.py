"""The JSON of disputes. Keys are the columns' names; a version travels as the ETag, too."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import Actor, DisputeStatus
from tribureau.web.api.shapes import Money

Words = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, Field(max_length=1_000, pattern=r"^[^\x00]*$")]
Letter = Annotated[str, Field(max_length=100_000, pattern=r"^[^\x00]*$")]


class NewDispute(BaseModel):
    """A draft. `bureau` may be left out where the account's source names one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "tradeline_id": "0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10",
                "bureau": "Experian",
                "dispute_reason": "The account was paid in full in 2019.",
            }
        },
    )
    tradeline_id: UUID
    bureau: Bureau | None = None
    dispute_reason: Words | None = None
    letter_content: Letter = ""
    change_notes: Words | None = None


class NewDisputes(BaseModel):
    """All of them are begun, or none."""

    model_config = ConfigDict(extra="forbid")
    disputes: Annotated[list[NewDispute], Field(min_length=1, max_length=100)]


class DraftChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    dispute_reason: Words | None = None
    letter_content: Letter | None = None


class DisputeStep(BaseModel):
    """Where the dispute goes, and what is known about it: `mailed_on` and a tracking number for a letter that was
    posted by hand, `received_on` for the day it arrived, the date of the bureau's answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"status": "Pending", "mailed_on": "2026-03-02", "change_notes": "At the post office"}
        },
    )
    status: DisputeStatus
    change_reason: Reason | None = None
    change_notes: Words | None = None
    mailed_on: date | None = None
    tracking_number: Annotated[str | None, Field(max_length=100, pattern=r"^[0-9A-Za-z -]*$")] = None
    received_on: date | None = None
    bureau_response_date: date | None = None
    bureau_response_summary: Words | None = None


class DisputeShape(BaseModel):
    """One round of disputing one tradeline at one bureau. `next_statuses` is where its user may move it now."""

    dispute_id: UUID
    tradeline_id: UUID | None
    account_id: UUID | None
    disputed_tradeline_id: UUID
    disputed_values: dict[str, Any]
    bureau: Bureau
    round: int
    is_current: bool
    current_dispute_id: UUID | None
    letter_content: str
    letter_generated_at: datetime | None
    dispute_reason: str | None
    mailing_service: str | None
    mailing_date: datetime | None
    tracking_number: str | None
    received_on: date | None
    payment_amount_cents: int | None
    status: DisputeStatus
    status_updated_at: datetime
    status_updated_by: Actor
    bureau_response_date: date | None
    bureau_response_summary: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    next_statuses: list[DisputeStatus] = []

    @field_validator("disputed_values")
    @classmethod
    def _without_ciphertext(cls, values: dict[str, Any]) -> dict[str, Any]:
        """A disputed name or address stays sealed in its row; its bytes are of use to nobody here."""
        return {name: value for name, value in values.items() if name != "sealed"}


class DisputePage(BaseModel):
    items: list[DisputeShape]
    next: str | None


class BegunDisputes(BaseModel):
    dispute_ids: list[UUID]


class HistoryEntry(BaseModel):
    """A change: `hash` covers it and all before it; `is_signed` tells whether a signature covers it."""

    position: int
    previous_status: DisputeStatus | None
    new_status: DisputeStatus
    changed_by: Actor
    change_reason: str | None
    change_notes: str | None
    changed_at: datetime
    facts: dict[str, Any]
    hash: str
    is_signed: bool


class ReportedValues(BaseModel):
    """What one bureau's newest report says."""

    tradeline_id: UUID
    account_number: str | None
    account_status: str | None
    payment_status: str | None
    balance: Money | None
    past_due: Money | None
    credit_limit: Money | None
    date_opened: date | None
    date_of_first_delinquency: date | None
    late_payments_30: int
    late_payments_60: int
    late_payments_90: int
    late_payments_120: int
    is_negative: bool
    report_date: date | None


class ComparedAccountShape(BaseModel):
    """One account side by side: what each bureau reports, what differs, where its dispute stands (`Blank`: nowhere)."""

    account_id: UUID
    creditor_name: str
    account_number: str | None
    account_type: str | None
    balance: Money | None
    is_negative: bool
    created_at: datetime
    reported: dict[Literal["Equifax", "TransUnion", "Experian", "All"], ReportedValues]
    differing: list[str]
    equifax_status: DisputeStatus
    equifax_tracking: str
    equifax_last_update: datetime | None
    equifax_dispute_id: UUID | None
    equifax_round: int | None
    transunion_status: DisputeStatus
    transunion_tracking: str
    transunion_last_update: datetime | None
    transunion_dispute_id: UUID | None
    transunion_round: int | None
    experian_status: DisputeStatus
    experian_tracking: str
    experian_last_update: datetime | None
    experian_dispute_id: UUID | None
    experian_round: int | None


class Statistics(BaseModel):
    """Figures over the current rounds; `last_update` is when a dispute last changed."""

    total_disputes: int = 0
    successful_deletions: int = 0
    in_progress: int = 0
    unsuccessful: int = 0
    success_rate_percentage: float | None = None
    avg_days_to_resolution: float | None = None
    equifax_deletions: int = 0
    transunion_deletions: int = 0
    experian_deletions: int = 0
    last_update: datetime | None = None
