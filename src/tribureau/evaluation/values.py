"""When a value that was read is the value that is printed.

Money agrees to the cent, dates as far as they are printed, names and remarks as far as a person would take them for the
same; everything else must be equal. A null in the truth means that the report does not print the field.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from rapidfuzz import fuzz

from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS

COMPARED: Final = (
    *("creditor_name", "account_number", "account_number_last4"),
    *("account_type", "account_status", "payment_status", "responsibility"),
    *MONEY_FIELDS,
    *DATE_FIELDS,
    *("terms", "original_creditor", "remarks"),
)
"""The fields whose values are scored."""
CORE: Final = (
    *("creditor_name", "account_number", "account_type", "account_status"),
    *("balance", "credit_limit", "monthly_payment", "past_due", "date_opened", "date_closed"),
)
"""Those that a dispute can't do without."""
_ENUMERATIONS: Final = frozenset({"account_type", "account_status", "payment_status", "responsibility"})
_NAMES: Final = frozenset({"creditor_name", "original_creditor"})
_SAME_NAME: Final = 90
_SAME_REMARKS: Final = 85


def plain(text: object) -> str:
    """Upper case, without accents, punctuation or double blanks."""
    bare = unicodedata.normalize("NFKD", str(text or "").upper())
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", kept).split())


def comparable(name: str, value: Any) -> Any:
    """The value of field `name` in the form in which it is compared; None where it says nothing."""
    if value is None or value in ("", []):
        return None
    if name in MONEY_FIELDS:
        return round(float(value), 2)
    if name in DATE_FIELDS:
        return str(value)[:10]
    if name in _ENUMERATIONS:
        return str(value).lower()
    if name == "terms":
        months = re.search(r"\d+", str(value))
        return int(months.group()) or None if months else None
    if name == "account_number":
        return str(value).strip() or None
    return plain(" ".join(value) if isinstance(value, list) else value) or None


def agree(name: str, printed: Any, read: Any) -> bool:
    """Whether two comparable values of field `name` are the same."""
    if name in DATE_FIELDS:
        return bool(read[: len(printed)] == printed)
    if name in _NAMES:
        return fuzz.ratio(printed.replace(" ", ""), read.replace(" ", "")) >= _SAME_NAME
    if name == "remarks":
        return fuzz.token_sort_ratio(printed, read) >= _SAME_REMARKS
    if name == "account_number":
        return visible_ends(printed) == visible_ends(read) or _unspaced(printed) == _unspaced(read)
    return bool(printed == read)


def is_right(name: str, truth: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Whether field `name` was read as the page supports it: as in the truth, or as one of its `alternatives`."""
    printed, found = comparable(name, truth.get(name)), comparable(name, read.get(name))
    others = (truth.get("alternatives") or {}).get(name, [])
    if found is None:
        return printed is None or None in others
    supported = [printed, *(comparable(name, other) for other in others)]
    return any(value is not None and agree(name, value, found) for value in supported)


def _unspaced(number: str) -> str:
    return re.sub(r"[\s#]", "", number).upper()


_MASK: Final = re.compile(r"X*(?:\.{2,}|[•*]+|X{2,})(?:\.{2,}|[•*]|X)*|X$")


def visible_ends(number: object) -> tuple[str, str]:
    """What stands before and behind the mask of an account number; of an unmasked one the whole and its last four."""
    text = re.sub(r"[\s#\-]", "", str(number or "")).upper()
    masks = list(_MASK.finditer(text))
    if not masks:
        return text, text[-4:]
    before, behind = text[: masks[0].start()], text[masks[-1].end() :]
    return re.sub(r"[^A-Z0-9]", "", before), re.sub(r"[^A-Z0-9]", "", behind)
