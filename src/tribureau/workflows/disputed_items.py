"""Stored disputes as the items of a letter, and the personal values in them, opened."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tribureau.database.transactions import Row
from tribureau.domain.letters import DisputedItem, ItemKind, Language, placeholders
from tribureau.domain.letters.entries import disputed_entry
from tribureau.domain.letters.printed import item_kind, printed_facts
from tribureau.storage.keyring import Keyring
from tribureau.workflows.keep_beside_accounts import opened
from tribureau.workflows.stored_tradelines import disputed_line

_TRADELINE: Final = "tradeline"


def item_of(row: Mapping[str, Any], reason: str, language: Language = Language.ENGLISH) -> DisputedItem:
    """A row with `item_kind`, `disputed_values`, `bureau` and its `position` in the letter; nothing is confirmed."""
    if row["item_kind"] != _TRADELINE:
        kind = ItemKind(row["item_kind"])
        return disputed_entry(kind, row["disputed_values"], row.get("position") or 1, language, reason)
    line = disputed_line(row)
    return DisputedItem(
        kind=item_kind(line),
        title=line.creditor_name,
        reason=reason,
        account_number=line.account_number,
        printed=printed_facts(line, reason, spanish=language is Language.SPANISH),
        tradeline=line,
    )


def opened_values(rows: Iterable[Row], keys: Keyring) -> dict[str, str]:
    """What the placeholders of disputed personal values stand for; those that do not open are left out."""
    found = {}
    for row in rows:
        if row["item_kind"] == ItemKind.PERSONAL and (value := _opened(row["disputed_values"], keys)):
            found[placeholders.value_name(row["position"])] = value
    return found


def _opened(values: Mapping[str, Any], keys: Keyring) -> str | None:
    sealed = bytes.fromhex(values["sealed"].removeprefix(r"\x"))
    return opened({"sealed": sealed, "information_id": values["information_id"]}, keys)
