"""Masked account numbers as letters print them, also where an OCR engine has misread the mask."""

import re
from collections.abc import Sequence
from typing import Final

from tribureau.reader.responses.names import plain

_MASKED: Final = re.compile(
    r"^\W*?(?P<number>(?:\d{3,}[\dA-Z]*(?:[*Xx•#]{2,}|\.{2,})[\dA-Za-z*•]*|[*Xx•#.]{1,}\d{3,}|[A-Z]{1,4}\d{2,}[*Xx•]{2,}))"
)
_SSN: Final = re.compile(r"[Xx*•]{3}[- ][Xx*•]{2}[- ]\d{4}")
_STARS: Final = re.compile(r"[*+«»°•]{2,}")
"""How engines read a row of asterisks."""
_AMONG_XS: Final = re.compile(r"(?<=[Xx])[KkHh«»*]+(?=[Xx])")
_CUT: Final = re.compile(r"[*Xx•]{3,}\d{1,3}")
_LAST_FOUR: Final = 4
_UNREADABLE: Final = re.compile(r"\S*(?:[*Xx•]{3,}|\.{3,})\S*|\S*\d{3}\S*")


def masked_number(word: str) -> str | None:
    """The masked account number that a word is."""
    if _SSN.search(word):
        return None
    repaired = _AMONG_XS.sub(lambda run: "X" * len(run[0]), _STARS.sub(lambda run: "*" * len(run[0]), word))
    found = _MASKED.match(repaired)
    if found is None:
        return None
    number = found["number"]
    return number if re.search(r"\.{2,}[,;)]*$", number) else number.rstrip(".,;)")


def number_at(texts: Sequence[str], at: int) -> tuple[str, int] | None:
    """The number that begins at the word, and how many words it takes: an engine may have cut its end off."""
    cut, rest = texts[at].strip("(,;"), texts[at + 1 : at + 2]
    if _CUT.fullmatch(cut) and rest and (more := re.match(r"\d{1,3}(?=\D*$)", rest[0])):
        joined = cut + more[0]
        if len(re.sub(r"\D", "", joined)) == _LAST_FOUR:
            return joined, 2
    number = masked_number(texts[at]) or _labelled(texts, at)
    return (number, 1) if number else None


def is_unreadable_number(texts: Sequence[str], at: int) -> bool:
    """Whether a number stands there, behind its label, that can't be made out."""
    return _is_labelled(texts, at) and _UNREADABLE.fullmatch(texts[at]) is not None


def _labelled(texts: Sequence[str], at: int) -> str | None:
    """A short number without a mask right behind «Account number» or «ending in»."""
    bare = texts[at].strip(".,;:()#*")
    return bare if _is_labelled(texts, at) and re.fullmatch(r"[A-Z]{0,3}\d{3,8}", bare) else None


def _is_labelled(texts: Sequence[str], at: int) -> bool:
    before = [plain(word) for word in texts[max(0, at - 3) : at]]
    says = before[-2:] in (["account", "number"], ["ending", "in"]) or before[-1:] in (["acct"], ["account"])
    return says or (list(texts[at - 1 : at]) == ["#"] and before[-2:-1] == ["account"])
