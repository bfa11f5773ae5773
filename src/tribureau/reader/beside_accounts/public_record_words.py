"""The words by which reports name public records and what became of them."""

import re
from typing import Final

from tribureau.domain.public_records import PublicRecordKind, PublicRecordStatus

_CHAPTER: Final = re.compile(r"\b(?:chapter|chap|ch)\.?\s*-?\s*(7|11|12|13)\b", re.IGNORECASE)
_KINDS: Final = (
    (re.compile(r"\bbankruptcy\b|\bbkpt\b|\bbankrupt\b|\bbk\b", re.IGNORECASE), PublicRecordKind.BANKRUPTCY),
    (_CHAPTER, PublicRecordKind.BANKRUPTCY),
    (
        re.compile(
            r"\btax(?:es)?\b.*\blien\b|\b(?:federal|state|county|city|irs|paid|released)\b.*\blien\b", re.IGNORECASE
        ),
        PublicRecordKind.TAX_LIEN,
    ),
    (
        re.compile(r"\bjudge?ment\b|\bsmall claims\b|\bcivil (?:claim|suit)\b", re.IGNORECASE),
        PublicRecordKind.CIVIL_JUDGMENT,
    ),
    (re.compile(r"\bforeclosure\b|\blis pendens\b", re.IGNORECASE), PublicRecordKind.FORECLOSURE),
    (
        re.compile(r"\blien\b|\bgarnishment\b|\bmarriage\b|\bdivorce\b|\bsuit\b|\bcollection account\b", re.IGNORECASE),
        PublicRecordKind.OTHER,
    ),
)
_STATUSES: Final = (
    (re.compile(r"\bvacated\b|\bwithdrawn\b|\breversed\b", re.IGNORECASE), PublicRecordStatus.VACATED),
    (re.compile(r"\bdismiss", re.IGNORECASE), PublicRecordStatus.DISMISSED),
    (re.compile(r"\bdischarged?\b|\bcompleted\b", re.IGNORECASE), PublicRecordStatus.DISCHARGED),
    (
        re.compile(r"\bunpaid\b|\bunsatisfied\b|\bunreleased\b|\bnot (?:paid|satisfied|released)\b", re.IGNORECASE),
        PublicRecordStatus.FILED,
    ),
    (re.compile(r"\bsatisf|\bpaid\b|\breleased?\b|\bsettled\b", re.IGNORECASE), PublicRecordStatus.SATISFIED),
    (
        re.compile(r"\bfiled\b|\bpending\b|\bpetition\b|\bentered\b|\bopen\b|\bactive\b", re.IGNORECASE),
        PublicRecordStatus.FILED,
    ),
)
COURT: Final = re.compile(r"\bcourt\b|\bct\b|\brecorder\b|\bclerk\b|\bcounty\b|\bdistrict\b", re.IGNORECASE)


def kind_in(text: str) -> PublicRecordKind | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(text)), None)


def status_in(text: str) -> PublicRecordStatus | None:
    return next((status for pattern, status in _STATUSES if pattern.search(text)), None)


def chapter_in(text: str) -> int | None:
    found = _CHAPTER.search(text)
    return int(found[1]) if found else None
