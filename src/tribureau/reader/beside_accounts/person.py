"""What is printed under the labels of a personal part, taken apart into single names, addresses, employers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.personal_information import PersonalKind
from tribureau.domain.tradelines import Precision
from tribureau.reader.beside_accounts.pieces import piece_of
from tribureau.reader.dates import printed_date
from tribureau.reader.pages import Word
from tribureau.reader.report import Evidence, PersonalValue
from tribureau.reader.values import is_absent

_AFTER_NAME: Final = re.compile(
    r"\s*\b(?:Name ID|Date generated|Confirmation|Report (?:Number|Date)|File Number)\b.*?(?=;|$)|\s+#[^;]*",
    re.IGNORECASE,
)
_NAME_ID: Final = re.compile(r"\s*\bName ID\b:?\s*#?\s*\d+", re.IGNORECASE)
_BESIDE_ADDRESS: Final = re.compile(
    r"\s*\b(?:Address ID:?\s*#?\s*\d*"
    r"|(?:Date )?Reported:?(?:\s+(?:on\s+)?[\d/]+(?:\s+\d{4})?|\s+[A-Z][a-z]{2,8}\.? (?:\d+, )?\d{4})?"
    r"|Single[- ]family(?: dwelling)?|Multi-?family(?: dwelling)?|Apartment complex|Apartment\b(?! \d)"
    r"|Post Office Box(?! \d)|Residence type.*?)(?=\s|;|$)",
    re.IGNORECASE,
)
_ZIP_CODE: Final = re.compile(r"(?<=\b[A-Za-z]{2}\s)\d{5}(?:-\d{4})?\b|(?<=\b[A-Za-z]{2},\s)\d{5}(?:-\d{4})?\b")
_LAST_FOUR: Final = re.compile(
    r"(?:[xX*•#]{3}[-\s]?[xX*•#]{2}[-\s]?|\d{3}[-\s]?\d{2}[-\s]?|[xX*•#]{2,}[-\s]?)(\d{4})\b|^(\d{4})$"
)
_MASK: Final = "XXX-XX-"
_PHONE: Final = re.compile(r"[(+\dxX*][\d\s().xX*+\-]{6,}[\dxX*]")
_PARTNERS: Final = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_LEGAL_FORM: Final = re.compile(r"(?:inc|llc|ltd|co|corp|corporation|company|llp|lp|plc|na|n\.a)\.?", re.IGNORECASE)
_LONGEST_NAME: Final = 8
"""Words; what is longer is a sentence."""
_EMPTY: Final = re.compile(r"(?:no(?:ne)?\b.*|on file|-+)", re.IGNORECASE)


def personal_values(
    kind: PersonalKind, printed: Evidence, bureau: Bureau | None, words: Sequence[Word]
) -> Iterator[PersonalValue]:
    """Each single value that is printed under one label. `words` are those of `printed`, in reading order."""
    match kind:
        case PersonalKind.DATE_OF_BIRTH:
            yield from _birth(printed, bureau)
        case PersonalKind.SSN_LAST4:
            yield from _last_four(printed, bureau)
        case _:
            for text in _TAKEN_APART[kind](printed.printed):
                if text and not is_absent(text) and not _EMPTY.fullmatch(text):
                    yield PersonalValue(kind, text, bureau, piece_of(printed, text, words))


def names_in(printed: str) -> list[str]:
    """`ADA QUARRY; A QUARRY` as two names, without what is printed beside them."""
    parts = [_AFTER_NAME.sub("", part).strip(" :,") for part in _NAME_ID.sub(";", printed).split(";")]
    return [part for part in parts if part and len(part.split()) <= _LONGEST_NAME]


def addresses_in(printed: str) -> list[str]:
    """Each address ends with its ZIP code; one that has none is taken whole."""
    found: list[str] = []
    for part in _BESIDE_ADDRESS.sub(";", printed).split(";"):
        start = 0
        for zip_code in _ZIP_CODE.finditer(part):
            found.append(part[start : zip_code.end()].strip(" ,"))
            start = zip_code.end()
        if start == 0:
            found.append(part.strip(" ,"))
    return [address for address in found if address]


def employers_in(printed: str) -> list[str]:
    """A comma parts two employers, but not `Moss, Fern and Reed` nor `Tarn Freight, Inc`."""
    found: list[str] = []
    for part in printed.split(";"):
        pieces = part.split(", ")
        at = 0
        for number, piece in enumerate(pieces[1:], 1):
            partners = len(pieces[number - 1].split()) == 1 and _PARTNERS.search(piece)
            if not partners and not _LEGAL_FORM.fullmatch(piece.strip()):
                found.append(", ".join(pieces[at:number]))
                at = number
        found.append(", ".join(pieces[at:]))
    return [employer.strip(" ,") for employer in found if employer.strip(" ,")]


def _phones(printed: str) -> list[str]:
    return [phone.strip() for phone in _PHONE.findall(printed)]


def _birth(printed: Evidence, bureau: Bureau | None) -> Iterator[PersonalValue]:
    born = printed_date(printed.printed)
    if born and born.precision is not Precision.MONTH:
        yield PersonalValue(PersonalKind.DATE_OF_BIRTH, born.iso(), bureau, printed)


def _last_four(printed: Evidence, bureau: Bureau | None) -> Iterator[PersonalValue]:
    """Of a social security number only the last four digits are ever kept."""
    found = _LAST_FOUR.search(printed.printed)
    if found:
        last4 = found[1] or found[2]
        yield PersonalValue(PersonalKind.SSN_LAST4, last4, bureau, replace(printed, printed=_MASK + last4))


_TAKEN_APART: Final = {
    PersonalKind.NAME: names_in,
    PersonalKind.OTHER_NAME: names_in,
    PersonalKind.CURRENT_ADDRESS: addresses_in,
    PersonalKind.PREVIOUS_ADDRESS: addresses_in,
    PersonalKind.EMPLOYER: employers_in,
    PersonalKind.PHONE: _phones,
}


def without_doubles(values: Iterator[PersonalValue]) -> list[PersonalValue]:
    """Each value once for each bureau. A second name is another name, a second current address an earlier one."""
    kept: dict[tuple[object, ...], PersonalValue] = {}
    for value in values:
        plain = "".join(filter(str.isalnum, value.value)).casefold()
        family = _FAMILY.get(value.kind, value.kind)
        known = kept.get((family, value.bureau, plain))
        if known is None:
            first = not any(key[:2] == (family, value.bureau) for key in kept)
            second = value.kind in _SECOND and not first
            if second and any(one.kind is value.kind and one.bureau is value.bureau for one in kept.values()):
                value.kind = _SECOND[value.kind]
            kept[family, value.bureau, plain] = value
    return list(kept.values())


_FAMILY: Final = {
    PersonalKind.OTHER_NAME: PersonalKind.NAME,
    PersonalKind.PREVIOUS_ADDRESS: PersonalKind.CURRENT_ADDRESS,
}
_SECOND: Final = {
    PersonalKind.NAME: PersonalKind.OTHER_NAME,
    PersonalKind.CURRENT_ADDRESS: PersonalKind.PREVIOUS_ADDRESS,
}
