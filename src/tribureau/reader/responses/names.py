"""Who an item is about: the furnisher's name in the words before a number, a date or a docket."""

import re
from collections.abc import Sequence
from typing import Final

_CONNECTORS: Final = frozenset({"&", "and", "of", "the", "/", "-", "–", "for", "de", "la"})
_NO_NAME: Final = frozenset({
    "account", "acct", "accounts", "number", "no", "inquiry", "inquiries", "public", "record", "records",
    "item", "items", "re", "regarding", "your", "the", "our", "we", "you", "creditor", "company", "source",
    "furnisher", "name", "reported", "by", "changes", "change", "about", "dispute", "result", "results",
    "outcome", "date", "type", "details", "case", "docket", "collection", "credit", "this", "that",
    "its", "at", "with", "from",
})  # fmt: skip
"""Words that may begin with a capital before a name and are no part of it."""
_ALONE_NO_NAME: Final = frozenset(("collection", "credit", "item", "type", "date", "details"))
_BULLET: Final = re.compile(r"^(?:[>•*\-–·]+|\(?\d{1,2}[.)])$")
_SENTENCE_END: Final = re.compile(r"[a-z0-9)]{2,}[.:;!?]$")
_SEPARATORS: Final = ":,;(-–#|"


def plain(word: str) -> str:
    return re.sub(r"[^a-z0-9/&]", "", word.lower())


def trailing_name(words: Sequence[str]) -> tuple[int, int]:
    """Where the name at the end of the words begins and ends; an empty stretch where there is none."""
    end = len(words)
    while end and not plain(words[end - 1]).strip("/&"):
        end -= 1
    start = end
    while start:
        word = words[start - 1]
        if _BULLET.match(word) or (start < end and _SENTENCE_END.search(word)) or not _may_belong(word):
            break
        start -= 1
    return _trimmed(words, start, end)


def _may_belong(word: str) -> bool:
    bare = word.strip("\"'“”()")
    return bare.lower() in _CONNECTORS or bare[:1].isupper() or bare[:1].isdigit() or "/" in bare


def _trimmed(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Without connectors and words of the letter at its edges."""
    while start < end and (_is_no_name(words[start]) or (words[start].endswith(":") and start + 1 < end)):
        start += 1
    while start < end and words[end - 1].lower() in _CONNECTORS:
        end -= 1
    if end - start == 1 and plain(words[start]) in _ALONE_NO_NAME:
        return end, end
    return start, end


def _is_no_name(word: str) -> bool:
    bare = word.strip(_SEPARATORS + ".")
    return bare.lower() in _CONNECTORS or (bare.lower() in _NO_NAME and not bare.isupper()) or not plain(word)


def is_name_like(words: Sequence[str]) -> bool:
    """Whether a whole line may be a furnisher's name or a heading: short, in capitals or title case, no sentence."""
    if not 0 < len(words) <= 9 or _SENTENCE_END.search(words[-1]) or ":" in " ".join(words):
        return False
    lettered = sum(word[:1].isalpha() for word in words)
    return 2 * lettered > len(words) and all(map(_may_belong, words)) and trailing_name(words)[0] == 0


def tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" :,;(-–#|")
