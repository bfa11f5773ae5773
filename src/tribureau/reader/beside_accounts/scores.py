"""Printed scores: the figure, whose file it was computed from, and by which model."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Precision
from tribureau.reader.beside_accounts.inquiries import bureau_in
from tribureau.reader.dates import printed_date
from tribureau.reader.pages import Line, enclosing
from tribureau.reader.report import Evidence, ReadScore

UNNAMED_MODEL: Final = "Credit score"
"""The score type of a score whose model the report does not name."""
_MODEL: Final = re.compile(
    r"\b(?P<fico>FICO)\b\W{0,2}(?:\s*(?:Bankcard|Auto)?\s*Score)?\W{0,2}\s*(?P<version>\d{1,2}(?:\.\d)?T?(?![\d-]))?"
    r"|\bVantage\s?Score\b\W{0,2}\s*(?P<vantage>\d\.\d(?!\d))?",
    re.IGNORECASE,
)
_BUREAU_NAMES: Final = "|".join(bureau.value for bureau in Bureau)
_SCORE: Final = re.compile(
    rf"\b(?P<a>[3-8]\d\d)\b[^\n]{{0,40}}?\b(?P<after>{_BUREAU_NAMES})\b|\b(?P<before>{_BUREAU_NAMES})\b[^\n]{{0,40}}?\b(?P<b>[3-8]\d\d)\b",
    re.IGNORECASE,
)
_SCORE_WORDS: Final = re.compile(r"score|fico", re.IGNORECASE)
_SCORE_DATA: Final = re.compile(rf"^\s*(?P<a>[3-8]\d\d)\s+(?P<after>{_BUREAU_NAMES}) data\b", re.IGNORECASE)
_ABOVE: Final = 3
"""Lines above a score in which its model may be named."""


def model_in(text: str) -> str | None:
    """`FICO Score 8`, `FICO`, `VantageScore 3.0`; None where no model is named."""
    found = _MODEL.search(text)
    if found is None:
        return None
    if found["fico"]:
        return f"FICO Score {found['version']}" if found["version"] else "FICO"
    return f"VantageScore {found['vantage']}" if found["vantage"] else "VantageScore"


def scores_in(lines: Sequence[Line], bureau: Bureau | None) -> list[ReadScore]:
    """Scores that stand in one line with their bureau's name and the word score, or right before `Experian data`.

    Of a report of one `bureau`, that bureau's only; the first of each bureau and model.
    """
    found: dict[tuple[Bureau, str], ReadScore] = {}
    for at, line in enumerate(lines):
        read = _score_of(line, lines[max(0, at - _ABOVE) : at])
        if read and bureau in (None, read.bureau):
            found.setdefault((read.bureau, read.score_type), read)
    return list(found.values())


def _score_of(line: Line, above: Sequence[Line]) -> ReadScore | None:
    text = line.text
    found = _SCORE_DATA.match(text) or (_SCORE.search(text) if _SCORE_WORDS.search(text) else None)
    if found is None:
        return None
    part = found.groupdict()
    bureau = bureau_in(part.get("after") or part.get("before") or "")
    if bureau is None:
        return None
    printed = part.get("a") or part.get("b") or ""
    words = [word for word in line.words if printed in word.text]
    source = Evidence(line.page, enclosing(words[:1] or line.words), printed, "position")
    named = next((model for one in (line, *reversed(above)) if (model := model_in(one.text))), None)
    return ReadScore(bureau, int(printed), named or UNNAMED_MODEL, _day_in(text), source)


def _day_in(text: str) -> date | None:
    when = printed_date(text)
    return when.day if when and when.precision is Precision.DAY else None
