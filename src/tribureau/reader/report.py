"""What reading a report gives: tradelines, and for each value the place on the page that it came from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from tribureau.domain.bureau_responses import ItemKind, Outcome, ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.public_records import PublicRecord
from tribureau.domain.tradelines import PrintedDate, Tradeline

HERE: Final = "Tribureau"
"""The name of our own reader among those that read a report."""


class Box(NamedTuple):
    """A rectangle on a page, in PDF points (1/72 inch) from the top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Evidence:
    """Why a field has its value.

    `page` counts from 1. `rule` names the label or the inference ("label:Amount Past Due", "grid:Experian",
    "inferred:status wording"). `confidence` lies in 0..1.
    """

    page: int
    box: Box
    printed: str
    rule: str
    confidence: float = 1.0


@dataclass(slots=True)
class ReadTradeline:
    """A tradeline, its verdict, and the evidence by field name (and `payment_history/YYYY-MM` for negative months)."""

    tradeline: Tradeline
    negative: NegativeItem
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class PersonalValue:
    """A name, an address, an employer … as one bureau has it.

    Of an SSN neither `value` nor evidence holds more than the last four digits. `bureau` is None where the report does
    not say which one knows it.
    """

    kind: PersonalKind
    value: str
    bureau: Bureau | None
    evidence: Evidence


@dataclass(slots=True)
class ReadScore:
    """A printed score. `score_type` names its model («VantageScore 3.0»); `scored_on` is None where only the report has
    a date."""

    bureau: Bureau
    score_value: int
    score_type: str
    scored_on: date | None
    evidence: Evidence


@dataclass(slots=True)
class ReadInquiry:
    """Somebody asked for the file. `business` is the kind of business as printed; evidence by field name."""

    creditor_name: str
    bureau: Bureau
    inquired_on: PrintedDate
    kind: InquiryKind
    business: str | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class ReadPublicRecord:
    """A public record, its verdict, and the evidence by field name. `printed_kind` is what the report calls it."""

    record: PublicRecord
    negative: NegativeItem
    printed_kind: str
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class PersonalInfo:
    """The consumer as most bureaus name them. `dob` is ISO, or a bare year; an SSN is kept as its last four only."""

    name: str | None = None
    current_address: str | None = None
    previous_addresses: list[str] = field(default_factory=list)
    dob: str | None = None
    ssn_last4: str | None = None


def most_agreed(values: Iterable[PersonalValue]) -> PersonalInfo:
    """The person in one line each: what most bureaus print, of equals the first."""
    by_kind: dict[PersonalKind, list[str]] = {kind: [] for kind in PersonalKind}
    for one in values:
        by_kind[one.kind].append(one.value)
    return PersonalInfo(
        name=_most_common(by_kind[PersonalKind.NAME]),
        current_address=_most_common(by_kind[PersonalKind.CURRENT_ADDRESS]),
        previous_addresses=list(dict.fromkeys(by_kind[PersonalKind.PREVIOUS_ADDRESS])),
        dob=_most_common(by_kind[PersonalKind.DATE_OF_BIRTH]),
        ssn_last4=_most_common(by_kind[PersonalKind.SSN_LAST4]),
    )


def _most_common(values: list[str]) -> str | None:
    return Counter(values).most_common(1)[0][0] if values else None


@dataclass(slots=True)
class InquiriesCount:
    hard: int = 0
    soft: int = 0


@dataclass(slots=True)
class ReadChange:
    """A value of an account that a bureau says it changed, as printed; `before` is None where only the new one is."""

    field: str
    before: str | None
    after: str
    evidence: Evidence


@dataclass(slots=True)
class ReadItem:
    """A disputed item and what came of it. `creditor_name` is the furnisher, the court, or the kind of personal
    information (never its value); `outcome_text` is the bureau's own words. What tells an inquiry or a public record
    apart is its day or its docket, where it is printed. Evidence is by field name."""

    kind: ItemKind
    creditor_name: str
    account_number: str | None
    outcome: Outcome
    outcome_text: str
    inquired_on: date | None = None
    reference: str | None = None
    changes: list[ReadChange] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class Response:
    """A bureau's answer to a dispute. `reference` is the bureau's number for it."""

    kind: ResponseKind
    bureau: Bureau | None
    letter_date: date | None
    reference: str | None
    items: list[ReadItem]
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class BesideAccounts:
    """What a report says beside its accounts, each value with its evidence."""

    personal: list[PersonalValue] = field(default_factory=list)
    printed_scores: list[ReadScore] = field(default_factory=list)
    inquiries: list[ReadInquiry] = field(default_factory=list)
    public_records: list[ReadPublicRecord] = field(default_factory=list)

    @property
    def personal_info(self) -> PersonalInfo:
        return most_agreed(self.personal)

    @property
    def scores(self) -> dict[Bureau, int]:
        """The first score of each bureau."""
        return {score.bureau: score.score_value for score in reversed(self.printed_scores)}

    @property
    def inquiries_count(self) -> InquiriesCount:
        hard = sum(inquiry.kind is InquiryKind.HARD for inquiry in self.inquiries)
        return InquiriesCount(hard, len(self.inquiries) - hard)


@dataclass(slots=True)
class Report:
    """A report as read. `layout` is one of the six families; `page_sizes` are (width, height) in points."""

    layout: str | None
    bureaus: list[Bureau]
    report_date: date | None
    page_sizes: list[tuple[float, float]]
    tradelines: list[ReadTradeline]
    beside: BesideAccounts = field(default_factory=BesideAccounts)
    notes: list[str] = field(default_factory=list)
    """What a reader of the result should know, a sentence each (a page that is a picture, a table cut short)."""
    read_by: list[str] = field(default_factory=lambda: [HERE])
    """Who read it: this program, the engines that read its scanned pages, a language model."""
    values_dropped: int = 0
    """Values that a language model named and that are not printed so."""
    response: Response | None = None
    """The bureau's answer that the file is, in place of a report: then nothing else of it was read."""
