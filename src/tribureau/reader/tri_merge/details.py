"""What a three-bureau report says beside its accounts: date, person, scores, inquiries."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Precision
from tribureau.reader.dates import printed_date
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.pages import Line
from tribureau.reader.report import InquiriesCount, PersonalInfo
from tribureau.reader.tri_merge.blocks import Block, Field
from tribureau.reader.tri_merge.columns import bureau_of
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
_SSN_TAIL: Final = re.compile(r"(\d{4})\s*$")


def details_in(blocks: list[Block]) -> Details:
    """Date, person, scores and inquiries, from the blocks of their sections."""
    return Details(
        report_date=_report_date(blocks),
        personal_info=_personal_info(blocks),
        scores=_scores(blocks),
        inquiries_count=InquiriesCount(_inquiries(blocks, "inquiries"), _inquiries(blocks, "soft_inquiries")),
        bureaus=_bureaus(blocks),
    )


def _report_date(blocks: list[Block]) -> date | None:
    """The date in the report's front matter, else the one in its table of personal facts."""
    for line in (line for block in blocks[:2] for line in block.lines):
        for found in _REPORT_DATE.finditer(line.text):
            when = printed_date(line.text[found.end() : found.end() + _REACH])
            if when and when.precision is Precision.DAY:
                return when.day
    dates = [printed_date(text) for text in _answers(blocks, "report_date")]
    return max((when.day for when in dates if when), default=None)


def _answers(blocks: Iterable[Block], question: str) -> list[str]:
    """What all bureaus print as the answer, in the order of the report."""
    cells = [cell for block in blocks for f in block.fields if f.question == question for _, cell, _ in f.cells()]
    return [text for text in (cell.text() for cell in cells) if not is_absent(text)]


def _agreed(blocks: Iterable[Block], question: str) -> str | None:
    """What most bureaus print; of equals the first."""
    answers = _answers(blocks, question)
    return Counter(answers).most_common(1)[0][0] if answers else None


def _personal_info(blocks: list[Block]) -> PersonalInfo:
    birth = printed_date(_agreed(blocks, "date_of_birth"))
    ssn = _SSN_TAIL.search(_agreed(blocks, "ssn") or "")
    earlier = [part.strip() for text in _answers(blocks, "previous_addresses") for part in text.split(";")]
    return PersonalInfo(
        name=_agreed(blocks, "name"),
        current_address=_agreed(blocks, "current_address"),
        previous_addresses=list(dict.fromkeys(part for part in earlier if part)),
        dob=birth.iso() if birth else None,
        ssn_last4=ssn[1] if ssn else None,
    )


def _scores(blocks: list[Block]) -> dict[Bureau, int]:
    scores: dict[Bureau, int] = {}
    for entry in (f for block in blocks for f in block.fields if block.section in _SCORED and _is_score(f)):
        for bureau, cell, _ in entry.cells():
            found = _SCORE.fullmatch(cell.text())
            if found:
                scores.setdefault(bureau, int(found["score"]))
    return scores


def _is_score(entry: Field) -> bool:
    """A row of scores: its label says so, or it has no label and holds nothing but three-digit numbers."""
    label = entry.row.label.lower()
    if label:
        return bool(_SCORE_LABEL.search(label)) and not _ABOUT_SCORES.search(label)
    return all(_SCORE.fullmatch(cell.text()) for _, cell, _ in entry.cells())


def _inquiries(blocks: list[Block], section: str) -> int:
    """Inquiries listed in a section: a line with a date and a bureau's name, or a date in a bureau's column."""
    listed = [block for block in blocks if block.section == section]
    lines = sum(_is_inquiry(line) for block in listed for line in block.lines)
    cells = [cell for block in listed for f in block.fields for _, cell, _ in f.cells()]
    return lines + sum(_is_to_the_day(" ".join(w.text for w in line)) for cell in cells for line in cell.lines)


def _is_inquiry(line: Line) -> bool:
    return _is_to_the_day(line.text) and any(bureau_of(line.words[at : at + 2]) for at in range(len(line.words)))


def _is_to_the_day(text: str) -> bool:
    when = printed_date(text)
    return when is not None and when.precision is Precision.DAY


def _bureaus(blocks: list[Block]) -> list[Bureau]:
    named = {bureau for block in blocks for f in block.fields for bureau in f.columns.bureaus}
    return [bureau for bureau in Bureau if bureau in named]
