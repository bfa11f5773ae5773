"""Where a letter names an item: a masked number, an inquiry's date, a docket, a kind of personal information."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from tribureau.domain.bureau_responses import ItemKind
from tribureau.reader.dates import printed_date
from tribureau.reader.responses.masked_numbers import is_unreadable_number, number_at
from tribureau.reader.responses.names import is_name_like, plain, trailing_name
from tribureau.reader.responses.words import Stream

_LABELS: Final = frozenset({
    "account", "acct", "number", "no", "ending", "in", "with", "inquiry", "date", "dated", "docket", "case",
    "of", "on", "or", "details", "loan",
})  # fmt: skip
_PERSONAL: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=[.]\s))(?:[>•\-–]*\s*|\d{1,2}[.)]\s+)(?P<label>(?:previous|former|current|other|old|additional|your)?\s*"
    r"(?:mailing\s+)?(?:address(?:es)?|names?\s+variations?|name\s+variation|former\s+names?|other\s+names?|also\s+known\s+as"
    r"|employers?|employment|telephone(?:\s+number)?|phone(?:\s+number)?|date\s+of\s+birth|social\s+security\s+number"
    r"|spouse))\b(?=\s*[:\n\-–]|\s+\w)",
    re.IGNORECASE,
)
_NOT_PERSONAL: Final = re.compile(r"^\s*(?:your\s+)?address\s+(?:and|or|is|on|that|which|of)\b", re.IGNORECASE)
_FURTHEST_LABEL: Final = 6
_LONG, _CLOSE = 6, 0.75
_LONG_LABELS: Final = ("account", "number", "inquiry", "docket")
_LABELS_BETWEEN: Final = 2
"""Lines of labels that may stand between a heading and the number of its item."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An item named at `start`, up to `end`; the spans are of characters in the stream's text."""

    kind: ItemKind
    start: int
    end: int
    name: tuple[int, int]
    number: tuple[int, int] | None = None
    digits: str | None = None
    """The masked number itself, with its mask put right."""


def anchors_in(stream: Stream) -> list[Anchor]:
    """In the order of the text, none inside another."""
    found = sorted([*_numbered(stream), *_personal(stream)], key=lambda anchor: (anchor.start, -anchor.end))
    kept: list[Anchor] = []
    for anchor in found:
        if not kept or anchor.start >= kept[-1].end:
            kept.append(anchor)
    return kept


def personal_label(text: str) -> str | None:
    """The kind of personal information that a cell begins with."""
    found = _PERSONAL.match(f"{text}\n")
    return found["label"] if found else None


def _numbered(stream: Stream) -> Iterator[Anchor]:
    texts = [word.text for word in stream.words]
    for at, text in enumerate(texts):
        found = number_at(texts, at)
        if found or is_unreadable_number(texts, at):
            anchor = _named(stream, texts, at, ItemKind.ACCOUNT, found)
        elif printed_date(text.strip(".,;:()")) and _tells_inquiry(texts, at):
            anchor = _named(stream, texts, at, ItemKind.INQUIRY)
        elif re.search(r"\d[\d\-A-Z]{3,}", text) and _tells_docket(texts[max(0, at - _FURTHEST_LABEL) : at]):
            anchor = _named(stream, texts, at, ItemKind.PUBLIC_RECORD)
        else:
            continue
        if anchor:
            yield anchor


def _named(
    stream: Stream, texts: list[str], at: int, kind: ItemKind, number: tuple[str, int] | None = None
) -> Anchor | None:
    rest = at
    while rest and _is_label(texts[rest - 1]):
        rest -= 1
    name = _name_before(stream, texts, rest)
    if name is None:
        return None
    last = at + (number[1] if number else 1) - 1
    end = stream.starts[last] + len(texts[last])
    return Anchor(kind, name[0], end, name, (stream.starts[at], end) if number else None, number[0] if number else None)


def _is_label(word: str) -> bool:
    """Whether a word may stand between a name and what tells the item apart; an engine may have misread a letter."""
    bare = plain(word)
    if bare in _LABELS or not bare.strip("/&"):
        return True
    return word.islower() and len(bare) >= _LONG and bool(get_close_matches(bare, _LONG_LABELS, n=1, cutoff=_CLOSE))


def _name_before(stream: Stream, texts: list[str], rest: int) -> tuple[int, int] | None:
    """The name that ends before word `rest`, on its line or as the heading over it."""
    if rest == 0:
        return None
    first = _line_start(stream, rest - 1)
    words = texts[first:rest]
    start, end = trailing_name(words)
    for _ in range(_LABELS_BETWEEN):
        if start < end or not first:
            break
        rest, first = first, _line_start(stream, first - 1)
        words = texts[first:rest]
        if not is_name_like(words) and not _says_value(words):
            return None
        start, end = trailing_name(words) if not _says_value(words) else (0, 0)
    if (first and start == 0 and is_name_like(words)) and _same_style(stream, first):
        above = _line_start(stream, first - 1)
        if is_name_like(texts[above:first]) and not any(word[:1].isdigit() for word in texts[above:first]):
            first, words = above, texts[above:rest]
            start, end = 0, trailing_name(words)[1]
    if start == end:
        return None
    last = stream.words[first + end - 1]
    return stream.starts[first + start], stream.starts[first + end - 1] + len(last.text.rstrip(" :,;(-–#|"))


def _says_value(words: list[str]) -> bool:
    """Whether a line is a label with its value, which names nobody."""
    return plain(words[0]) in {"type", "kind", "item"}


def _line_start(stream: Stream, word: int) -> int:
    """The first word of the hard line that the word stands in."""
    begin = stream.text.rfind("\n", 0, stream.starts[word]) + 1
    return bisect_right(stream.starts, begin) - 1


def _same_style(stream: Stream, word: int) -> bool:
    """Whether the line above goes on in this one: a long name in a heading, wrapped."""
    above, below = stream.words[word - 1], stream.words[word]
    close = 0 <= below.y0 - above.y1 < 0.45 * below.size
    return close and above.page == below.page and above.bold == below.bold and abs(above.size - below.size) < 0.6


def _tells_docket(before: list[str]) -> bool:
    """«Docket # 18-29344», or a number right behind a court; a case number alone may be the bureau's own."""
    labels = [plain(word) for word in before]
    return "docket" in labels[-3:] or labels[-1:] == ["court"] or ("case" in labels[-3:] and "court" in labels)


def _tells_inquiry(texts: list[str], at: int) -> bool:
    """«Inquiry date 03/02/2025», «inquiry of 03/02/2025», «Inquiry by NAME of 03/02/2025»."""
    before = [plain(word) for word in texts[max(0, at - 12) : at]]
    if "inquiry" in before[-3:] or (
        texts[at].endswith(":") and all(word == word.upper() for word in texts[at - 2 : at])
    ):
        return True
    by = [
        place
        for place, word in enumerate(before)
        if word == "inquiry" and before[place + 1 : place + 2] in (["by"], ["from"])
    ]
    return bool(by) and before[-1] in {"of", "on", "dated"}


def _personal(stream: Stream) -> Iterator[Anchor]:
    for found in _PERSONAL.finditer(stream.text):
        if not _NOT_PERSONAL.match(stream.text[found.start("label") :][:40]):
            span = found.span("label")
            yield Anchor(ItemKind.PERSONAL_INFORMATION, span[0], span[1], span)
