"""What tells an item without an account number apart: the day of an inquiry, the docket of a public record."""

import re
from collections.abc import Sequence
from typing import Final

from tribureau.domain.bureau_responses import ItemKind
from tribureau.domain.tradelines import Precision
from tribureau.reader.dates import printed_date
from tribureau.reader.pages import Word
from tribureau.reader.report import ReadItem
from tribureau.reader.responses.words import evidence_of

DOCKET: Final = re.compile(r"\d{2,}-[\dA-Z\-]{3,}|\d{6,}")
_AROUND: Final = ".,;:()#"
_CONFIDENCE: Final = 0.9


def add_detail(item: ReadItem, words: Sequence[Word], rule: str) -> None:
    """Takes the first of the words that is one; an item of another kind stays as it is."""
    for word in words:
        text = word.text.strip(_AROUND)
        if item.kind is ItemKind.INQUIRY and (day := printed_date(text)) and day.precision is Precision.DAY:
            item.inquired_on = day.day
            item.evidence["inquired_on"] = evidence_of([word], rule, _CONFIDENCE, printed=text)
            return
        if item.kind is ItemKind.PUBLIC_RECORD and DOCKET.search(text):
            item.reference = text
            item.evidence["reference"] = evidence_of([word], rule, _CONFIDENCE, printed=text)
            return
