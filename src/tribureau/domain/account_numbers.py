"""What two masked account numbers say about each other: bureaus mask the head or the tail, so little may be common."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

_MASK: Final = re.compile(r"[*•#.]+|(?:X(?![A-WYZ])|x(?![a-wyz])){2,}[Xx]*|[Xx]+$")
_ISSUER_DIGITS: Final = 6
"""Cards of one issuer share their first six digits (ISO/IEC 7812), so these say little."""


class VisibleNumber(NamedTuple):
    """The characters before and after the mask; without a mask both are the whole number."""

    head: str
    tail: str
    is_whole: bool


class Agreement(NamedTuple):
    """`digits` that agree and tell accounts of one creditor apart; or a contradiction."""

    digits: int
    contradicts: bool


@lru_cache(maxsize=8192)
def visible_number(printed: str | None) -> VisibleNumber:
    packed = re.sub(r"[\s\-/]", "", printed or "")
    masks = list(_MASK.finditer(packed))
    if not masks:
        return VisibleNumber(packed.upper(), packed.upper(), is_whole=bool(packed))
    head, tail = packed[: masks[0].start()], packed[masks[-1].end() :]
    return VisibleNumber(head.upper(), tail.upper(), is_whole=False)


def compare_numbers(one: str | None, other: str | None) -> Agreement:
    """Looks at what both show: the common head, the common tail, or the whole."""
    a, b = visible_number(one), visible_number(other)
    if a.is_whole and b.is_whole:
        return Agreement(len(a.head), contradicts=False) if a.head == b.head else Agreement(0, contradicts=True)
    head = min(len(a.head), len(b.head))
    tail = min(len(a.tail), len(b.tail))
    if a.head[:head] != b.head[:head] or (tail and a.tail[-tail:] != b.tail[-tail:]):
        return Agreement(0, contradicts=True)
    return Agreement(max(0, head - _ISSUER_DIGITS) + tail, contradicts=False)
