"""Whether a document is a bureau's answer to a dispute: by what it says it is, never by one word alone."""

import re
from typing import Final

from tribureau.reader.document import Document
from tribureau.reader.pages import Line
from tribureau.reader.recognition import RECOGNISED as REPORT
from tribureau.reader.responses.letterhead import bureau_of

RECOGNISED: Final = 2.0
_WORK: Final = r"(?:disputes?|(?:re)?investigations?)"
_SUBJECTS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (rf"\b(?:results?|outcomes?|summary|findings?|status)\s+of\s+(?:your|our|the|an?)\s+\W?{_WORK}", 2.5),
        (rf"\b{_WORK}\s+(?:results?|outcomes?|summary|findings?)\b", 2.0),
        (r"\byour\s+dispute\s+(?:is|was|has|appears|and)\b", 2.0),
        (rf"\b(?:re|regarding|subject)\s*:.*\b{_WORK}", 2.0),
        (r"\b(?:notice|letter)\s+(?:about|of|on)\s+your\s+dispute", 2.0),
        (r"\b(?:identify\s+you|prove\s+(?:who\s+you\s+are|your\s+identity)|proof\s+of\s+identity)", 1.5),
    )
)
"""What a short line says that stands over the letter."""
_SENTENCES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (rf"\b(?:completed|finished|concluded)\b[^.]{{0,40}}\b{_WORK}", 1.5),
        (r"\b(?:items?|accounts?|information)\s+(?:that\s+|which\s+)?you\s+(?:have\s+)?disputed", 1.0),
        (r"\bwhat\s+you\s+(?:have\s+)?disputed", 1.0),
        (r"\b(?:looked\s+into|investigated|researched|reinvestigated|got|received)\b[^.]{0,30}\bdispute\b", 1.0),
        (r"\bdispute\b[^.]{0,30}\b(?:was|were|been)\s+(?:not\s+)?(?:investigated|reviewed|processed|completed)", 1.0),
        (r"\b(?:thank\s+you\s+for|in\s+response\s+to|about)\s+your\s+(?:recent\s+)?dispute", 1.0),
        (r"\b(?:verify|prove|confirm)\s+your\s+identity", 1.5),
        (r"\b(?:your|this)\s+dispute\b[^.]{0,40}\b(?:frivolous|irrelevant)", 1.5),
        (r"\bresults?\s+are\s*:", 1.0),
        (rf"\b{_WORK}\s+(?:id|case|confirmation)\b", 0.5),
        (r"\b(?:here|below)\b[^.]{0,20}\bresults?\b|\bresults?\b[^.]{0,20}\bbelow\b", 1.0),
        (r"\b(?:confirmation|reference|dispute|case)\s*(?:number|no\.?|id|#)", 1.0),
    )
)
_LONGEST_SUBJECT: Final = 14
_FIRST_LINES: Final = 30
"""So far down its first page a letter has said what it is."""


def weigh_response(document: Document) -> float:
    """The weight of what speaks for an answer; 0 where no bureau is named."""
    opening = [line for page in document.pages[:1] for line in page.lines[:_FIRST_LINES]]
    if bureau_of(document) is None:
        return 0.0
    said = " ".join(line.text for line in opening)
    subjects = max((_subject(line) for line in opening), default=0.0)
    return subjects + sum(weight for pattern, weight in _SENTENCES if pattern.search(said))


def is_response(document: Document, report_weight: float) -> bool:
    """Whether more speaks for an answer than for a report, whose best layout weighs `report_weight`."""
    weight = weigh_response(document)
    return weight >= RECOGNISED and not weight < report_weight >= REPORT


def _subject(line: Line) -> float:
    if len(line.words) > _LONGEST_SUBJECT:
        return 0.0
    return max((weight for pattern, weight in _SUBJECTS if pattern.search(line.text)), default=0.0)
