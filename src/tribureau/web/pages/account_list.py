"""A report's accounts: filtered, counted and grouped as the address asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tribureau.web import wording

Row = Mapping[str, Any]
ORDERS: Final = {"negative": "Negative first", "type": "By type", "bureau": "By bureau"}
ROWS_A_PAGE: Final = 60


@dataclass(frozen=True)
class Filter:
    """A way to narrow the list, with how many accounts it leaves."""

    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class AccountList:
    """`page` counts from 1; `shown` of `total` accounts are left by the filter."""

    filters: list[Filter]
    groups: list[Group]
    chosen: str
    order: str
    page: int
    pages: int
    total: int


def account_list(rows: list[Row], chosen: str, order: str, page: int) -> AccountList:
    """`rows` come negative first, then as printed."""
    tests = _tests(rows)
    chosen = chosen if chosen in tests else "all"
    order = order if order in ORDERS else "negative"
    left = sorted(filter(tests[chosen][1], rows), key=_group_key(order))
    pages = max(1, -(-len(left) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    filters = [Filter(key, label, sum(map(test, rows)), key == chosen) for key, (label, test) in tests.items()]
    groups = _grouped(left[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE], order)
    return AccountList([f for f in filters if f.count or f.chosen], groups, chosen, order, page, pages, len(left))


def several_bureaus(rows: Iterable[Row]) -> bool:
    return len({row["bureau"] for row in rows}) > 1


def orders(rows: Iterable[Row]) -> dict[str, str]:
    """The orders that make a difference, with their names."""
    return {key: label for key, label in ORDERS.items() if key != "bureau" or several_bureaus(rows)}


def _tests(rows: list[Row]) -> dict[str, tuple[str, Callable[[Row], bool]]]:
    tests: dict[str, tuple[str, Callable[[Row], bool]]] = {
        "all": ("All", lambda _: True),
        "negative": ("Negative", lambda row: bool(row["is_negative"])),
        "fine": ("Nothing negative", lambda row: not row["is_negative"]),
        "findings": ("Does not add up", lambda row: row["findings"] > 0),
        "check": ("To check", lambda row: row["to_check"] > 0),
        "corrected": ("Corrected by you", lambda row: row["corrected"] > 0),
    }
    if several_bureaus(rows):
        tests |= {bureau: (bureau, _reported_by(bureau)) for bureau in sorted({row["bureau"] for row in rows})}
    return tests


def _reported_by(bureau: str) -> Callable[[Row], bool]:
    return lambda row: bool(row["bureau"] == bureau)


def _group_title(order: str) -> Callable[[Row], str]:
    if order == "type":
        return _type_title
    if order == "bureau":
        return lambda row: str(row["bureau"])
    return lambda row: "With something negative" if row["is_negative"] else "Nothing negative"


def _type_title(row: Row) -> str:
    code = row["account_type"]
    return wording.term(wording.ACCOUNT_TYPES, code).word if code else "Other"


def _group_key(order: str) -> Callable[[Row], Any]:
    return (lambda row: not row["is_negative"]) if order == "negative" else _group_title(order)


def _grouped(rows: Iterable[Row], order: str) -> list[Group]:
    groups: dict[str, list[Row]] = {}
    title = _group_title(order)
    for row in rows:
        groups.setdefault(title(row), []).append(row)
    return [Group(name, members) for name, members in groups.items()]
