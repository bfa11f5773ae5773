"""Each real account side by side at the three bureaus: what each reports, what differs, where its dispute stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from tribureau.domain.bureaus import Bureau
from tribureau.web.dispute_standing import DisputeStanding

Row = Mapping[str, Any]
COLUMNS: Final = tuple(Bureau)
COMPARED: Final = {
    "account_status": "status",
    "payment_status": "payments",
    "balance": "balance",
    "past_due": "past due",
    "credit_limit": "limit",
    "date_opened": "opened",
    "date_of_first_delinquency": "first delinquency",
    "late_payments_30": "late payments",
    "late_payments_60": "late payments",
    "late_payments_90": "late payments",
    "late_payments_120": "late payments",
}
NOBODY: Final = DisputeStanding()


@dataclass(frozen=True)
class Cell:
    """What one bureau reports. `differs` names what it says otherwise than the other bureaus."""

    row: Row
    differs: list[str]


@dataclass(frozen=True)
class Note:
    """What stands beside a tradeline, besides what it reports."""

    is_typed: bool = False
    findings: int = 0


@dataclass(frozen=True)
class ComparedAccount:
    """`row` is one of `disputes.comparison`; `disputes` are those of the bureaus that have one, by bureau."""

    account_id: str
    name: str
    row: Row
    cells: dict[str, Cell]
    for_all: Cell | None
    disputes: dict[str, DisputeStanding] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def negative(self) -> bool:
        return bool(self.row["is_negative"])

    @property
    def differs(self) -> bool:
        return any(cell.differs for cell in self.all_cells)

    @property
    def findings(self) -> int:
        """How many of the newest word of a bureau; one that rests on several bureaus counts once."""
        return max((note.findings for note in self.notes), default=0)

    @property
    def typed(self) -> bool:
        return any(note.is_typed for note in self.notes)

    @property
    def undisputed(self) -> bool:
        """Whether a bureau says something negative that is not disputed with it."""
        negative = {bureau for bureau, cell in self.cells.items() if cell.row["is_negative"]}
        if self.for_all and self.for_all.row["is_negative"]:
            negative |= {bureau.value for bureau in COLUMNS}
        return any(self.at(bureau).may_begin for bureau in negative)

    @property
    def answer_due(self) -> bool:
        """Whether a bureau has a letter that it has not answered, in time or not."""
        return any(dispute.awaits_answer for dispute in self.disputes.values())

    @property
    def next_date(self) -> date | None:
        return min((dispute.next_date for dispute in self.disputes.values() if dispute.next_date), default=None)

    @property
    def is_matched(self) -> bool:
        """An account that stands alone, typed by hand or not matched yet, goes by its tradeline's id."""
        return all(str(cell.row["tradeline_id"]) != self.account_id for cell in self.all_cells)

    @property
    def all_cells(self) -> list[Cell]:
        return [*self.cells.values(), *([self.for_all] if self.for_all else [])]

    @property
    def balance(self) -> float:
        return max((cell.row["balance"] or 0 for cell in self.all_cells), default=0)

    def at(self, bureau: str) -> DisputeStanding:
        """Where the dispute with that bureau stands."""
        return self.disputes.get(bureau, NOBODY)


def compared_accounts(
    rows: Iterable[Row],
    notes: Mapping[UUID, Note] | None = None,
    standings: Mapping[UUID, DisputeStanding] | None = None,
) -> list[ComparedAccount]:
    """`rows` of `disputes.comparison`, with notes by tradeline and standings by dispute."""
    return [_compared(row, notes or {}, standings or {}) for row in rows]


def _compared(row: Row, notes: Mapping[UUID, Note], standings: Mapping[UUID, DisputeStanding]) -> ComparedAccount:
    reported: dict[str, Row] = row["reported"]
    at_bureaus = {bureau.value: reported[bureau] for bureau in COLUMNS if bureau in reported}
    cells = {bureau: Cell(said, _differences(said, at_bureaus.values())) for bureau, said in at_bureaus.items()}
    for_all = Cell(reported["All"], []) if "All" in reported else None
    ids = [UUID(str(said["tradeline_id"])) for said in reported.values()]
    disputed = {bureau.value: row[f"{bureau.value.lower()}_dispute_id"] for bureau in COLUMNS}
    return ComparedAccount(
        str(row["account_id"]),
        row["creditor_name"],
        row,
        cells,
        for_all,
        {bureau: standings[one] for bureau, one in disputed.items() if one in standings},
        [notes[one] for one in ids if one in notes],
    )


def _differences(row: Row, rows: Iterable[Row]) -> list[str]:
    """What this bureau says otherwise than most; where there is no majority, every bureau is marked."""
    others = list(rows)
    found = [word for name, word in COMPARED.items() if _stands_out(row, others, name)]
    return list(dict.fromkeys(found))


def _stands_out(row: Row, rows: list[Row], name: str) -> bool:
    values = Counter(_comparable(other, name) for other in rows if other[name] is not None)
    if len(values) < 2 or row[name] is None:
        return False
    (_, most), (_, second) = values.most_common(2)
    return most == second or values[_comparable(row, name)] < most


def _comparable(row: Row, name: str) -> Any:
    """Dates are compared in the coarser of the precisions that bureaus print, which is the month."""
    return str(row[name])[:7] if name.startswith("date_") else row[name]
