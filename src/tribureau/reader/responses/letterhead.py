"""What stands over a letter: whose it is, its day, the bureau's number for the dispute, what kind of letter it is."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from math import inf
from typing import Final

from tribureau.domain.bureau_responses import ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Precision
from tribureau.reader.dates import printed_date
from tribureau.reader.document import Document
from tribureau.reader.pages import Line
from tribureau.reader.report import Evidence
from tribureau.reader.responses.words import Stream

_NAMES: Final = {
    Bureau.EQUIFAX: re.compile(r"\bequifax\b", re.IGNORECASE),
    Bureau.EXPERIAN: re.compile(r"\bexperian\b", re.IGNORECASE),
    Bureau.TRANSUNION: re.compile(r"\btrans\s?union\b", re.IGNORECASE),
}
_LETTERHEAD: Final = 8
_NEARLY: Final = 0.75
_HEAD_LINES: Final = 25
_REFERENCE: Final = re.compile(
    r"\b(?P<label>(?:confirmation|reference|report|file|case|dispute|tracking|control)\s*(?:number|no\.?|id|#)?)"
    r"\s*[:#]?\s*(?P<value>(?=[\dA-Z\-]*\d{3})[\dA-Z][\dA-Z\-]{4,24})(?=[\s.,;)]|$)",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"\b(?:date(?:\s+(?:issued|mailed|prepared|completed|generated|of\s+(?:this\s+)?(?:letter|notice)))?\s*:"
    r"|(?:dated|completed\s+on|issued\s+on)\b)\s*(?P<value>[^\n]{6,24})",
    re.IGNORECASE,
)
_IDENTITY: Final = re.compile(
    r"\b(?:prove|verify|confirm)\s+(?:who\s+you\s+are|your\s+identity)|\bproof\s+of\s+identity|\bidentify\s+you\b"
    r"|\b(?:make\s+)?sure\s+that\s+it\s+came\s+from\s+you",
    re.IGNORECASE,
)
_FRIVOLOUS: Final = re.compile(r"\b(?:frivolous|irrelevant)\b", re.IGNORECASE)


def bureau_of(document: Document) -> Bureau | None:
    """The bureau named first in the letterhead, or else most often: a letter may name all three."""
    first = document.pages[0].lines[:_LETTERHEAD] if document.pages else []
    for line in first:
        named = [bureau for bureau, name in _NAMES.items() if name.search(line.text)]
        if len(named) == 1:
            return named[0]
    counts = {bureau: len(name.findall(document.text)) for bureau, name in _NAMES.items()}
    best = max(counts, key=lambda bureau: counts[bureau])
    return best if counts[best] else _misread(document)


def _misread(document: Document) -> Bureau | None:
    """The bureau whose name the first page nearly has at its edges, where an engine misread its letters."""
    lines = document.pages[0].lines if document.pages else []
    words = {word.text.lower() for line in (*lines[:2], *lines[-2:]) for word in line.words}
    return next((b for b in Bureau if get_close_matches(b.lower(), words, n=1, cutoff=_NEARLY)), None)


def letter_date(document: Document) -> tuple[date, Evidence] | None:
    """The day that the letter is dated: behind a label, or else the first whole date on its first page."""
    stream = _opening(document)
    dated = [found.span("value") for found in _DATED.finditer(stream.text)]
    lines = [(at, at + len(line.text)) for at, line in _placed(stream)]
    for rule, spans in (("label:Date", dated), ("first date", lines)):
        for start, end in spans:
            found = printed_date(stream.text[start:end])
            if found and found.precision is Precision.DAY:
                return found.day, stream.evidence(start, end, rule, 0.95 if rule.startswith("label") else 0.85)
    return None


def reference_of(document: Document) -> Evidence | None:
    """The number that the bureau gave the dispute or the file."""
    stream = _opening(document)
    found = _REFERENCE.search(stream.text)
    if found is None:
        return None
    return stream.evidence(*found.span("value"), f"label:{found['label'].strip().capitalize()}", 0.95)


def kind_of(document: Document, *, has_items: bool) -> ResponseKind:
    """A letter without any item that asks who one is, or that refuses the dispute, tells no result."""
    opening = _opening(document).text.replace("\n", " ")
    if _FRIVOLOUS.search(opening) and not has_items:
        return ResponseKind.FRIVOLOUS_NOTICE
    if _IDENTITY.search(opening) and not has_items:
        return ResponseKind.IDENTIFICATION_REQUEST
    return ResponseKind.RESULTS


def _opening(document: Document) -> Stream:
    lines: Sequence[Line] = document.pages[0].lines[:_HEAD_LINES] if document.pages else []
    return Stream(lines, inf)


def _placed(stream: Stream) -> list[tuple[int, Line]]:
    placed, at = [], 0
    for line in stream.lines:
        placed.append((at, line))
        at += len(line.text) + 1
    return placed
