"""What a bureau reports from a court or a tax office, and what is negative about it.

Each bankruptcy, tax lien, civil judgment and foreclosure is negative, whatever became of it since: paid, satisfied or
dismissed it only weighs less. How long each may be reported: 15 USC 1681c(a)(1) to (3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from tribureau.domain.bureaus import Bureau
from tribureau.domain.derogatory_marks import (
    BANKRUPTCY_PERIOD,
    BY_KIND,
    COURT_FORECLOSURE_PERIOD,
    Mark,
    NegativeKind,
)
from tribureau.domain.negative_items import NegativeFactor, NegativeItem
from tribureau.domain.tradelines import PrintedDate


class PublicRecordKind(StrEnum):
    """What was recorded. OTHER is whatever the report files under public records and none of these."""

    BANKRUPTCY = "bankruptcy"
    TAX_LIEN = "tax_lien"
    CIVIL_JUDGMENT = "civil_judgment"
    FORECLOSURE = "foreclosure"
    OTHER = "other"


class PublicRecordStatus(StrEnum):
    """What became of it."""

    FILED = "filed"
    """Pending, entered or unpaid: it still stands."""
    DISCHARGED = "discharged"
    """A bankruptcy that ended the debts."""
    DISMISSED = "dismissed"
    """A case that the court closed without deciding it; a bankruptcy that ended none of the debts."""
    SATISFIED = "satisfied"
    """A judgment that was paid, a lien that was released."""
    VACATED = "vacated"
    """A judgment that the court undid, a lien that was withdrawn."""


@dataclass(slots=True)
class PublicRecord:
    """One record at one bureau. `None` means that the report does not print it; money is in dollars.

    `resolved_on` is the day of the discharge, dismissal, release or payment. `reference` is the court's docket number
    as it may be kept: masked. `chapter` is that of a bankruptcy: 7, 11, 12 or 13.
    """

    kind: PublicRecordKind
    bureau: Bureau
    filed_on: PrintedDate | None = None
    resolved_on: PrintedDate | None = None
    amount: Decimal | None = None
    court: str | None = None
    reference: str | None = None
    status: PublicRecordStatus | None = None
    chapter: int | None = None


class Source(Protocol):
    """Where the report prints a value: the reader's evidence."""

    @property
    def printed(self) -> str: ...
    @property
    def page(self) -> int: ...


NO_SOURCES: Final[Mapping[str, Source]] = MappingProxyType({})

_MARKS: Final = {
    PublicRecordKind.BANKRUPTCY: Mark(
        NegativeKind.BANKRUPTCY,
        "A bankruptcy was filed with a court. Lenders see it for as long as it is reported.",
        BANKRUPTCY_PERIOD,
        BY_KIND[NegativeKind.BANKRUPTCY].severity,
    ),
    PublicRecordKind.TAX_LIEN: BY_KIND[NegativeKind.TAX_LIEN],
    PublicRecordKind.CIVIL_JUDGMENT: BY_KIND[NegativeKind.JUDGMENT],
    PublicRecordKind.FORECLOSURE: Mark(
        NegativeKind.FORECLOSURE,
        "A court recorded that a lender took back, or started to take back, a home.",
        COURT_FORECLOSURE_PERIOD,
        BY_KIND[NegativeKind.FORECLOSURE].severity,
    ),
}
_OUTCOMES: Final = {
    PublicRecordStatus.FILED: ("It still stands: nothing shows that it was paid, ended or withdrawn.", 0),
    PublicRecordStatus.DISCHARGED: ("The court ended the debts. The bankruptcy itself still counts against you.", -5),
    PublicRecordStatus.DISMISSED: ("The court closed the case. That it was filed still counts against you.", -10),
    PublicRecordStatus.SATISFIED: ("It was paid or released. That it was recorded still counts against you.", -15),
    PublicRecordStatus.VACATED: ("It was undone or withdrawn, so it should count for little or nothing.", -40),
}
"""What a status means for the user, and by how much it changes the weight."""
_CHAPTER_13: Final = (
    "The bureaus' own policy, not law: a chapter 13 bankruptcy leaves the report 7 years after it was filed"
)
_LIGHTER_CHAPTER: Final = -5
"""Under chapter 13 the debts are repaid in part."""
_CERTAIN: Final = 0.97
_UNNAMED: Final = 0.5
"""A record of no known kind is neither negative nor good: a user should look at it."""


def classify(record: PublicRecord, sources: Mapping[str, Source] = NO_SOURCES) -> NegativeItem:
    """The verdict on a public record. `sources` gives by field where the report prints it."""
    mark = _MARKS.get(record.kind)
    if mark is None:
        return NegativeItem(is_negative=False, confidence=_UNNAMED)
    factors = list(_factors(record, mark))
    for factor in factors:
        source = sources.get(factor.field)
        if source:
            factor.printed, factor.page = source.printed, source.page
    return NegativeItem(
        is_negative=True, confidence=_CERTAIN, kind=mark.kind, severity=_severity(record, mark), factors=factors
    )


def _factors(record: PublicRecord, mark: Mark) -> Iterator[NegativeFactor]:
    yield NegativeFactor(mark.kind.value, "kind", mark.meaning, mark.rule)
    if record.status:
        yield NegativeFactor(f"record_{record.status}", "status", _OUTCOMES[record.status][0], mark.rule)
    if record.kind is PublicRecordKind.BANKRUPTCY and record.chapter == 13:
        text = "Under chapter 13 part of the debts is repaid by a plan, so it weighs less and leaves sooner."
        yield NegativeFactor("chapter_13", "chapter", text, _CHAPTER_13)


def _severity(record: PublicRecord, mark: Mark) -> int:
    by_status = _OUTCOMES[record.status][1] if record.status else 0
    by_chapter = _LIGHTER_CHAPTER if record.kind is PublicRecordKind.BANKRUPTCY and record.chapter == 13 else 0
    return mark.severity + by_status + by_chapter
