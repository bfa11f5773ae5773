"""Each real account side by side at the three bureaus: what each reports, and where one says something else."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tribureau.domain.bureaus import Bureau

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
FILTERS: Final = {
    "negative": "Negative",
    "differ": "Bureaus disagree",
    "findings": "Does not add up",
    "typed": "Typed by you",
    "all": "All",
}
_UNKNOWN_SEVERITY: Final = 50
SORTS: Final = {"worst": "Negative first", "name": "By name", "balance": "Largest balance"}


@dataclass(frozen=True)
class Cell:
    """What one bureau reports. `differs` names what it says otherwise than the other bureaus."""

    row: Row
    differs: list[str]


@dataclass(frozen=True)
class ComparedAccount:
    account_id: str
    name: str
    row: Row
    cells: dict[str, Cell]
    for_all: Cell | None

    @property
    def negative(self) -> bool:
        return any(cell.row["is_negative"] for cell in self.all_cells)

    @property
    def differs(self) -> bool:
        return any(cell.differs for cell in self.all_cells)

    @property
    def findings(self) -> int:
        """How many of the newest word of a bureau; one that rests on several bureaus counts once."""
        return max((cell.row["findings"] for cell in self.all_cells), default=0)

    @property
    def typed(self) -> bool:
        return any(cell.row["report_upload_id"] is None for cell in self.all_cells)

    @property
    def all_cells(self) -> list[Cell]:
        return [*self.cells.values(), *([self.for_all] if self.for_all else [])]

    @property
    def severity(self) -> int:
        negative = (cell.row for cell in self.all_cells if cell.row["is_negative"])
        return max((row["negative_severity"] or _UNKNOWN_SEVERITY for row in negative), default=0)

    @property
    def balance(self) -> float:
        return max((cell.row["balance"] or 0 for cell in self.all_cells), default=0)


def compared_accounts(rows: Iterable[Row]) -> list[ComparedAccount]:
    """`rows` hold at most one tradeline for each account and bureau, the newest."""
    accounts: dict[str, list[Row]] = {}
    for row in rows:
        accounts.setdefault(str(row["account_id"]), []).append(row)
    return [_compared(account_id, members) for account_id, members in accounts.items()]


def chosen_accounts(accounts: list[ComparedAccount], chosen: str, sort: str) -> list[ComparedAccount]:
    """The accounts that a filter leaves, in the order asked for."""
    left = [account for account in accounts if passes(account, chosen)]
    by_name = sorted(left, key=lambda account: account.name.casefold())
    if sort == "name":
        return by_name
    if sort == "balance":
        return sorted(by_name, key=lambda account: -account.balance)
    return sorted(by_name, key=lambda account: -account.severity)


def passes(account: ComparedAccount, chosen: str) -> bool:
    match chosen:
        case "negative":
            return account.negative
        case "differ":
            return account.differs
        case "findings":
            return account.findings > 0
        case "typed":
            return account.typed
        case _:
            return True


def _compared(account_id: str, rows: list[Row]) -> ComparedAccount:
    at_bureaus = [row for row in rows if row["bureau"] in set(COLUMNS)]
    cells = {row["bureau"]: Cell(row, _differences(row, at_bureaus)) for row in at_bureaus}
    for_all = next((Cell(row, []) for row in rows if row["bureau"] == "All"), None)
    first = rows[0]
    return ComparedAccount(account_id, first["account_name"] or first["creditor_name"], first, cells, for_all)


def _differences(row: Row, rows: list[Row]) -> list[str]:
    """What this bureau says otherwise than most; where there is no majority, every bureau is marked."""
    found = [word for field, word in COMPARED.items() if _stands_out(row, rows, field)]
    return list(dict.fromkeys(found))


def _stands_out(row: Row, rows: list[Row], field: str) -> bool:
    values = Counter(_comparable(other, field) for other in rows if other[field] is not None)
    if len(values) < 2 or row[field] is None:
        return False
    (_, most), (_, second) = values.most_common(2)
    return most == second or values[_comparable(row, field)] < most


def _comparable(row: Row, field: str) -> Any:
    """Dates are compared in the coarser of the precisions that bureaus print, which is the month."""
    return str(row[field])[:7] if field.startswith("date_") else row[field]
