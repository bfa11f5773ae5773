"""Public records of a single bureau's report: blocks of labels, tables with column titles, sentences that name one."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.domain.public_records import PublicRecordKind
from tribureau.reader.beside_accounts.public_record_words import COURT, chapter_in, kind_in, status_in
from tribureau.reader.beside_accounts.public_records import BOOK, PrintedRecord, recognised
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
    titled_at = -1
    for pair in sorted(found.pairs, key=lambda one: one.line):
        title = _title_above(part.lines, pair, found.label_lines | found.lines)
        repeats = bool(records) and pair.question in records[-1].answers
        if not records or repeats or (title is not None and title > titled_at):
            records.append(PrintedRecord(part.bureau))
            if title is not None:
                titled_at = title
                _add_title(records[-1], part.lines[title])
        if pair.value and pair.question and not is_absent(pair.value.printed):
            records[-1].answers.setdefault(pair.question, pair.value)
    return records


def _is_bold(line: Line) -> bool:
    return line.bold and len(line.segments) == 1


def _title_above(lines: Sequence[Line], pair: Pair, taken: set[int]) -> int | None:
    """The line right above the pair, if it belongs to no label and may name a record or its court."""
    above = pair.line - 1
    if above < 0 or above in taken or len(lines[above].words) > _LONGEST_TITLE:
        return None
    text = lines[above].text
    return above if (COURT.search(text) or kind_in(text)) and not _SAYS_NONE.search(text) else None


def _add_title(record: PrintedRecord, line: Line) -> None:
    named = Evidence(line.page, line.box, line.text, "heading", 0.95)
    record.answers["court" if COURT.search(line.text) else "kind"] = named


def _from_sentences(part: Part) -> list[PrintedRecord]:
    found = []
    for line in part.lines:
        short = len(line.words) <= _LONGEST_SENTENCE and not _PROSE.search(line.text)
        kind = kind_in(line.text)
        telling = status_in(line.text) or chapter_in(line.text) or printed_date(line.text)
        if short and kind not in (None, PublicRecordKind.OTHER) and telling and not _SAYS_NONE.search(line.text):
            said = Evidence(line.page, line.box, line.text, "sentence", 0.85)
            answers = {"kind": said}
            if money(line.text) is not None:
                answers["amount"] = said
            if printed_date(line.text):
                answers["filed_on"] = said
            found.append(PrintedRecord(part.bureau, answers))
    return found
