"""What a person types into a form field, as the values that the database takes."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tribureau.domain.errors import InvalidInput
from tribureau.web import formats, wording
from tribureau.web.pages.account_facts import input_kind

_MONTHS: Final = {name.lower(): number for number, name in enumerate(formats.MONTHS, 1)}
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?P<month>\d{1,2})/)(?:(?P<day>\d{1,2})/)?(?P<year>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3})[a-z]*\.? (?:(?P<day>\d{1,2}),? )?(?P<year>\d{4})"),
)


def typed_value(field: str, text: str) -> dict[str, Any]:
    """The columns that a typed value sets; InvalidInput where it can't be understood."""
    text = text.strip().replace("\r\n", "\n")
    match "flag" if field == "is_negative" else input_kind(field):
        case "money":
            return {field: _amount(text)}
        case "date":
            return _date(field, text)
        case "count":
            return {field: _count(text)}
        case "flag":
            return {field: text in {"yes", "on", "true"}}
        case "choice":
            return {field: _choice(field, text)}
        case _:
            return {field: text or None}


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text.replace("$", "").replace(",", "").replace("−", "-").strip())
    except InvalidOperation as error:
        raise InvalidInput(f"«{text}» is not an amount.", hint="Type dollars, for instance 1,284.50.") from error


def _date(field: str, text: str) -> dict[str, Any]:
    if not text:
        return {field: None, f"{field}_precision": "day"}
    found = next((match for shape in _DATES if (match := shape.fullmatch(text.lower()))), None)
    parts = found.groupdict() if found else {}
    try:
        month = _MONTHS[parts["name"]] if parts.get("name") else parts.get("month")
        day = date(int(parts["year"]), int(month or 1), int(parts.get("day") or 1))
    except (KeyError, ValueError) as error:
        hint = "Type 2024-11-26, 11/26/2024, or less where the report prints less: 2024-11, 2024."
        raise InvalidInput(f"«{text}» is not a date.", hint=hint) from error
    precision = "day" if parts.get("day") else "month" if month else "year"
    return {field: day, f"{field}_precision": precision}


def _count(text: str) -> int:
    if not text.isdecimal():
        raise InvalidInput(f"«{text}» is not a number.", hint="Type how many times, from 0 to 999.")
    return int(text)


def _choice(field: str, text: str) -> str | None:
    if text and text not in wording.CHOICES[field]:
        raise InvalidInput("That is not one of the choices.")
    return text or None
