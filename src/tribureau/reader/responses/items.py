"""The disputed items of a letter: found by what names them, each with the outcome that stands nearest to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from tribureau.domain.account_numbers import compare_numbers
from tribureau.domain.bureau_responses import ItemKind, Outcome
from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness
from tribureau.reader.document import Document
from tribureau.reader.pages import Line
from tribureau.reader.report import Evidence, ReadChange, ReadItem
from tribureau.reader.responses.anchors import Anchor, anchors_in
from tribureau.reader.responses.changes import changes_in_rows, changes_in_text
from tribureau.reader.responses.details import add_detail
from tribureau.reader.responses.names import tidy
from tribureau.reader.responses.outcomes import is_bare_outcome, outcome_of, sentences
from tribureau.reader.responses.rows import item_in_row
from tribureau.reader.responses.tables import Cells, head_of, rows_under
from tribureau.reader.responses.words import Stream, prose_margin

_KIND_HEADINGS: Final = (
    (ItemKind.INQUIRY, re.compile(r"\binquir(?:y|ies)\b", re.IGNORECASE)),
    (ItemKind.PERSONAL_INFORMATION, re.compile(r"\b(?:personal|identifying)\s+information\b", re.IGNORECASE)),
    (ItemKind.PUBLIC_RECORD, re.compile(r"\bpublic\s+(?:records?|information)\b", re.IGNORECASE)),
    (ItemKind.ACCOUNT, re.compile(r"\b(?:accounts?|credit\s+items?|tradelines?)\b", re.IGNORECASE)),
)
_LONGEST_HEADING: Final = 5
_LABELLED: Final = re.compile(
    r"(?:^|\n|\s{2,})(?P<label>outcome|results?(?:\s+of\s+\w+)?|decision|findings?|action\s+taken|resolution|dispute\s+status)"
    r"(?:\s*:\s*|\s+)(?P<value>[^\n]+)",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:disagree|your\s+rights|rights\s+under|next\s+steps|contact\s+us|questions|what\s+you\s+can\s+do)\b",
    re.IGNORECASE,
)
_ALIKE: Final = 0.85


@dataclass(slots=True)
class _Pieces:
    """A letter taken apart: its prose, and the tables with where in the prose each stood."""

    lines: list[Line] = field(default_factory=list)
    rows: list[tuple[ItemKind | None, Cells]] = field(default_factory=list)
    changes: list[tuple[int, list[Cells]]] = field(default_factory=list)


def items_in(document: Document) -> list[ReadItem]:
    """In the order of the letter."""
    pieces = _taken_apart(document.lines)
    stream = Stream(pieces.lines, prose_margin(document))
    items = [item for kind, cells in pieces.rows if (item := item_in_row(cells, kind))]
    anchors = anchors_in(stream)
    headings = _outcome_headings(stream, anchors)
    owners: list[tuple[int, ReadItem]] = []
    for anchor, following in zip_longest(anchors, anchors[1:]):
        end = following.start if following else len(stream.text)
        known = _known(items, anchor, stream)
        item = known or _item(stream, anchor, end, headings)
        if item is None:
            continue
        if known is None:
            items.append(item)
        owners.append((anchor.start, item))
        _add(item, changes_in_text(stream, anchor.end, end))
    for place, rows in pieces.changes:
        owner = [item for start, item in owners if start < place]
        if owner:
            _add(owner[-1], changes_in_rows(rows))
    return items


def _taken_apart(lines: Sequence[Line]) -> _Pieces:
    pieces, kind, at, length = _Pieces(), None, 0, 0
    while at < len(lines):
        line = lines[at]
        if _is_heading(line) and _OVER.search(line.text) and (pieces.rows or length):
            break
        head = head_of(line)
        rows, taken = rows_under(head, line, lines[at + 1 :]) if head else ([], 0)
        if head and rows and head.is_of_changes:
            pieces.changes.append((length, rows))
        elif head and rows:
            pieces.rows += [(kind, cells) for cells in rows]
        else:
            kind = _kind_of_heading(line) or kind
            pieces.lines.append(line)
            length += len(line.text) + 1
            taken = 0
        at += 1 + taken
    return pieces


def _is_heading(line: Line) -> bool:
    return len(line.words) <= _LONGEST_HEADING + 1 and len(line.segments) == 1 and not line.text.endswith(".")


def _kind_of_heading(line: Line) -> ItemKind | None:
    if len(line.words) > _LONGEST_HEADING or len(line.segments) > 1 or ":" in line.text:
        return None
    return next((kind for kind, words in _KIND_HEADINGS if words.search(line.text)), None)


def _item(
    stream: Stream, anchor: Anchor, end: int, headings: Sequence[tuple[int, Outcome, Evidence]]
) -> ReadItem | None:
    own_end = min([at for at, _, _ in headings if at >= anchor.end] + [end])
    found = _own_outcome(stream, anchor.end, own_end) or _heading_over(headings, anchor.start)
    if found is None:
        return None
    outcome, evidence = found
    name = stream.evidence(*anchor.name, "heading" if anchor.number else "sentence", 0.9)
    item = ReadItem(anchor.kind, tidy(name.printed), None, outcome, evidence.printed)
    item.evidence = {"creditor_name": name, "outcome": evidence}
    if anchor.number:
        number = stream.evidence(*anchor.number, "label:Account number", 0.95)
        item.account_number, item.evidence["account_number"] = anchor.digits, number
    add_detail(item, [stream.word_before(anchor.end)], "sentence")
    return item


def _own_outcome(stream: Stream, start: int, end: int) -> tuple[Outcome, Evidence] | None:
    """Behind a label first; else of the first sentence that states one, and no headings among them."""
    text = stream.text[start:end]
    for found in _LABELLED.finditer(text):
        if outcome := outcome_of(found["value"]):
            span = found.span("value")
            return outcome, stream.evidence(start + span[0], start + span[1], f"label:{found['label'].strip()}", 0.97)
    for begin, stop in sentences(text):
        sentence = text[begin:stop]
        is_heading = is_bare_outcome(sentence) and begin > 0 and text[begin - 1] == "\n" and stop == len(text.rstrip())
        if not is_heading and (outcome := outcome_of(sentence)):
            return outcome, stream.evidence(start + begin, start + stop, "verb near the item", 0.9)
    return None


def _outcome_headings(stream: Stream, anchors: Sequence[Anchor]) -> list[tuple[int, Outcome, Evidence]]:
    """Outcomes that stand over groups of items: lines of nothing else, of which one comes before the first item."""
    found, at = [], 0
    for line in stream.lines:
        outcome = outcome_of(line.text) if is_bare_outcome(line.text) else None
        if outcome:
            found.append((at, outcome, stream.evidence(at, at + len(line.text), "heading", 0.95)))
        at += len(line.text) + 1
    return found if found and anchors and found[0][0] < anchors[0].start else []


def _heading_over(headings: Sequence[tuple[int, Outcome, Evidence]], start: int) -> tuple[Outcome, Evidence] | None:
    above = [(outcome, evidence) for at, outcome, evidence in headings if at < start]
    return above[-1] if above else None


def _known(items: Sequence[ReadItem], anchor: Anchor, stream: Stream) -> ReadItem | None:
    """The item that was named before by the same number and a like name."""
    if anchor.digits is None:
        return None
    number, name = anchor.digits, canonical_creditor(stream.text[slice(*anchor.name)])
    for item in items:
        if item.account_number and item.kind is anchor.kind:
            agreement = compare_numbers(item.account_number, number)
            alike = creditor_likeness(canonical_creditor(item.creditor_name), name) >= _ALIKE
            if alike and not agreement.contradicts:
                return item
    return None


def _add(item: ReadItem, changes: Iterator[ReadChange]) -> None:
    known = {change.field for change in item.changes}
    item.changes += [change for change in changes if change.field not in known]
