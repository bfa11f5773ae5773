"""Whether two printed addresses are one: abbreviations, case, directions and a missing apartment are no difference.

Abbreviations are those of USPS Publication 28, appendices C1 and C2, as far as reports use them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from tribureau.domain.likeness import Likeness

_SHORT: Final = {
    long: short
    for short, longs in {
        "st": "street str saint",
        "ave": "avenue av aven",
        "rd": "road",
        "dr": "drive drv",
        "ln": "lane",
        "ct": "court",
        "blvd": "boulevard boul",
        "pl": "place",
        "ter": "terrace terr",
        "cir": "circle circ",
        "pkwy": "parkway pky",
        "hwy": "highway",
        "trl": "trail",
        "sq": "square",
        "xing": "crossing",
        "aly": "alley",
        "way": "wy",
        "n": "north",
        "s": "south",
        "e": "east",
        "w": "west",
        "ne": "northeast",
        "nw": "northwest",
        "se": "southeast",
        "sw": "southwest",
        "mt": "mount",
        "ft": "fort",
    }.items()
    for long in longs.split()
}
_KINDS: Final = frozenset(
    {"st", "ave", "rd", "dr", "ln", "ct", "blvd", "pl", "ter", "cir", "pkwy", "hwy", "trl", "sq", "xing", "aly", "way"}
)
_DIRECTIONS: Final = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw"})
_UNIT: Final = re.compile(r"\b(?:apartment|apt|unit|suite|ste|room|rm|floor|fl|lot|no)\b\.?\s*#?\s*(\w+)|#\s*(\w+)")
_ZIP_CODE: Final = re.compile(r"\b(\d{5})(?:-?\d{4})?\s*$")
_BOX: Final = re.compile(r"\bp\s*\.?\s*o\s*\.?\s*box\b|\bpost office box\b")
_ALMOST: Final = 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """An address in comparable parts; `rest` is street and city in one, since few reports part them alike."""

    number: str
    unit: str
    rest: tuple[str, ...]
    zip_code: str


def best_likeness(printed: str, own: Iterable[str]) -> Likeness:
    """The closest of one's own addresses."""
    return max((likeness_of_addresses(printed, address) for address in own), default=Likeness.OTHER)


def likeness_of_addresses(printed: str, own: str) -> Likeness:
    """SAME: one number, one ZIP code or none printed, one street. VARIANT: another apartment or a slip of the pen."""
    one, other = place_of(printed), place_of(own)
    if not one.number or one.number != other.number:
        return Likeness.OTHER
    same_zip = one.zip_code == other.zip_code or not one.zip_code or not other.zip_code
    street, alike = _same_street(one, other), _alike(one, other)
    if not (street or alike) or (not same_zip and not street):
        return Likeness.OTHER
    same_unit = one.unit == other.unit or not one.unit or not other.unit
    return Likeness.SAME if street and same_zip and same_unit else Likeness.VARIANT


def place_of(address: str) -> Place:
    plain = unicodedata.normalize("NFKD", address.casefold())
    text = "".join(c for c in plain if not unicodedata.combining(c))
    text = _BOX.sub("pobox", text)
    zip_code = _ZIP_CODE.search(text)
    text = text[: zip_code.start()] if zip_code else text
    unit = _UNIT.search(text)
    unit_name = (unit[1] or unit[2]) if unit else ""
    text = _UNIT.sub(" ", text)
    words = re.sub(r"[^a-z0-9 ]", " ", text.replace("'", "")).split()
    spelt = [_SHORT.get(word, word) for word in words]
    number = next((word for word in spelt if word[0].isdigit()), "")
    rest = tuple(word for word in spelt if word != number)
    return Place(number, unit_name.lstrip("0"), rest, zip_code[1] if zip_code else "")


def _same_street(one: Place, other: Place) -> bool:
    """The telling words of the shorter address all stand in the longer one; the first of them begins both."""
    shorter, longer = sorted((_telling(one), _telling(other)), key=len)
    return bool(shorter) and shorter[0] == longer[0] and set(shorter) <= set(longer)


def _telling(place: Place) -> list[str]:
    return [word for word in place.rest if word not in _KINDS and word not in _DIRECTIONS]


def _alike(one: Place, other: Place) -> bool:
    words = " ".join(_telling(one)), " ".join(_telling(other))
    return SequenceMatcher(None, *words, autojunk=False).ratio() >= _ALMOST
