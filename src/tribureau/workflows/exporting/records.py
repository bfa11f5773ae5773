"""A user's rows as JSON, as spreadsheets, and as chains that anybody can check."""

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tribureau.database.transactions import Transaction
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import KeyMismatch
from tribureau.workflows.exporting.contents import LEFT_OUT_COLUMNS
from tribureau.workflows.exporting.sealed_zip import SealedZip
from tribureau.workflows.keep_beside_accounts import information_context
from tribureau.workflows.profile import PROFILE_CONTEXT

_FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK: Final = "\ufeff"


async def write_table(archive: SealedZip, transaction: Transaction, table: str, keys: Keyring) -> int:
    """`data/<table>.json`, an array of objects; how many."""
    count = 0
    async with archive.entry(f"data/{table}.json") as entry:
        async for row in transaction.stream(f"exported_tables.{table}"):
            await entry.write(("[\n" if count == 0 else ",\n") + _opened(table, row["row"], keys))
            count += 1
        await entry.write("\n]\n" if count else "[]\n")
    return count


async def write_spreadsheet(archive: SealedZip, transaction: Transaction, name: str, table: str, keys: Keyring) -> None:
    """`<name>.csv` with a heading row; what has parts of its own is JSON in its cell."""
    [described] = await transaction.all("exported.schema", tables=[table])
    columns = [column["name"] for column in described["columns"]]
    columns += ["disputed_value"] if table == "disputes" else []
    async with archive.entry(f"{name}.csv") as entry:
        await entry.write(_BYTE_ORDER_MARK + _line(columns))
        async for row in transaction.stream(f"exported_tables.{table}"):
            values = json.loads(_opened(table, row["row"], keys), parse_float=Decimal)
            await entry.write(_line([_cell(values.get(column)) for column in columns]))


async def write_chains(archive: SealedZip, transaction: Transaction) -> int:
    """`history/chains.jsonl`, as `tribureau audit export` writes it; how many disputes."""
    count = 0
    async with archive.entry("history/chains.jsonl") as entry:
        async for row in transaction.stream("disputes.chains"):
            await entry.write(json.dumps(row["chain"], ensure_ascii=False) + "\n")
            count += "entries" in row["chain"]
    return count


async def described(transaction: Transaction, tables: tuple[str, ...]) -> dict[str, Any]:
    """What each column of the tables holds, without those that are left out."""
    return {
        row["table"]: {
            "comment": row["comment"],
            "columns": [column for column in row["columns"] if (row["table"], column["name"]) not in LEFT_OUT_COLUMNS],
        }
        for row in await transaction.all("exported.schema", tables=list(tables))
    }


async def write_json(archive: SealedZip, name: str, content: object) -> None:
    async with archive.entry(name) as entry:
        await entry.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def _opened(table: str, row: str, keys: Keyring) -> str:
    """The row as PostgreSQL prints it, so that no number changes; sealed values opened."""
    match table:
        case "profiles":
            return _with_opened(row, "profile", keys, lambda _: PROFILE_CONTEXT, is_json=True)
        case "reported_personal_information":
            return _with_opened(row, "value", keys, lambda values: information_context(values["information_id"]))
        case "disputes":
            return _with_disputed_value(row, keys)
        case _:
            return row


def _with_disputed_value(row: str, keys: Keyring) -> str:
    """A disputed name or address, opened beside the values as they are: their hash stands in the history."""
    values = json.loads(row)["disputed_values"]
    if not values.get("sealed"):
        return row
    opened = _value(values["sealed"], keys, information_context(values["information_id"]), is_json=False)
    return f'{row[:-1]}, "disputed_value": {json.dumps(opened, ensure_ascii=False)}}}'


def _with_opened(row: str, name: str, keys: Keyring, context: Any, *, is_json: bool = False) -> str:
    values = json.loads(row)
    sealed = values.pop("sealed")
    values[name] = _value(sealed, keys, context(values), is_json=is_json) if sealed else None
    return json.dumps(values, ensure_ascii=False)


def _value(sealed: str, keys: Keyring, context: str, *, is_json: bool) -> Mapping[str, Any] | str | None:
    """None where it does not open under these keys."""
    try:
        text = keys.open(bytes.fromhex(sealed.removeprefix("\\x")), context).decode()
    except KeyMismatch:
        return None
    return json.loads(text) if is_json else text


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(value: object) -> str:
    """A text that a spreadsheet program would take for a formula begins with an apostrophe (OWASP, CSV injection)."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_FORMULA_BEGINS) else value
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
