"""The JSON of letters and of what they enclose."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.evidence.company import CompanyAnswer
from tribureau.domain.findings.finding import Subject
from tribureau.domain.letters import Language, LetterKind
from tribureau.domain.letters.enclosures import EnclosureKind
from tribureau.web.api.dispute_shapes import Letter

Correction = Annotated[str, Field(max_length=1_000, pattern=r"^[^\x00]*$")]
AddressLine = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")]
Explanation = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]


class PickShape(BaseModel):
    """One item to dispute: a tradeline, an inquiry, a public record or personal information.

    `bureau` may be left out where its source names one; `reason` is where to begin.
    """

    model_config = ConfigDict(extra="forbid")
    tradeline_id: UUID | None = None
    inquiry_id: UUID | None = None
    public_record_id: UUID | None = None
    information_id: UUID | None = None
    bureau: Bureau | None = None
    reason: Annotated[str | None, Field(max_length=40)] = None

    @model_validator(mode="after")
    def _one_item(self) -> Self:
        if len([name for name in Subject if getattr(self, name)]) != 1:
            raise ValueError("name one item")
        return self

    @property
    def about(self) -> Subject:
        return next(name for name in Subject if getattr(self, name))


class NewLetters(BaseModel):
    """Drafts to write about, or items to begin drafts of: one letter for each bureau and kind that they ask for.

    A draft of a picked item that is there is gone on with. What is disputed already refuses all, by name, unless
    `leave_out` says to go on with the others.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"picks": [{"tradeline_id": "0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10"}]}},
    )
    dispute_ids: Annotated[list[UUID], Field(max_length=100)] = []
    picks: Annotated[list[PickShape], Field(max_length=60)] = []
    language: Language = Language.ENGLISH
    leave_out: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if bool(self.dispute_ids) == bool(self.picks):
            raise ValueError("name either dispute_ids or picks")
        return self


class NewDirectLetters(BaseModel):
    """Tradelines to write to their companies about: one letter for each."""

    model_config = ConfigDict(extra="forbid")
    tradeline_ids: Annotated[list[UUID], Field(min_length=1, max_length=60)]
    language: Language = Language.ENGLISH


class BegunLetters(BaseModel):
    """`left_out`: what was disputed already, in words."""

    letter_ids: list[UUID]
    left_out: list[str] = []


class SayingShape(BaseModel):
    """Why one dispute is made. `confirmed`: the user read it and says that it is true as far as they know."""

    model_config = ConfigDict(extra="forbid")
    dispute_id: UUID
    reason: Annotated[str, Field(max_length=40)]
    correction: Correction = ""
    explanation: Explanation = ""
    confirmed: bool = False


class LetterChoices(BaseModel):
    """What the letter is composed from. Its text is written anew, in place of the user's own changes."""

    model_config = ConfigDict(extra="forbid")
    kind: LetterKind
    language: Language = Language.ENGLISH
    items: Annotated[list[SayingShape], Field(min_length=1, max_length=20)]
    earlier_letter_on: date | None = None
    answered_on: date | None = None
    with_report_pages: bool = True
    recipient_lines: Annotated[list[AddressLine], Field(max_length=5)] = []


class LetterText(BaseModel):
    model_config = ConfigDict(extra="forbid")
    content: Letter


class Posting(BaseModel):
    """That the user posted the letter: the day, and the number on the receipt. `dated` is the date printed on the
    letter, for the copy that is kept; left out, it is the day of mailing."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"mailed_on": "2026-03-02"}})
    mailed_on: date
    tracking_number: Annotated[str, Field(max_length=60, pattern=r"^[0-9 -]*$")] = ""
    dated: date | None = None


class Receipt(BaseModel):
    model_config = ConfigDict(extra="forbid")
    received_on: date


class CompanyAnswered(BaseModel):
    """What a company answered, by the user's word."""

    model_config = ConfigDict(extra="forbid")
    answered_on: date
    outcome: CompanyAnswer
    note: Annotated[str, Field(max_length=2000)] = ""


class LetterItem(BaseModel):
    dispute_id: UUID
    status: DisputeStatus
    creditor_name: str
    account_number: str | None
    reason: str | None
    correction: str | None
    explanation: str | None
    printed: list[dict[str, Any]]
    confirmed_at: datetime | None
    mailed_on: date | None
    tracking_number: str | None
    received_on: date | None


class LetterShape(BaseModel):
    """A letter to one bureau, or to the company that `recipient_lines` name. `content` holds placeholders for the name,
    the date of birth and the SSN's last four, and for disputed personal information."""

    letter_id: UUID
    bureau: Bureau
    kind: LetterKind
    language: Language
    state: Literal["draft", "ready", "mailed"]
    content: str
    original_content: str
    facts: dict[str, Any]
    recipient_lines: list[str]
    items: list[LetterItem]
    answered_on: Annotated[date | None, Field(description="Of a company; what a bureau answers is its disputes'.")]
    answer_outcome: CompanyAnswer | None
    answer_note: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class LetterSummary(BaseModel):
    letter_id: UUID
    bureau: Bureau
    kind: LetterKind
    language: Language
    state: Literal["draft", "ready", "mailed"]
    creditors: list[str | None] | None
    mailed_on: date | None
    tracking_number: str | None
    received_on: date | None
    version: int
    created_at: datetime


class EnclosureShape(BaseModel):
    """A proof that the user uploaded. `sha256` is that of the file as it came; kept are pictures of its pages."""

    enclosure_id: UUID
    kind: EnclosureKind
    name: str
    size_bytes: int
    sha256: str
    created_at: datetime
    is_mailed: bool


class ChosenEnclosures(BaseModel):
    model_config = ConfigDict(extra="forbid")
    enclosure_ids: Annotated[list[UUID], Field(max_length=20)]
