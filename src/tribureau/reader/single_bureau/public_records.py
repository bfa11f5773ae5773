"""Public records of a single bureau's report: blocks of labels, tables with column titles, sentences that name one."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.domain.public_records import PublicRecordKind
from tribureau.reader.beside_accounts.public_record_words import COURT, chapter_in, kind_in, status_in
from tribureau.reader.beside_accounts.public_records import BOOK, SENTENCE, PrintedRecord, recognised
from tribureau.reader.beside_accounts.tables import cells_of, evidence_of, titles_of
from tribureau.reader.dates import printed_date
from tribureau.reader.pages import Line
from tribureau.reader.report import Evidence, ReadPublicRecord
from tribureau.reader.single_bureau.pairs import Pair, find_pairs
from tribureau.reader.values import is_absent, money

_SAYS_NONE: Final = re.compile(r"\b(?:no|none|not|don't|never)\b", re.IGNORECASE)
_PROSE: Final = re.compile(
    r"\bbankruptcies\b|\bliens\b|\bjudgments\b|\byears\b|\bmay\b|\breported for\b", re.IGNORECASE
)
_LONGEST_SENTENCE: Final = 12
_LONGEST_TITLE: Final = 9
_MOST_TITLE_LINES: Final = 2
_CLOSE: Final = 1.2
"""Text heights between two lines of one title."""
_CLOSE_TO_LABELS: Final = 3.0
"""The same between a title and the labels under it."""


class Part(NamedTuple):
    """A run of lines about public records of one bureau."""

    lines: Sequence[Line]
    bureau: Bureau


def public_records_in(parts: Iterable[Part]) -> list[ReadPublicRecord]:
    return [read for part in parts for read in recognised(_printed(part))]


def _printed(part: Part) -> list[PrintedRecord]:
    return _from_tables(part) or _from_labels(part) or _from_sentences(part)


def _from_tables(part: Part) -> list[PrintedRecord]:
    found: list[PrintedRecord] = []
    titles = None
    for line in part.lines:
        heading = titles_of(line, BOOK)
        if heading and len(heading.edges) >= 3:
            titles = heading
        elif titles:
            cells = {q: evidence_of(words, f"column:{q}") for q, words in cells_of(line, titles).items() if q}
            if len(cells) < 2:
                titles = None
            else:
                found.append(PrintedRecord(part.bureau, cells))
    return found


def _from_labels(part: Part) -> list[PrintedRecord]:
    """A record begins with a title above labels, or where a question is answered for the second time."""
    found = find_pairs(part.lines, BOOK, set(), {at for at, line in enumerate(part.lines) if _is_bold(line)})
    records: list[PrintedRecord] = []
    titled: list[Line] = []
    for pair in sorted(found.pairs, key=lambda one: one.line):
        title = _title_above(part.lines, pair, found.label_lines | found.lines)
        repeats = bool(records) and pair.question in records[-1].answers
        if not records or repeats or (title and title != titled):
            records.append(PrintedRecord(part.bureau))
            if title:
                titled = title
                _add_title(records[-1], title)
        if pair.value and pair.question and not is_absent(pair.value.printed):
            records[-1].answers.setdefault(pair.question, pair.value)
    return records


def _is_bold(line: Line) -> bool:
    return line.bold and len(line.segments) == 1


def _title_above(lines: Sequence[Line], pair: Pair, taken: set[int]) -> list[Line]:
    """The lines right above the pair, if they belong to no label and together name a record or its court."""
    title: list[Line] = []
    for at in range(pair.line - 1, max(pair.line - 1 - _MOST_TITLE_LINES, -1), -1):
        below = title[0] if title else lines[pair.line]
        gap, most = below.box.y0 - lines[at].box.y1, _CLOSE if title else _CLOSE_TO_LABELS
        is_label = at in taken or BOOK.question(lines[at].text.rstrip(": ")) is not None
        if is_label or lines[at].page != below.page or gap > most * below.size:
            break
        title.insert(0, lines[at])
    text = " ".join(line.text for line in title)
    known = (COURT.search(text) or kind_in(text)) and not _SAYS_NONE.search(text)
    return title if known and len(text.split()) <= _LONGEST_TITLE else []


def _add_title(record: PrintedRecord, title: Sequence[Line]) -> None:
    named = evidence_of([word for line in title for word in line.words], "heading", 0.95)
    record.answers["court" if COURT.search(named.printed) else "kind"] = named


def _from_sentences(part: Part) -> list[PrintedRecord]:
    found = []
    for line in part.lines:
        short = len(line.words) <= _LONGEST_SENTENCE and not _PROSE.search(line.text)
        kind = kind_in(line.text)
        telling = status_in(line.text) or chapter_in(line.text) or printed_date(line.text)
        if short and kind not in (None, PublicRecordKind.OTHER) and telling and not _SAYS_NONE.search(line.text):
            said = Evidence(line.page, line.box, line.text, SENTENCE, 0.85)
            answers = {"kind": said}
            if money(line.text) is not None:
                answers["amount"] = said
            if printed_date(line.text):
                answers["filed_on"] = said
            found.append(PrintedRecord(part.bureau, answers))
    return found
