"""How sure a value from a scanned page is, as the share of such values that are right.

The engine's own sureness of a word says too little: clear print in an account whose heading was misread, or a
creditor's name that was taken for a remark, is read without a doubt and wrong. So what the rest of the report says
lowers the score first, and `MAPS` turns scores into shares.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MONEY_FIELDS, MonthCode, Tradeline
from tribureau.reader.report import ReadTradeline

Points = tuple[tuple[float, float], ...]

MAPS: Final[Mapping[str, Points]] = {
    "value": (
        *((0.0, 0.06), (0.02, 0.5), (0.29, 0.6), (0.36, 0.8), (0.55, 0.93)),
        *((0.75, 0.965), (0.85, 0.98), (0.9, 0.992), (0.97, 0.998)),
    ),
    "month": ((0.2, 0.25), (0.4, 0.9), (0.9, 0.975), (0.97, 0.985)),
    "remarks": ((0.19, 0.15), (0.3, 0.25), (0.6, 0.4), (0.85, 0.6), (0.92, 0.8), (0.95, 0.97)),
    "verdict": ((0.5, 0.6), (0.8, 0.97), (0.9, 0.99)),
    "negative on a scan": ((0.3, 0.85), (0.6, 0.93), (0.9, 0.97), (0.96, 0.985)),
    "nothing negative on a scan": ((0.9, 0.85), (0.92, 0.9), (0.97, 0.99)),
}
"""Scores to shares of right values, by straight lines between the steps of an isotonic regression.

Made on 22 November 2026 with Tesseract 5.3 from 21 generated scans (seeds 7000 to 7020, 140 to 200 dots per inch) and
8 scans of a labelled corpus: 3,314 values. Verdicts on text: from 97 reports with a text layer. `make bench
ONLY=calibration` prints the steps for people of other seeds.
"""
_MONTH: Final = "payment_history/"
_MONEY: Final = frozenset(MONEY_FIELDS)
_PLAIN_NUMBER: Final = re.compile(r"[0-9]*[Xx*]{2,}[ 0-9]*|[0-9]{4,}[Xx*]*")
_READ_HEADING: Final = 0.55
"""Below this a heading is dirt or a piece of something else more often than a creditor."""
_NO_NAME: Final = frozenset(
    (
        *("account", "accounts", "bank", "card", "cards", "charge", "collection", "credit", "finance", "installment"),
        *("auto", "estate", "line", "loan", "loans", "mortgage", "of", "open", "real", "retail", "revolving", "store"),
        *("number", "student", "type", "adverse", "closed", "good", "information", "items", "negative", "potentially"),
        *("satisfactory", "standing", "summary", "history", "payment", "status"),
    )
)
"""A heading of such words alone is another row of the report."""
_BUREAUS: Final = frozenset(bureau.value.upper() for bureau in Bureau)
_UNDER_A_DOUBTFUL_HEADING: Final = 0.3
_NOT_A_NAME: Final = 0.3
_NAME_WITH_ITS_NUMBER: Final = 0.6
_NOT_A_REMARK: Final = 0.2
_STRANGE_NUMBER: Final = 0.35
_WITHOUT_ITS_DOLLAR_SIGN: Final = 0.3
"""The sign was taken for a digit: `$0` becomes `30`."""
_GUESSED_LABEL: Final = 0.4
_ALONE_IN_ITS_RUN: Final = 0.3
"""A month that breaks a run of one derogatory code: `C` in a row of `CO`."""
_USUAL: Final = 0.8
"""Where so many amounts of a report carry a dollar sign, one without it is strange."""
_OVER_ITS_HIGHEST: Final = 1.2
_AGAINST_ANOTHER_AMOUNT: Final = 0.7


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole report tells of a value: its creditors' names in bare letters, whether it prints dollar signs."""

    creditors: frozenset[str]
    prints_dollars: bool

    @classmethod
    def of(cls, tradelines: Collection[ReadTradeline]) -> "Surroundings":
        amounts = ["$" in read.evidence[name].printed for read in tradelines for name in _MONEY & read.evidence.keys()]
        creditors = frozenset(_letters(read.tradeline.creditor_name) for read in tradelines)
        return cls(creditors, prints_dollars=sum(amounts) > _USUAL * len(amounts))


