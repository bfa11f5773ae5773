"""Creditor names as a heading prints them, without what the heading adds."""

import re
from typing import Final, NamedTuple

_ORIGINAL: Final = re.compile(
    r"\s*[(\[]?\s*(?:original|orig\.?)\s+creditor(?:\s+name)?\s*[:\-]\s*(?P<name>[^)\]]+)[)\]]?\s*$", re.IGNORECASE
)
_CLOSED: Final = re.compile(r"\s*(?:[-–—]\s*closed|[(\[]\s*(?:account\s+)?closed\s*[)\]])\s*$", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"(?:\s+[-–—|]?\s*|^)(?:(?:account|acct\.?)\s*(?:number|no\.?|#)?:?\s*)?"
    r"(?P<number>#?(?=[A-Z0-9*X.•]*\d)(?:[A-Z0-9]*(?:\*{1,}|X{3,}|\.{3,}|•{2,})[A-Z0-9]*|\d{9,}))$"
)
_NUMBERING: Final = re.compile(r"^\s*\d{1,2}\.\d{1,3}\.?\s+")


class Creditor(NamedTuple):
    """The creditor's name, the original creditor a heading may carry, whether it says «closed», and a number in it."""

    name: str
    original: str | None
    closed: bool
    number: str | None


def creditor(heading: str) -> Creditor:
    """Take `2.1 NAME - Closed`, `NAME 431196****` or `NAME (Original Creditor: X)` apart."""
    text = " ".join(heading.split())
    original = _ORIGINAL.search(text)
    if original:
        text = text[: original.start()]
    closed = _CLOSED.search(text)
    if closed:
        text = text[: closed.start()]
    number = _NUMBER.search(text)
    if number:
        text = text[: number.start()]
    return Creditor(
        name=_NUMBERING.sub("", text).strip(" :|"),
        original=original["name"].strip() if original else None,
        closed=closed is not None,
        number=number["number"] if number else None,
    )
