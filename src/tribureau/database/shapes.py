"""Statements whose rows are one JSON array each, which costs less than columns, and what that is decoded into."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypedDict, get_type_hints
from uuid import UUID

from msgspec.json import Decoder


class ComparedAccount(TypedDict):
    """A row of `disputes.comparison`; `reported` holds what each bureau says, by bureau."""

    account_id: UUID
    creditor_name: str
    account_number: str | None
    account_type: str | None
    balance: Decimal | None
    is_negative: bool
    created_at: datetime
    reported: dict[str, dict[str, Any]]
    differing: list[str]
    equifax_status: str
    equifax_tracking: str
    equifax_last_update: datetime | None
    equifax_dispute_id: UUID | None
    equifax_round: int | None
    transunion_status: str
    transunion_tracking: str
    transunion_last_update: datetime | None
    transunion_dispute_id: UUID | None
    transunion_round: int | None
    experian_status: str
    experian_tracking: str
    experian_last_update: datetime | None
    experian_dispute_id: UUID | None
    experian_round: int | None


_SHAPES: Final = {"disputes.comparison": get_type_hints(ComparedAccount)}
_DECODERS: Final[dict[str, Decoder[Any]]] = {
    name: Decoder(tuple[tuple(shape.values())])  # type: ignore[misc]
    for name, shape in _SHAPES.items()
}


def shaped(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The statement's rows, out of their JSON where they are in any."""
    decoder = _DECODERS.get(name)
    if decoder is None:
        return rows
    names = _SHAPES[name]
    return [dict(zip(names, decoder.decode(row["json"]), strict=True)) for row in rows]