def calibrate(tradelines: Collection[ReadTradeline], scanned: Collection[int]) -> None:
    """Puts a share in the place of each confidence that comes from one of the pages `scanned`, and of each verdict.

    Elsewhere the rules' own confidences stay, but under a heading that is no name.
    """
    around = Surroundings.of(tradelines)
    for read in tradelines:
        shares = {name: _share(name, read, around, scanned) for name in read.evidence}
        for name, share in shares.items():
            read.evidence[name] = replace(read.evidence[name], confidence=round(share, 3))
        on_scan = any(evidence.page in scanned for evidence in read.evidence.values())
        verdict = "negative" if read.negative.is_negative else "nothing negative"
        points = MAPS[f"{verdict} on a scan" if on_scan else "verdict"]
        read.negative.confidence = round(mapped(points, read.negative.confidence), 2)


def _share(name: str, read: ReadTradeline, around: Surroundings, scanned: Collection[int]) -> float:
    evidence = read.evidence[name]
    if evidence.page in scanned:
        return mapped(MAPS[kind_of(name)], score(name, read, around))
    return evidence.confidence * (1.0 if _is_a_name(read.tradeline.creditor_name) else _NOT_A_NAME)


def score(name: str, read: ReadTradeline, around: Surroundings) -> float:
    """The value's confidence so far, lowered by each thing that speaks against it."""
    return read.evidence[name].confidence * _against_the_account(name, read) * _against_itself(name, read, around)


def _against_the_account(name: str, read: ReadTradeline) -> float:
    is_named = _is_a_name(read.tradeline.creditor_name)
    if name == "creditor_name":
        return 1.0 if is_named else _NOT_A_NAME
    heading = read.evidence.get("creditor_name")
    doubtful = not is_named or (heading is not None and heading.confidence < _READ_HEADING)
    return _UNDER_A_DOUBTFUL_HEADING if doubtful else 1.0


def _against_itself(name: str, read: ReadTradeline, around: Surroundings) -> float:
    line, evidence = read.tradeline, read.evidence[name]
    if name in _MONEY and around.prints_dollars and "$" not in evidence.printed:
        return _WITHOUT_ITS_DOLLAR_SIGN
    if evidence.rule.startswith("likely label:"):
        return _GUESSED_LABEL
    if name.startswith(_MONTH) and _breaks_a_run(name.removeprefix(_MONTH), line.payment_history):
        return _ALONE_IN_ITS_RUN
    match name:
        case "creditor_name" if "#" in line.creditor_name:
            return _NAME_WITH_ITS_NUMBER
        case "remarks" if any(_letters(remark) in around.creditors for remark in line.remarks):
            return _NOT_A_REMARK
        case "account_number" if not _PLAIN_NUMBER.fullmatch(line.account_number or ""):
            return _STRANGE_NUMBER
        case "balance" | "high_balance" if _is_over_its_highest(line):
            return _AGAINST_ANOTHER_AMOUNT
    return 1.0


def kind_of(name: str) -> str:
    """Which map is for a field."""
    if name.startswith(_MONTH):
        return "month"
    return "remarks" if name == "remarks" else "value"


def mapped(points: Points, score: float) -> float:
    """Between two points on the straight line; outside of them the nearest."""
    at = bisect_right([x for x, _ in points], score)
    if at in {0, len(points)}:
        return points[min(at, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[at - 1], points[at]
    return y0 + (y1 - y0) * (score - x0) / (x1 - x0)


def _is_over_its_highest(line: Tradeline) -> bool:
    highest = max(filter(None, (line.high_balance, line.credit_limit, line.original_amount)), default=None)
    return highest is not None and line.balance is not None and float(line.balance) > _OVER_ITS_HIGHEST * float(highest)


def _breaks_a_run(month: str, history: Mapping[str, MonthCode]) -> bool:
    if month not in history:
        return False
    months = sorted(history)
    at = months.index(month)
    before, after = (history[months[i]] if 0 <= i < len(months) else None for i in (at - 1, at + 1))
    return before == after != history[month] and before not in {None, MonthCode.OK, MonthCode.NO_DATA}


def _is_a_name(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    letters = _letters(text)
    return len(letters) > 2 and letters not in _BUREAUS and ":" not in text and not _NO_NAME.issuperset(words)


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z]", "", text.upper())
