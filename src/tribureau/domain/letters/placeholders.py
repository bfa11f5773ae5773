"""What stands in a letter's text for the profile, which is sealed at rest and filled in only when the PDF is made."""

import re
from collections.abc import Mapping
from typing import Final

from tribureau.domain.errors import InvalidInput

NAME: Final = "{{name}}"
DATE_OF_BIRTH: Final = "{{date_of_birth}}"
SSN_LAST4: Final = "{{ssn_last4}}"
ALL: Final = (NAME, DATE_OF_BIRTH, SSN_LAST4)
_VALUE: Final = "disputed_value_{}"
_ANY: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def value_name(place: int) -> str:
    """What the sealed value of the item at that place is called, as in `disputed_value_2`."""
    return _VALUE.format(place)


def disputed_value(place: int) -> str:
    """Stands for the sealed value of the item at that place in the letter."""
    return "{{" + value_name(place) + "}}"


def needed(content: str) -> frozenset[str]:
    """The names between double braces, as in `name`."""
    return frozenset(_ANY.findall(content))


def filled(content: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder replaced. Raises InvalidInput where one has no value."""
    if missing := sorted(name for name in needed(content) if not values.get(name)):
        if missing[0].startswith(_VALUE.format("")):
            raise InvalidInput("What the report prints can't be read any more.", hint="Take it out of the letter.")
        raise InvalidInput(
            f"The letter needs what your profile does not hold yet: {', '.join(missing).replace('_', ' ')}.",
            hint="Fill it in under Settings, or take it out of the letter.",
        )
    return _ANY.sub(lambda found: values[found[1]], content)
