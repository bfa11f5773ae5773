"""No table and no column of a user is forgotten by an export: it has them, or says why not. Read from the catalogue."""

import json
import re
from typing import Any

import pytest

from tribureau.database.queries import statement
from tribureau.workflows.exporting.contents import LEFT_OUT, LEFT_OUT_COLUMNS, SPREADSHEETS, TABLES

pytestmark = pytest.mark.postgresql15


def test_every_table_with_rows_of_users_is_exported_or_left_out_for_a_reason(rows: Any) -> None:
    found = rows(
        "select c.relnamespace::regnamespace::text as schema, c.relname as name from pg_class c "
        "join pg_attribute a on a.attrelid = c.oid where c.relkind in ('r', 'p') and a.attname = 'user_id' "
        "and not a.attisdropped and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')"
    )
    known = {f"{row['schema']}.{row['name']}" for row in found}
    exported = {name for name in known if name.partition(".")[2] in TABLES and name not in LEFT_OUT}
    assert known - exported <= set(LEFT_OUT), "name it in TABLES of workflows/exporting/contents.py, or in LEFT_OUT"
    assert {name.partition(".")[2] for name in exported} == set(TABLES)
    assert all(reason for reason in (*LEFT_OUT.values(), *LEFT_OUT_COLUMNS.values()))
    assert set(SPREADSHEETS.values()) <= set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_exported_or_left_out_for_a_reason(
    table: str, rows: Any, two_files: Any, as_worker: Any
) -> None:
    columns = {
        row["name"]
        for row in rows(
            "select a.attname::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid "
            "where c.relname = %s and c.relnamespace::regnamespace::text in ('public', 'tribureau') "
            "and a.attnum > 0 and not a.attisdropped",
            table,
        )
    }
    opened_later = {column for whose, column in LEFT_OUT_COLUMNS if whose == table and column == "sealed"}
    left_out = {column for whose, column in LEFT_OUT_COLUMNS if whose == table} - opened_later
    with as_worker(two_files[0].user) as run:
        exported = [json.loads(row["row"]) for row in run(statement(f"exported_tables.{table}").decode())]
    assert exported, "a row of each table is made by the fixture"
    assert all(set(row) == columns - left_out for row in exported)
    assert {row.get("user_id") for row in exported} == {str(two_files[0].user)}


def test_what_is_sealed_is_opened_or_named(rows: Any) -> None:
    """Bytes in an export are hashes, digests and signatures; anything sealed has to be opened for its owner."""
    found = rows(
        "select c.relname::text as name, a.attname::text as column from pg_class c "
        "join pg_attribute a on a.attrelid = c.oid "
        "where a.atttypid = 'bytea'::regtype and c.relkind = 'r' and c.relname = any(%s)",
        list(TABLES),
    )
    shown = {(row["name"], row["column"]) for row in found} - set(LEFT_OUT_COLUMNS)
    assert {column for _, column in shown} <= {"digest", "fingerprint", "hash", "previous_hash", "signature"}


def test_its_statements_are_those_of_its_tables() -> None:
    for table in TABLES:
        text = statement(f"exported_tables.{table}").decode()
        assert re.search(rf"from (public|tribureau)\.{table} t where user_id = \(select auth\.uid\(\)\)", text), table
