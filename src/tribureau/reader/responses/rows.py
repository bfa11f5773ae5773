"""A row of a table of items, as an item."""

import re
from collections.abc import Sequence
from typing import Final

from tribureau.domain.bureau_responses import ItemKind
from tribureau.reader.dates import printed_date
from tribureau.reader.pages import Word
from tribureau.reader.report import ReadItem
from tribureau.reader.responses.anchors import personal_label
from tribureau.reader.responses.details import DOCKET, add_detail
from tribureau.reader.responses.masked_numbers import masked_number
from tribureau.reader.responses.names import tidy
from tribureau.reader.responses.outcomes import outcome_of
from tribureau.reader.responses.tables import Cells, Column, kind_words, text_of
from tribureau.reader.responses.words import evidence_of

_COURT: Final = re.compile(r"\b(?:court|bankruptcy|judgment|lien|docket|chapter)\b", re.IGNORECASE)
_KINDS: Final = (
    (ItemKind.INQUIRY, "inquir"),
    (ItemKind.PERSONAL_INFORMATION, "information"),
    (ItemKind.PUBLIC_RECORD, "public"),
    (ItemKind.PUBLIC_RECORD, "court"),
    (ItemKind.ACCOUNT, "account"),
)


def item_in_row(cells: Cells, heading: ItemKind | None) -> ReadItem | None:
    """`heading` is the kind of item that the heading over the table names. None where the row has no outcome."""
    outcome = outcome_of(text_of(cells[Column.OUTCOME]))
    if outcome is None:
        return None
    names, numbers = cells[Column.NAME], cells.get(Column.NUMBER, [])
    number = next((word for word in [*numbers, *names] if masked_number(word.text)), None)
    printed = masked_number(number.text) if number else _short_number(numbers)
    kind = _kind(cells, heading, printed)
    names = _name(kind, [word for word in names if word is not number])
    stated = evidence_of(cells[Column.OUTCOME], f"column:{Column.OUTCOME}", 0.97)
    item = ReadItem(kind, tidy(text_of(names)), None, outcome, stated.printed)
    item.evidence = {"creditor_name": evidence_of(names, f"column:{Column.NAME}", 0.95), "outcome": stated}
    if kind is ItemKind.ACCOUNT and printed:
        place = [number] if number else numbers
        item.account_number = printed
        item.evidence["account_number"] = evidence_of(place, f"column:{Column.NUMBER}", 0.95, printed=printed)
    add_detail(item, [*cells[Column.NAME], *numbers], f"column:{Column.NAME}")
    return item


def _short_number(words: Sequence[Word]) -> str | None:
    text = text_of(words).replace(" ", "")
    return text if re.fullmatch(r"[A-Z]{0,3}\d{3,8}", text) else None


def _kind(cells: Cells, heading: ItemKind | None, number: str | None) -> ItemKind:
    """By the row's own column, what its name and details look like, or the heading over the table."""
    said = kind_words(cells)
    own = next((kind for kind, word in _KINDS if word in said), None)
    if own:
        return own
    name, details = text_of(cells[Column.NAME]), text_of(cells.get(Column.NUMBER, ()))
    if number and masked_number(number):
        return ItemKind.ACCOUNT
    if personal_label(name):
        return ItemKind.PERSONAL_INFORMATION
    if _COURT.search(name) and DOCKET.search(f"{name} {details}"):
        return ItemKind.PUBLIC_RECORD
    if re.search(r"\binquiry\b", name, re.IGNORECASE) or printed_date(name.rpartition(" ")[2]):
        return ItemKind.INQUIRY
    return heading or ItemKind.ACCOUNT


def _name(kind: ItemKind, words: list[Word]) -> list[Word]:
    """Without the date, docket or value that tells the item apart; of personal information the label alone."""
    if kind is ItemKind.PERSONAL_INFORMATION:
        label = personal_label(text_of(words))
        return words[: len(label.split())] if label else words[:2]
    kept = [word for word in words if not _is_detail(kind, word.text)]
    return kept or words


def _is_detail(kind: ItemKind, word: str) -> bool:
    if kind is ItemKind.INQUIRY:
        return printed_date(word.strip("(),.")) is not None or word.lower() == "inquiry"
    return kind is ItemKind.PUBLIC_RECORD and DOCKET.search(word) is not None
