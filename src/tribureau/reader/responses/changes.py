"""What a bureau changed: values before and after in a table, in a sentence, or as the account now stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.reader.labels import LabelBook
from tribureau.reader.pages import Line, Word
from tribureau.reader.report import Evidence, ReadChange
from tribureau.reader.responses.tables import Cells, Column, text_of
from tribureau.reader.responses.words import Stream, evidence_of
from tribureau.reader.single_bureau.bureau_labels import COMMON_LABELS
from tribureau.reader.values import is_absent

_BOOK: Final = LabelBook(COMMON_LABELS)
_FIELDS: Final[Mapping[str, str]] = {
    **{name: name for name in (*MONEY_FIELDS, *DATE_FIELDS, "terms", "responsibility", "original_creditor", "remarks")},
    "account_words": "account_status",
    "payment_words": "payment_status",
    "type_words": "account_type",
}
_VALUE: Final = r"(?:\d{1,2}/\d{1,2}/\d{4}|\$?-?[\d,]+(?:\.\d\d)?|[A-Z][a-z]+ \d{1,2}, \d{4}|[A-Za-z][\w\- ]{1,30}?)"
_SENTENCE: Final = re.compile(
    r"(?P<label>[A-Z][\w/# ]{2,40}?)\s+(?:was\s+|has\s+been\s+|were\s+)?"
    r"(?:changed|updated|corrected|revised|modified)\s+"
    rf"from\s+(?P<before>{_VALUE})\s+to\s+(?P<after>{_VALUE})(?=[.;,\n]|$)"
)
_LISTED: Final = re.compile(
    r"(?:^|\n)[^\n:]{0,40}\b(?:updated|changed|corrected|modified)\s*:\s*(?P<labels>[^\n]+)", re.IGNORECASE
)


def field_of(label: str) -> str | None:
    """The field of a tradeline that a printed label stands for."""
    question = _BOOK.question(label.strip(" :"))
    return _FIELDS.get(question or "")


def changes_in_rows(rows: Sequence[Cells]) -> Iterator[ReadChange]:
    """Of a table with columns before and after."""
    for cells in rows:
        field = field_of(text_of(cells[Column.FIELD]))
        if field:
            before = text_of(cells.get(Column.BEFORE, ()))
            after = cells[Column.AFTER]
            evidence = evidence_of(after, f"column:{Column.AFTER}", 0.95)
            yield ReadChange(field, None if is_absent(before) else before, text_of(after), evidence)


def changes_in_text(stream: Stream, start: int, end: int) -> Iterator[ReadChange]:
    """Sentences that say from what to what, and a list of fields whose new values stand in the lines below."""
    text = stream.text[start:end]
    for found in _SENTENCE.finditer(text):
        field = field_of(found["label"]) or field_of(" ".join(found["label"].split()[-3:]))
        if field:
            span = found.span("after")
            evidence = stream.evidence(start + span[0], start + span[1], "sentence:changed from … to", 0.95)
            yield ReadChange(field, found["before"], found["after"], evidence)
    for found in _LISTED.finditer(text):
        fields = [field_of(label) for label in re.split(r",|;|\band\b", found["labels"])]
        values = _values_below(stream, start + found.end(), end)
        for field in dict.fromkeys(filter(None, fields)):
            if field in values:
                yield ReadChange(field, None, values[field].printed, values[field])


def _values_below(stream: Stream, start: int, end: int) -> dict[str, Evidence]:
    """By field, the first value beside its label in the lines of that stretch."""
    found: dict[str, Evidence] = {}
    for line in stream.lines_between(start, end):
        for field, label, words in _pairs(line):
            found.setdefault(field, evidence_of(words, f"label:{label}", 0.95))
    return found


def _pairs(line: Line) -> Iterator[tuple[str, str, Sequence[Word]]]:
    """A label in a cell with its value in the next, or both in one cell."""
    for cell, beside in zip_longest(line.segments, line.segments[1:]):
        field = field_of(cell.text)
        if field and beside and field_of(beside.text) is None:
            yield field, cell.text, beside.words
            continue
        end = next((end for end in range(len(cell.words) - 1, 0, -1) if field_of(_joined(cell.words[:end]))), 0)
        label = _joined(cell.words[:end])
        if (found := field_of(label)) and (label.endswith(":") or not cell.words[end].text[:1].isalpha()):
            yield found, label.rstrip(": "), cell.words[end:]


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
