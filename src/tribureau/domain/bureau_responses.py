"""What a bureau answers to a dispute: its words for each item, and which account of the user an item names.

A bureau tells its results in writing within five business days after it has finished (15 USC 1681i(a)(6)(A)).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from tribureau.domain.account_numbers import compare_numbers, visible_number
from tribureau.domain.bureaus import Bureau
from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness

_ALIKE: Final = 0.85
_TELLING_CHARACTERS: Final = 4


class Outcome(StrEnum):
    """What came of one disputed item. Stable keys."""

    DELETED = "deleted"
    UPDATED = "updated"
    VERIFIED = "verified"
    """It stays as it was (15 USC 1681i(a)(6)(B))."""
    BLOCKED = "blocked"
    """Taken out as the result of identity theft (15 USC 1681c-2)."""
    REJECTED_FRIVOLOUS = "rejected_frivolous"
    """Not investigated (15 USC 1681i(a)(3))."""
    NEEDS_INFORMATION = "needs_information"
    UNDER_INVESTIGATION = "under_investigation"


class ItemKind(StrEnum):
    ACCOUNT = "account"
    INQUIRY = "inquiry"
    PERSONAL_INFORMATION = "personal_information"
    PUBLIC_RECORD = "public_record"


class ResponseKind(StrEnum):
    """What the letter as a whole is. Only `results` says what came of items."""

    RESULTS = "results"
    IDENTIFICATION_REQUEST = "identification_request"
    FRIVOLOUS_NOTICE = "frivolous_notice"


class Decision(StrEnum):
    """What the user says to an item that was read: a proposal until then."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A tradeline of the user, as far as an answer can name it."""

    account: UUID
    bureau: Bureau
    creditor_name: str
    account_number: str | None


def account_named(bureau: Bureau, creditor: str, number: str | None, lines: Iterable[KnownLine]) -> UUID | None:
    """The one account that the bureau's item names; None where the creditor, the digits that both show and the bureau
    leave a doubt."""
    if not number:
        return None
    name = canonical_creditor(creditor)
    named = {
        line.account
        for line in lines
        if line.bureau is bureau
        and creditor_likeness(name, canonical_creditor(line.creditor_name)) >= _ALIKE
        and _shows_the_same(number, line.account_number)
    }
    return next(iter(named)) if len(named) == 1 else None


def _shows_the_same(one: str, other: str | None) -> bool:
    """Whether at least four characters of the number are seen in both, and agree."""
    if compare_numbers(one, other).contradicts:
        return False
    a, b = visible_number(one), visible_number(other)
    common = max(min(len(a.head), len(b.head)), min(len(a.tail), len(b.tail)))
    return common >= _TELLING_CHARACTERS
