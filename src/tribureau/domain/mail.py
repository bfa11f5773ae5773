"""The numbers on postal receipts: USPS Publication 199, Intelligent Mail Package Barcode, and its certified labels."""

import re
from typing import Final

from tribureau.domain.errors import InvalidInput

_PACKAGE: Final = re.compile(r"9[2345](?:\d{20}|\d{24})")
_CERTIFIED_LABEL: Final = re.compile(r"7\d{19}")
_SPACES: Final = re.compile(r"[\s-]+")


def checked_tracking_number(typed: str) -> str:
    """Its digits alone. Raises InvalidInput where USPS gives no such number, as after a slip in typing.

    22 or 26 digits that begin 92 to 95, or the 20 of a certified mail label; the last one checks the others.
    """
    number = _SPACES.sub("", typed)
    if not (_PACKAGE.fullmatch(number) or _CERTIFIED_LABEL.fullmatch(number)):
        raise InvalidInput(
            "This is no tracking number of the Postal Service.",
            hint="It has 20 digits on a certified label, and 22 or 26 that begin with 92 to 95 elsewhere.",
        )
    if check_digit(number[:-1]) != int(number[-1]):
        raise InvalidInput("A digit of this tracking number is wrong.", hint="Compare it with your receipt.")
    return number


def check_digit(digits: str) -> int:
    """Mod 10 with the weights 3 and 1 in turn, from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return -total % 10
