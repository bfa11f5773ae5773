"""What a report says about its consumer, its date, its scores and its inquiries."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Precision
from tribureau.reader.dates import printed_date
from tribureau.reader.document import Document
from tribureau.reader.labels import LabelBook
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.pages import Line
from tribureau.reader.report import InquiriesCount, PersonalInfo
from tribureau.reader.single_bureau.declaration import Declaration, Section
from tribureau.reader.single_bureau.outline import Outline
from tribureau.reader.single_bureau.pairs import Pair, find_pairs
from tribureau.reader.values import is_absent

_PERSONAL_LABELS: Final = {
    "name": "Prepared For|Personal Credit Report for|Name|Names|Consumer Name|Full Name",
    "current_address": "Current Address|Addresses|Address|Address Information|Mailing Address",
    "previous_addresses": "Former Address(es)|Other Address|Other Addresses|Previous Address(es)|Previous Address",
    "dob": "Date of Birth|Year of Birth|Age or Date of Birth|Birth Date|Birth Year|DOB|Born",
    "ssn": "Social Security Number|SSN|Social Security",
    "report_date": "Date Generated|Report Date|Date Issued|Credit Report Date|Date of Report|Date|Last updated|Created",
    "": (
        "Also Known As|Former Name(s)|Phone|Phones|Phone Numbers|Phone Number|Employer|Employers|Employment"
        "|Employment Information|Date Reported|File Number|Report Number|Report Confirmation|Confirmation|Name ID"
        "|Address ID|Employment History|Other Names|Aliases"
    ),
}
_BOOK: Final = LabelBook(_PERSONAL_LABELS)
_PREPARED_FOR: Final = re.compile(r"^prepared for:?\s+(?P<name>\S.*)", re.IGNORECASE)
_AFTER_ADDRESS: Final = re.compile(
    r"\s+(?:Address ID|Reported|Date Reported|Single family|Multifamily|Apartment|Post Office)\b.*", re.IGNORECASE
)
_TO_ZIP_CODE: Final = re.compile(r".*?\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b")
_AFTER_NAME: Final = re.compile(
    r"\s+(?:Name ID|Date generated|Confirmation|Report (?:Number|Date)|File Number)\b.*|\s+#.*", re.IGNORECASE
)
_LAST_FOUR: Final = re.compile(
    r"(?:[xX*•#]{3}[-\s]?[xX*•#]{2}[-\s]?|\d{3}-?\d{2}-?|[xX*•#]{2,}[-\s]?)(\d{4})\b|^(\d{4})$"
)
_BUREAU_NAMES: Final = "|".join(bureau.value for bureau in Bureau)
_SCORE: Final = re.compile(
    rf"\b(?P<a>[3-8]\d\d)\b[^\n]{{0,40}}?\b(?P<after>{_BUREAU_NAMES})\b|\b(?P<before>{_BUREAU_NAMES})\b[^\n]{{0,40}}?\b(?P<b>[3-8]\d\d)\b",
    re.IGNORECASE,
)
_SCORE_WORDS: Final = re.compile(r"score|fico", re.IGNORECASE)
_SCORE_DATA: Final = re.compile(rf"^\s*(?P<score>[3-8]\d\d)\s+(?P<bureau>{_BUREAU_NAMES}) data\b", re.IGNORECASE)
_DATED: Final = re.compile(
    r"(?<![\d/])\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})(?!\d)|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_MONTH_OF_INQUIRY: Final = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{4}\b|(?<![\d/])\d{1,2}/\d{4}(?!\d)"
)
_FIRST_PART: Final = 60
"""How many lines at the top of a report may name the consumer outside the part about the person."""
_HARD: Final = frozenset({Section.HARD_INQUIRIES, Section.INQUIRIES})
_INQUIRY_PARTS: Final = frozenset({Section.HARD_INQUIRIES, Section.SOFT_INQUIRIES, Section.INQUIRIES})


def read_details(document: Document, plan: Outline, declaration: Declaration) -> Details:
    pairs = _personal_pairs(document, plan)
    return Details(
        report_date=_report_date(document, pairs),
        personal_info=_personal_info(pairs, [*document.furniture[:2], *document.lines[:12]]),
        scores=_scores(document.lines, declaration.bureau),
        inquiries_count=_inquiries(document.lines, plan),
        bureaus=_bureaus(plan, declaration.bureau),
    )


def _personal_pairs(document: Document, plan: Outline) -> list[Pair]:
    """Pairs of the top of the report, then of the part about the person, in which a value found later wins a label."""
    chosen = [
        at
        for at, place in enumerate(plan.places)
        if place.section is Section.PERSONAL or (at < _FIRST_PART and place.section in (None, Section.OTHER))
    ]
    lines = [*document.furniture[:4], *(document.lines[at] for at in chosen)]
    stops = {at + min(4, len(document.furniture)) for at, old in enumerate(chosen) if old in plan.headings}
    return find_pairs(lines, _BOOK, set(), stops).pairs


def _first(pairs: Sequence[Pair], question: str) -> list[str]:
    return [p.value.printed for p in pairs if p.question == question and p.value and not is_absent(p.value.printed)]


def _personal_info(pairs: Sequence[Pair], top: Sequence[Line]) -> PersonalInfo:
    addressed = [found["name"] for line in top if (found := _PREPARED_FOR.search(line.segments[0].text))]
    names = [_AFTER_NAME.sub("", name).strip(" :") for name in [*addressed, *_first(pairs, "name")]]
    addresses = [_one_address(address) for address in _first(pairs, "current_address")]
    previous = [
        _AFTER_ADDRESS.sub("", part).strip()
        for value in _first(pairs, "previous_addresses")
        for part in value.split(";")
    ]
    return PersonalInfo(
        name=names[0] if names else None,
        current_address=addresses[0] if addresses else None,
        previous_addresses=previous,
        dob=_birth(_first(pairs, "dob")),
        ssn_last4=_last_four(_first(pairs, "ssn")),
    )


def _one_address(printed: str) -> str:
    """The first of what may be several addresses under one label: it ends with its ZIP code."""
    address = _AFTER_ADDRESS.sub("", printed).strip()
    found = _TO_ZIP_CODE.match(address)
    return found[0] if found else address


def _birth(printed: Sequence[str]) -> str | None:
    for text in printed:
        born = printed_date(text)
        if born and born.precision is not Precision.MONTH:
            return born.iso()
    return None


def _last_four(printed: Sequence[str]) -> str | None:
    """Of a social security number only the last four digits are ever kept."""
    for text in printed:
        found = _LAST_FOUR.search(text)
        if found:
            return found[1] or found[2]
    return None


def _report_date(document: Document, pairs: Sequence[Pair]) -> date | None:
    for text in _first(pairs, "report_date"):
        printed = printed_date(text)
        if printed and printed.precision is Precision.DAY:
            return printed.day
    top = [*document.furniture[:2], *document.lines[:12]]
    dates = (printed_date(found[0]) for line in top if (found := _DATED.search(line.text)))
    return next((d.day for d in dates if d), None)


def _scores(lines: Sequence[Line], bureau: Bureau | None) -> dict[Bureau, int]:
    """Scores that stand in one line with their bureau's name and the word score, or right before `Experian data`."""
    scores: dict[Bureau, int] = {}
    for line in lines:
        text = line.text
        found = _SCORE_DATA.match(text)
        if found:
            scores.setdefault(_bureau(found["bureau"]), int(found["score"]))
        elif _SCORE_WORDS.search(text) and (found := _SCORE.search(text)):
            named = _bureau(found["after"] or found["before"])
            scores.setdefault(named, int(found["a"] or found["b"]))
    return {b: s for b, s in scores.items() if bureau in (None, b)}


def _bureau(name: str) -> Bureau:
    return next(bureau for bureau in Bureau if bureau.value.lower() == name.lower())


def _inquiries(lines: Sequence[Line], plan: Outline) -> InquiriesCount:
    """One inquiry per line that holds a date; a cell that says Hard or Soft decides over the heading."""
    count = InquiriesCount()
    for line, place in zip(lines, plan.places, strict=True):
        if place.section not in _INQUIRY_PARTS or not (dates := _dates(line)):
            continue
        kind = line.segments[-1].text.lower()
        soft = kind == "soft" or (place.section is Section.SOFT_INQUIRIES and kind != "hard")
        if soft:
            count.soft += len(dates)
        else:
            count.hard += len(dates)
    return count


def _dates(line: Line) -> list[str]:
    """The dates of a line; where none is full, a month of its own cell."""
    cells = [segment.text for segment in line.segments]
    return _DATED.findall(line.text) or [cell for cell in cells if _MONTH_OF_INQUIRY.fullmatch(cell)][:1]


def _bureaus(plan: Outline, bureau: Bureau | None) -> list[Bureau]:
    return [bureau] if bureau else list(dict.fromkeys(place.bureau for place in plan.places if place.bureau))
