"""What findings beside the accounts are made from: inquiries, public records, personal information in their places."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from tribureau.domain.bureaus import Bureau
from tribureau.domain.creditor_names import canonical_creditor
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.profile import Profile
from tribureau.domain.public_records import PublicRecord
from tribureau.domain.tradelines import PrintedDate

NOT_MINE: Final = "not_mine"
MINE: Final = "mine"


@dataclass(frozen=True, slots=True)
class ReportedInquiry:
    """`recognised` is what the user says of it: MINE, NOT_MINE or None."""

    id: UUID
    bureau: Bureau
    reported_on: date
    creditor_name: str
    inquired_on: PrintedDate
    kind: InquiryKind
    recognised: str | None = None

    @property
    def key(self) -> str:
        return f"{canonical_creditor(self.creditor_name)} {self.inquired_on.iso()} {self.kind}@{self.bureau}"


@dataclass(frozen=True, slots=True)
class ReportedRecord:
    id: UUID
    reported_on: date
    record: PublicRecord
    printed_kind: str
    recognised: str | None = None

    @property
    def key(self) -> str:
        filed = self.record.filed_on.iso() if self.record.filed_on else ""
        return f"{self.record.kind} {filed} {self.record.reference or ''}"


@dataclass(frozen=True, slots=True)
class ReportedInformation:
    """A personal value. Its key is the id of the first row of any bureau that says it, never the value itself."""

    id: UUID
    bureau: Bureau | None
    reported_on: date
    kind: PersonalKind
    value: str
    recognised: str | None = None
    first_id: UUID | None = None

    @property
    def key(self) -> str:
        return f"{self.kind} {self.first_id or self.id}"


@dataclass(frozen=True, slots=True)
class BesideAccounts:
    """The newest word of each bureau beside the accounts. `profile` is None where the user gave none."""

    inquiries: tuple[ReportedInquiry, ...] = ()
    records: tuple[ReportedRecord, ...] = ()
    information: tuple[ReportedInformation, ...] = ()
    profile: Profile | None = None
