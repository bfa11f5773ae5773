"""What a three-bureau report says beside its accounts: date, person, scores, inquiries, public records."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.tradelines import Precision
from tribureau.reader.beside_accounts import inquiries
from tribureau.reader.beside_accounts.person import personal_values, without_doubles
from tribureau.reader.beside_accounts.public_records import BOOK, PrintedRecord, recognised
from tribureau.reader.beside_accounts.scores import UNNAMED_MODEL, model_in
from tribureau.reader.dates import printed_date
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.report import Evidence, PersonalValue, ReadInquiry, ReadPublicRecord, ReadScore
from tribureau.reader.tri_merge.blocks import Block, Field
from tribureau.reader.tri_merge.rows import Cell
from tribureau.reader.values import is_absent

_REPORT_DATE: Final = re.compile(
    r"\b(?:report|date|as of|viewed|generated|pulled|created|printed|ordered|retrieved)\b", re.IGNORECASE
)
_REACH: Final = 40
"""Letters behind such a word within which its date begins and ends."""
_SCORE: Final = re.compile(r"(?P<score>[3-8]\d\d)(?:\s*(?:/|of|out of)\s*\d{3}|\s*\(?[A-Za-z ]+\)?)?")
_SCORE_LABEL: Final = re.compile(r"scor|vantage|fico")
_ABOUT_SCORES: Final = re.compile(r"scale|range|rank|factor|date|change|average|percent")
_SCORED: Final = frozenset({"front", "scores", "personal", "summary"})
_PERSONAL: Final = {
    "name": PersonalKind.NAME,
    "other_names": PersonalKind.OTHER_NAME,
    "current_address": PersonalKind.CURRENT_ADDRESS,
    "previous_addresses": PersonalKind.PREVIOUS_ADDRESS,
    "employers": PersonalKind.EMPLOYER,
    "phones": PersonalKind.PHONE,
    "date_of_birth": PersonalKind.DATE_OF_BIRTH,
    "ssn": PersonalKind.SSN_LAST4,
}
_LISTS: Final = frozenset({"other_names", "employers", "phones"})
"""Questions of which each printed line that could have been longer is an answer of its own."""
_INQUIRIES: Final = {"inquiries": InquiryKind.HARD, "soft_inquiries": InquiryKind.SOFT}


def details_in(blocks: list[Block]) -> Details:
    """Date, person, scores, inquiries and public records, from the blocks of their sections."""
    return Details(
        report_date=_report_date(blocks),
        personal=without_doubles(_personal(blocks)),
        printed_scores=_scores(blocks),
        inquiries=[*_listed_inquiries(blocks), *_inquiries_in_columns(blocks)],
        public_records=_public_records(blocks),
        bureaus=_bureaus(blocks),
    )


def _report_date(blocks: list[Block]) -> date | None:
    """The date in the report's front matter, else the one in its table of personal facts."""
    for line in (line for block in blocks[:2] for line in block.lines):
        for found in _REPORT_DATE.finditer(line.text):
            when = printed_date(line.text[found.end() : found.end() + _REACH])
            if when and when.precision is Precision.DAY:
                return when.day
    dates = [printed_date(cell.text()) for _, _, cell, _ in _cells(blocks, "report_date")]
    return max((when.day for when in dates if when), default=None)


def _cells(blocks: Iterable[Block], question: str) -> Iterator[tuple[Field, Bureau, Cell, float]]:
    """What each bureau prints as the answer, in the order of the report."""
    for block in blocks:
        for entry in block.fields:
            if entry.question == question:
                for bureau, cell, right_edge in entry.cells():
                    if not is_absent(cell.text()):
                        yield entry, bureau, cell, right_edge


def _personal(blocks: list[Block]) -> Iterator[PersonalValue]:
    told = [block for block in blocks if block.section in ("personal", "front", "scores", "summary")]
    for question, kind in _PERSONAL.items():
        for entry, bureau, cell, right_edge in _cells(told, question):
            for part in cell.items(right_edge) if question in _LISTS else [cell]:
                words = [word for line in part.lines for word in line]
                yield from personal_values(kind, entry.evidence(part), bureau, words)


def _scores(blocks: list[Block]) -> list[ReadScore]:
    """The first score of each bureau and model."""
    found: dict[tuple[Bureau, str], ReadScore] = {}
    for entry in (f for block in blocks for f in block.fields if block.section in _SCORED and _is_score(f)):
        model = model_in(entry.row.label) or UNNAMED_MODEL
        for bureau, cell, _ in entry.cells():
            printed = _SCORE.fullmatch(cell.text())
            if printed:
                read = ReadScore(bureau, int(printed["score"]), model, None, entry.evidence(cell))
                found.setdefault((bureau, model), read)
    return list(found.values())


def _is_score(entry: Field) -> bool:
    """A row of scores: its label says so, or it has no label and holds nothing but three-digit numbers."""
    label = entry.row.label.lower()
    if label:
        return bool(_SCORE_LABEL.search(label)) and not _ABOUT_SCORES.search(label)
    return all(_SCORE.fullmatch(cell.text()) for _, cell, _ in entry.cells())


def _listed_inquiries(blocks: list[Block]) -> list[ReadInquiry]:
    """A list whose rows name the bureau."""
    return inquiries.inquiries_in(
        inquiries.Part(block.lines, None, kind)
        for block in blocks
        if block.lines and (kind := _INQUIRIES.get(block.section))
    )


def _inquiries_in_columns(blocks: list[Block]) -> Iterator[ReadInquiry]:
    """Dates in the bureaus' columns, under the names of who asked."""
    for block in blocks:
        kind = _INQUIRIES.get(block.section)
        names: dict[Bureau, Evidence] = {}
        for entry in block.fields if kind else ():
            for bureau, cell, _ in entry.cells():
                said = entry.evidence(cell)
                dates = inquiries.dated([word for line in cell.lines for word in line])
                if not dates and not is_absent(said.printed):
                    names[bureau] = said
                for when, source in dates:
                    if kind and when.precision is Precision.DAY:
                        yield inquiries.inquiry(names.get(bureau), bureau, when, source, kind)


def _public_records(blocks: list[Block]) -> list[ReadPublicRecord]:
    """A record begins where a question is asked again; a bureau whose column is all dashes has none."""
    records: list[PrintedRecord] = []
    for block in blocks:
        if block.section != "public_records":
            continue
        open_records: dict[Bureau, PrintedRecord] = {}
        asked: set[str] = set()
        for entry in block.fields:
            question = BOOK.question(entry.row.label.rstrip(": "))
            if not question:
                continue
            if question in asked:
                open_records, asked = {}, set()
            asked.add(question)
            for bureau, cell, _ in entry.cells():
                if is_absent(cell.text()):
                    continue
                if bureau not in open_records:
                    open_records[bureau] = PrintedRecord(bureau)
                    records.append(open_records[bureau])
                open_records[bureau].answers.setdefault(question, entry.evidence(cell))
    return recognised(records)


def _bureaus(blocks: list[Block]) -> list[Bureau]:
    named = {bureau for block in blocks for f in block.fields for bureau in f.columns.bureaus}
    return [bureau for bureau in Bureau if bureau in named]
