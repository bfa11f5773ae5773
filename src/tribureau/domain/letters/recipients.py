"""Where letters go: the bureaus' own addresses for disputes, as data with their source and the day they took effect."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput

MOST_ADDRESS_LINES: Final = 5
"""What the window of a #10 envelope shows."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """`lines` as they stand on an envelope, the name first; at most `MOST_ADDRESS_LINES`."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BureauAddress:
    """Where a bureau takes disputes by mail, said by `source`, from the day `since` on."""

    bureau: Bureau
    address: PostalAddress
    source: str
    since: date


BUREAU_ADDRESSES: Final = (
    BureauAddress(
        Bureau.EQUIFAX,
        PostalAddress(("Equifax Information Services LLC", "P.O. Box 740256", "Atlanta, GA 30374-0256")),
        "the dispute page of Equifax",
        date(2020, 1, 1),
    ),
    BureauAddress(
        Bureau.EXPERIAN,
        PostalAddress(("Experian", "P.O. Box 4500", "Allen, TX 75013")),
        "the dispute page of Experian",
        date(2020, 1, 1),
    ),
    BureauAddress(
        Bureau.TRANSUNION,
        PostalAddress(("TransUnion Consumer Solutions", "P.O. Box 2000", "Chester, PA 19016-2000")),
        "the dispute page of TransUnion",
        date(2020, 1, 1),
    ),
)


def address_of(bureau: Bureau, on: date) -> PostalAddress:
    """The address in effect on that day. Raises InvalidInput for a day before the first that is known."""
    known = [one for one in BUREAU_ADDRESSES if one.bureau is bureau and one.since <= on]
    if not known:
        raise InvalidInput(f"{on} is too long ago for a letter to {bureau}.", hint="Look at the year once more.")
    return max(known, key=lambda one: one.since).address
