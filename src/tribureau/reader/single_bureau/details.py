"""What a report of one bureau, or of one after the other, says about its consumer, its date, scores and inquiries."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.tradelines import Precision
from tribureau.reader.beside_accounts import inquiries
from tribureau.reader.beside_accounts.person import personal_values, without_doubles
from tribureau.reader.beside_accounts.pieces import words_in
from tribureau.reader.beside_accounts.scores import scores_in
from tribureau.reader.dates import printed_date
from tribureau.reader.document import Document
from tribureau.reader.labels import LabelBook
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.pages import Line, enclosing
from tribureau.reader.report import Evidence, PersonalValue
from tribureau.reader.single_bureau import public_records
from tribureau.reader.single_bureau.declaration import Declaration, Section
from tribureau.reader.single_bureau.outline import Outline, Place
from tribureau.reader.single_bureau.pairs import Pair, find_pairs
from tribureau.reader.values import is_absent

_PERSONAL_LABELS: Final = {
    PersonalKind.NAME: "Prepared For|Personal Credit Report for|Name|Names|Consumer Name|Full Name",
    PersonalKind.OTHER_NAME: (
        "Also Known As|Former Name(s)|Former Name|Former Names|Other Names|Other Name|Aliases|AKA|Name Variations"
        "|Maiden Name|Previous Name(s)"
    ),
    PersonalKind.CURRENT_ADDRESS: "Current Address|Addresses|Address|Address Information|Mailing Address",
    PersonalKind.PREVIOUS_ADDRESS: (
        "Former Address(es)|Former Address|Other Address|Other Addresses|Previous Address(es)|Previous Address"
        "|Previous Addresses|Prior Address"
    ),
    PersonalKind.EMPLOYER: (
        "Employer|Employers|Employment|Employment Information|Employment History|Current Employer|Previous Employer"
        "|Former Employer|Employer Name|Employment Data"
    ),
    PersonalKind.PHONE: "Phone|Phones|Phone Numbers|Phone Number|Telephone|Telephone Number|Telephone Numbers",
    PersonalKind.DATE_OF_BIRTH: "Date of Birth|Year of Birth|Age or Date of Birth|Birth Date|Birth Year|DOB|Born",
    PersonalKind.SSN_LAST4: "Social Security Number|SSN|Social Security",
    "report_date": "Date Generated|Report Date|Date Issued|Credit Report Date|Date of Report|Date|Last updated|Created",
    "": "Date Reported|File Number|Report Number|Report Confirmation|Confirmation|Name ID|Address ID",
}
_BOOK: Final = LabelBook(_PERSONAL_LABELS)
_PREPARED_FOR: Final = re.compile(r"^prepared for:?\s+(?P<name>\S.*)", re.IGNORECASE)
_AFTER_NAME: Final = re.compile(
    r"\s+(?:Name ID|Date generated|Confirmation|Report (?:Number|Date)|File Number)\b.*|\s+#.*", re.IGNORECASE
)
_DATED: Final = re.compile(
    r"(?<![\d/])\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})(?!\d)|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_FIRST_PART: Final = 60
"""How many lines at the top of a report may name the consumer outside the part about the person."""
_LISTS: Final = frozenset(
    {PersonalKind.NAME, PersonalKind.OTHER_NAME, PersonalKind.CURRENT_ADDRESS, PersonalKind.PREVIOUS_ADDRESS}
    | {PersonalKind.EMPLOYER, PersonalKind.PHONE}
)
_SAME_EDGE: Final = 2.5
_INQUIRY_KINDS: Final = {
    Section.INQUIRIES: None,
    Section.HARD_INQUIRIES: InquiryKind.HARD,
    Section.SOFT_INQUIRIES: InquiryKind.SOFT,
}


def read_details(document: Document, plan: Outline, declaration: Declaration) -> Details:
    pairs = _personal_pairs(document, plan)
    return Details(
        report_date=_report_date(document, [pair for _, pair in pairs]),
        personal=without_doubles(_personal(document, pairs, declaration.bureau)),
        printed_scores=scores_in(document.lines, declaration.bureau),
        inquiries=inquiries.inquiries_in(_inquiry_parts(document.lines, plan)),
        public_records=public_records.public_records_in(_record_parts(document.lines, plan)),
        bureaus=_bureaus(plan, declaration.bureau),
    )


def _personal_pairs(document: Document, plan: Outline) -> list[tuple[Bureau | None, Pair]]:
    """Pairs of the top of the report and of the parts about the person, with the bureau that each part is of."""
    chosen = [
        at
        for at, place in enumerate(plan.places)
        if place.section is Section.PERSONAL or (at < _FIRST_PART and place.section in (None, Section.OTHER))
    ]
    found: list[tuple[Bureau | None, Pair]] = []
    for bureau, part in groupby(chosen, key=lambda at: plan.places[at].bureau):
        own = list(part)
        above = document.furniture[:4] if not found else []
        lines = [*above, *(document.lines[at] for at in own)]
        stops = {at + len(above) for at, old in enumerate(own) if old in plan.headings}
        pairs = find_pairs(lines, _BOOK, set(), stops)
        for pair in pairs.pairs:
            found.append((bureau, pair))
            if pair.question in _LISTS and pair.value:
                found += [(bureau, more) for more in _rows_below(pair, pair.value, lines, pairs.label_lines | stops)]
    return found


def _rows_below(pair: Pair, value: Evidence, lines: Sequence[Line], taken: set[int]) -> Iterator[Pair]:
    """More rows of a list under its label: each stands at the value's edge, and no label beside it."""
    for at in range(pair.line + 1, len(lines)):
        line = lines[at]
        if at in taken or abs(line.box.x0 - value.box.x0) > _SAME_EDGE:
            return
        if line.page != value.page or line.box.y0 > value.box.y1 - 1:
            row = line.segments[0] if pair.question == PersonalKind.NAME else line
            yield Pair(pair.question, pair.label, at, Evidence(line.page, row.box, row.text, value.rule))


