"""What reading a report gives: tradelines, and for each value the place on the page that it came from."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.tradelines import Tradeline

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
class PersonalInfo:
    """The consumer as the report names them. `dob` is ISO, or a bare year; an SSN is kept as its last four only."""

    name: str | None = None
    current_address: str | None = None
    previous_addresses: list[str] = field(default_factory=list)
    dob: str | None = None
    ssn_last4: str | None = None


@dataclass(slots=True)
class InquiriesCount:
    hard: int = 0
    soft: int = 0


@dataclass(slots=True)
class Report:
    """A report as read. `layout` is one of the six families; `page_sizes` are (width, height) in points."""

    layout: str | None
    bureaus: list[Bureau]
    report_date: date | None
    page_sizes: list[tuple[float, float]]
    tradelines: list[ReadTradeline]
    personal_info: PersonalInfo = field(default_factory=PersonalInfo)
    scores: dict[Bureau, int] = field(default_factory=dict)
    inquiries_count: InquiriesCount = field(default_factory=InquiriesCount)
    notes: list[str] = field(default_factory=list)
    """What a reader of the result should know, a sentence each (a page that is a picture, a table cut short)."""
    read_by: list[str] = field(default_factory=lambda: [HERE])
    """Who read it: this program, the engines that read its scanned pages, a language model."""
    values_dropped: int = 0
    """Values that a language model named and that are not printed so."""
