"""Public records from what is printed of them, whatever the layout: kind, court, dates, amount, what became of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.public_records import PublicRecord, PublicRecordKind, classify
from tribureau.reader.beside_accounts.public_record_words import chapter_in, kind_in, status_in
from tribureau.reader.dates import printed_date
from tribureau.reader.labels import IGNORED, LabelBook
from tribureau.reader.report import Evidence, ReadPublicRecord
from tribureau.reader.values import is_absent, money

BOOK: Final = LabelBook(
    {
        "kind": (
            "Type|Record Type|Public Record Type|Type of Record|Public Record|Record|Type of Public Record|Description"
        ),
        "status": "Status|Disposition|Current Status|Record Status|Outcome|Status Detail",
        "filed_on": "Date Filed|Filed|Filing Date|Date Filed/Reported|Filed On|Date of Filing|File Date|Date Entered",
        "resolved_on": (
            "Date Resolved|Resolved|Closing Date|Date Satisfied|Satisfied|Date Released|Released|Release Date"
            "|Date Paid|Paid On|Date Discharged|Discharge Date|Disposition Date|Date Settled|Date Closed|Status Date"
        ),
        "amount": "Amount|Liability|Liability Amount|Liabilities|Claim Amount|Judgment Amount|Lien Amount|Legal Amount",
        "court": "Court|Court Name|Filed In|Where Filed|Courthouse|Filed With|Source|Court Location",
        "reference": (
            "Reference Number|Reference #|Reference|Case Number|Case #|Docket Number|Docket #|Docket|Court Reference"
            "|Certificate Number|Case/Docket Number|File Number|Case No|Docket No"
        ),
        IGNORED: (
            "Asset Amount|Assets|Exempt Amount|Responsibility|Phone|Phone Number|Address|Date Updated|Date Reported"
            "|Plaintiff|Attorney|Estimated month and year this item will be removed|On Record Until|Filed By"
            "|Bureau Code|Date Verified|Comment|Comments|Remarks"
        ),
    }
)
SENTENCE: Final = "sentence"
"""The rule of a record that is told in a line of its own, without labels."""
_KEPT_OF_A_REFERENCE: Final = 4


@dataclass(slots=True)
class PrintedRecord:
    """One record as found on the pages, by question."""

    bureau: Bureau
    answers: dict[str, Evidence] = field(default_factory=dict)


def recognised(printed: Iterable[PrintedRecord]) -> list[ReadPublicRecord]:
    """Those of the printed records that say enough to be one."""
    return [read for record in printed if (read := _record(record.bureau, record.answers))]


def _record(bureau: Bureau, answers: Mapping[str, Evidence]) -> ReadPublicRecord | None:
    """None for what is only an empty form, or names nothing that a court or an office records."""
    words = [answers[name] for name in ("kind", "status", "court") if name in answers]
    naming = next((one for one in words if kind_in(one.printed)), None)
    if len(answers) < 2 and naming is None:
        return None
    if naming is None and not {"filed_on", "court"} & answers.keys():
        return None
    evidence = {name: said for name, said in answers.items() if name in _VALUES}
    record = PublicRecord((kind_in(naming.printed) if naming else None) or PublicRecordKind.OTHER, bureau)
    for name, read in _VALUES.items():
        value = read(answers[name].printed) if name in answers else None
        if value is None:
            evidence.pop(name, None)
        else:
            setattr(record, name, value)
    if "reference" in evidence:
        evidence["reference"] = replace(evidence["reference"], printed=record.reference or "")
    if naming:
        evidence["kind"] = naming
        record.chapter = next((chapter for one in words if (chapter := chapter_in(one.printed))), None)
        if record.chapter:
            evidence["chapter"] = naming
    if record.status is None and naming and (status := status_in(naming.printed)):
        record.status, evidence["status"] = status, naming
    printed_kind = _phrase(naming) if naming else answers["kind"].printed if "kind" in answers else "Public record"
    return ReadPublicRecord(record, classify(record, evidence), printed_kind, evidence)


def _phrase(naming: Evidence) -> str:
    """What names the record; of a sentence only that part."""
    if naming.rule != SENTENCE:
        return naming.printed
    parts = [part.strip() for part in re.split(r"[,:;]", naming.printed) if kind_in(part)]
    return next((part for part in parts if chapter_in(part)), parts[0] if parts else naming.printed)


def masked_reference(printed: str) -> str | None:
    """The end of a docket number: enough to know it again."""
    text = printed.strip()
    if is_absent(text):
        return None
    shown = text[-_KEPT_OF_A_REFERENCE:]
    return text if len(text) <= _KEPT_OF_A_REFERENCE else "***" + shown


_VALUES: Final[Mapping[str, Callable[[str], object | None]]] = {
    "filed_on": printed_date,
    "resolved_on": printed_date,
    "amount": money,
    "court": lambda text: text.strip() or None,
    "reference": masked_reference,
    "status": status_in,
}