def _personal(
    document: Document, pairs: Sequence[tuple[Bureau | None, Pair]], bureau: Bureau | None
) -> Iterator[PersonalValue]:
    addressed = next(_addressed([*document.furniture[:2], *document.lines[:12]], bureau), None)
    if addressed:
        yield addressed
    for of, pair in pairs:
        if pair.value is None or pair.question not in _KINDS or is_absent(pair.value.printed):
            continue
        printed = pair.value
        kind = PersonalKind(pair.question)
        if addressed and kind is PersonalKind.NAME:
            printed = _apart(printed, addressed.value)
        words = words_in(document.pages[printed.page - 1], printed.box)
        yield from personal_values(kind, printed, of or bureau, words)


_KINDS: Final = frozenset(PersonalKind)


def _addressed(top: Sequence[Line], bureau: Bureau | None) -> Iterator[PersonalValue]:
    """Whom the report is prepared for."""
    for line in top:
        segment = line.segments[0]
        if found := _PREPARED_FOR.search(segment.text):
            name = _AFTER_NAME.sub("", found["name"]).strip(" :")
            start = segment.text[: found.start("name")].count(" ")
            box = enclosing(segment.words[start : start + name.count(" ") + 1] or segment.words)
            yield PersonalValue(PersonalKind.NAME, name, bureau, Evidence(line.page, box, name, "label:Prepared for"))


def _apart(printed: Evidence, name: str) -> Evidence:
    """`ADA M QUARRY A QUARRY` as two names, where the first is known."""
    rest = printed.printed[len(name) :]
    if printed.printed.casefold().startswith(name.casefold()) and rest.startswith(" "):
        return Evidence(printed.page, printed.box, f"{name}; {rest.strip()}", printed.rule, printed.confidence)
    return printed


def _report_date(document: Document, pairs: Sequence[Pair]) -> date | None:
    for pair in pairs:
        printed = printed_date(pair.value.printed) if pair.question == "report_date" and pair.value else None
        if printed and printed.precision is Precision.DAY:
            return printed.day
    top = [*document.furniture[:2], *document.lines[:12]]
    dates = (printed_date(found[0]) for line in top if (found := _DATED.search(line.text)))
    return next((d.day for d in dates if d), None)


def _inquiry_parts(lines: Sequence[Line], plan: Outline) -> Iterator[inquiries.Part]:
    """Runs of lines about inquiries; a heading by itself is none of them."""
    for place, part in _runs(lines, plan):
        if place.section in _INQUIRY_KINDS:
            yield inquiries.Part(part, place.bureau, _INQUIRY_KINDS[place.section])


def _record_parts(lines: Sequence[Line], plan: Outline) -> Iterator[public_records.Part]:
    for place, part in _runs(lines, plan):
        if place.section is Section.PUBLIC_RECORDS and place.bureau:
            yield public_records.Part(part, place.bureau)


def _runs(lines: Sequence[Line], plan: Outline) -> Iterator[tuple[Place, list[Line]]]:
    """The lines of each part of the report, without the headings."""
    numbered = [(at, place) for at, place in enumerate(plan.places) if at not in plan.headings]
    for (section, bureau), part in groupby(numbered, key=lambda one: (one[1].section, one[1].bureau)):
        yield Place(section, bureau, None), [lines[at] for at, _ in part]


def _bureaus(plan: Outline, bureau: Bureau | None) -> list[Bureau]:
    return [bureau] if bureau else list(dict.fromkeys(place.bureau for place in plan.places if place.bureau))
