"""Whether two printed names can be one person's: case, accents, order, initials and nicknames are no difference."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from tribureau.domain.likeness import Likeness

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "mr", "mrs", "ms", "dr"})
_NICKNAMES: Final = (
    "alexander alex sandy|andrew andy drew|anthony tony|barbara barb|benjamin ben|catherine kate katie cathy"
    "|christopher chris|daniel dan danny|david dave|deborah debbie deb|donald don|edward ed eddie ted"
    "|elizabeth liz beth betty lisa|francis frank|gregory greg|james jim jimmy jamie|jennifer jen jenny"
    "|john jack johnny jon|jonathan jon|joseph joe joey|katherine kathy kate katie|kenneth ken|lawrence larry"
    "|margaret maggie peg peggy|matthew matt|michael mike mick|nicholas nick|patricia pat patty|patrick pat"
    "|peter pete|rebecca becky|richard rick dick rich|robert bob rob bobby|ronald ron|samuel sam|samantha sam"
    "|stephen steve|steven steve|susan sue|theodore ted|thomas tom|timothy tim|victoria vicky|william bill will billy"
)
_BY_NAME: Final = [frozenset(group.split()) for group in _NICKNAMES.split("|")]
_ALMOST: Final = 0.8
"""From this share of common letters on two names may be one that was misspelt."""


def best_likeness(printed: str, own: Iterable[str]) -> Likeness:
    """The closest of one's own names."""
    return max((likeness_of_names(printed, name) for name in own), default=Likeness.OTHER)


def likeness_of_names(printed: str, own: str) -> Likeness:
    """SAME where each part of the shorter name stands in the longer one, as itself or as its initial, and a last name
    is among them. VARIANT where a nickname, one misspelt part or a second last name leave it open."""
    ones, others = _parts(printed), _parts(own)
    if not ones or not others:
        return Likeness.OTHER
    shorter, longer = sorted((ones, others), key=len)
    if not _share_a_last_name(ones, others):
        misspelt = _almost("".join(ones), "".join(others)) and _starts_alike(ones, others)
        return Likeness.VARIANT if misspelt else Likeness.OTHER
    if _is_within(shorter, longer):
        return Likeness.SAME
    return Likeness.VARIANT if _starts_alike(ones, others) else Likeness.OTHER


def _parts(name: str) -> list[str]:
    """`Quarry, Ada M. Jr` as ada, m, quarry: the last name last."""
    if "," in name:
        last, _, first = name.partition(",")
        if first.strip(" .").casefold() not in _SUFFIXES:
            name = f"{first} {last}"
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(" " if c in "-/" else c for c in plain if not unicodedata.combining(c))
    parts = re.sub(r"[^a-z0-9 ]", "", letters).split()
    return [part for part in parts if part not in _SUFFIXES] or parts


def _share_a_last_name(ones: Sequence[str], others: Sequence[str]) -> bool:
    """A last name of one stands behind the first name of the other; `Moss-Fern` is either of its parts."""
    return bool({ones[-1]} & set(others[1:] or others) or {others[-1]} & set(ones[1:] or ones))


def _is_within(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Each part of the shorter, in order, as itself or as an initial of the longer one's or the other way about."""
    left = list(longer)
    for part in shorter:
        at = next((i for i, other in enumerate(left) if part == other or _is_initial(part, other)), None)
        if at is None:
            return False
        del left[: at + 1]
    return len(shorter) > 1 or len(longer) == 1


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _starts_alike(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the first names can be one: a nickname, a short form, a slip, an initial."""
    one, other = ones[0], others[0]
    if one == other or _is_initial(one, other) or _almost(one, other):
        return True
    short = min(one, other, key=len)
    return (len(short) >= 3 and one.startswith(other[:3]) and (one.startswith(other) or other.startswith(one))) or any(
        {one, other} <= group for group in _BY_NAME
    )


def _almost(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALMOST
