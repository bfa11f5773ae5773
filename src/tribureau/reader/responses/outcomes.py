"""What words say about a disputed item: a table's cell, a label's value or a sentence, as an outcome."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tribureau.domain.bureau_responses import Outcome

_WISH: Final = re.compile(
    r"^\W*(?:you\s+(?:have\s+)?(?:told|said|asked|stated|claim\w*|wrote|disput\w*|believe|want\w*|may|can)"
    r"|your\s+(?:claim|request|statement|reason|dispute\s+(?:says|said|was))"
    r"|we\s+(?:asked|contacted|sent|forwarded)|(?:any|each)\s+items?)\b",
    re.IGNORECASE,
)
"""What the consumer said or the bureau asked, which is no answer yet."""
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|whether|may|might|could be|can be|should be|would be|must be|in case)\b", re.IGNORECASE
)
_NEGATED: Final = (
    r"\bnot\s+(?:be\s+|been\s+)?(?:delet|remov|chang|updat|correct|modif|alter)\w*"
    r"|\b(?:nothing|no\s+part|none)\b[^.;]{0,40}\b(?:delet|remov|chang|updat|correct)\w*"
    r"|\bno\s+changes?\b|\bunchanged\b|\bwithout\s+(?:a\s+)?change"
)
_CASES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), outcome)
    for pattern, outcome in (
        (
            r"\bfrivolous|\birrelevant\b|\bsubstantially\s+the\s+same|\balready\s+(?:been\s+)?(?:investigated|answered)",
            Outcome.REJECTED_FRIVOLOUS,
        ),
        (r"\bblock(?:ed|ing)?\b", Outcome.BLOCKED),
        (
            r"\b(?:more|additional|further)\s+(?:information|documents?|documentation|details?|proof)\b"
            r"|\bnot\s+(?:be\s+|been\s+)?process(?:ed)?\b|\bunable\s+to\s+(?:process|locate|identify|start|begin)"
            r"|\b(?:insufficient|not\s+enough)\s+(?:information|details?)|\binformation\s+(?:is\s+)?(?:needed|required)\b",
            Outcome.NEEDS_INFORMATION,
        ),
        (
            r"\b(?:under|in)\s+(?:investigation|review|progress|dispute\s+review)\b|\bpending\b|\bin\s+progress\b"
            r"|\b(?:still|being)\s+(?:being\s+)?(?:investigated|reviewed|looked)|\bnot\s+(?:yet\s+)?(?:complete|finished)"
            r"|\b(?:are|is)\s+still\s+(?:investigating|reviewing)|\bcontinu\w+\s+to\s+(?:investigat|review)",
            Outcome.UNDER_INVESTIGATION,
        ),
        (_NEGATED, Outcome.VERIFIED),
        (
            r"\bdelet(?:ed|ion)\b|\bremov(?:ed|al)\b|\b(?:no\s+longer|not)\s+(?:appears?|reports?|shows?|shown|on\s+your)\b"
            r"|\b(?:taken|took)\s+(?:it\s+|this\s+)?(?:off|out)\b|\b(?:could|can)\s*(?:not|n[o']t)\s+be\s+verified|\bunverifiable\b",
            Outcome.DELETED,
        ),
        (
            r"\bupdat(?:ed|es?)\b|\bcorrected\b|\bcorrections?\b|\bmodified\b|\bmodification\b|\bchanged\b"
            r"|\bchanges?\s+(?:was|were|made)|\brevised\b|\bamended\b"
            r"|\binformation\s+(?:(?:was|has\s+been|were)\s+)?added",
            Outcome.UPDATED,
        ),
        (
            r"\bverified\b|\bverification\s+complete|\bremain(?:s|ed|ing)?\b|\bconfirm(?:ed|s)\b|\baccurate(?:ly)?\b"
            r"|\bcertified\b|\b(?:stays|stayed)\b|\bas\s+reported\b|\breported\s+correctly|\bis\s+correct\b",
            Outcome.VERIFIED,
        ),
    )
)
"""In the order in which they decide: what was not investigated, what was not changed, what was."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;:])\s+(?=[A-Z>(\d])|\n")


@lru_cache(maxsize=4096)
def outcome_of(words: str) -> Outcome | None:
    """Of a cell, a label's value or a sentence that states it; None for what states no outcome."""
    text = " ".join(words.replace("’", "'").split())
    if _WISH.search(text) or (_CONDITION.search(text) and len(text.split()) > 6):
        return None
    return next((outcome for pattern, outcome in _CASES if pattern.search(text)), None)


def is_bare_outcome(words: str) -> bool:
    """Whether the words are an outcome and nothing else, as a heading or a cell prints it."""
    text = re.sub(
        r"^(?:(?:dispute|investigation|reinvestigation)\s+)?(?:results?|outcomes?)\s*[:\-–]\s*", "", words, flags=re.I
    )
    count = len(text.split())
    return 0 < count <= 6 and not text.rstrip().endswith(".") and ":" not in text and outcome_of(text) is not None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence, or line that is none, begins and ends."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)
