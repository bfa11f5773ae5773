"""What the stand-in knows, in one SQLite file: objects, answers by idempotency key, and a ledger that only grows."""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

Object = dict[str, Any]
_ID_BYTES: Final = 12
_SCHEMA: Final = """
create table if not exists objects (
    place integer primary key autoincrement,
    kind text not null,
    id text not null unique,
    body text not null
);
create index if not exists objects_by_kind on objects (kind, place);
create table if not exists answers (
    vendor text not null, key text not null, request text not null, status integer not null, body text not null,
    at real not null, primary key (vendor, key)
);
create table if not exists ledger (
    entry integer primary key autoincrement,
    at real not null,
    vendor text not null,
    act text not null,
    object text not null,
    cents integer not null,
    metadata text not null
);
create trigger if not exists ledger_is_not_changed before update on ledger
begin select raise(abort, 'the ledger only grows'); end;
create trigger if not exists ledger_is_not_shortened before delete on ledger
begin select raise(abort, 'the ledger only grows'); end;
create table if not exists faults (
    fault integer primary key autoincrement,
    operation text not null, kind text not null, times integer not null, chance real not null, seconds real not null
);
create table if not exists plans (
    plan integer primary key autoincrement, due real not null, kind text not null, subject text not null
);
create table if not exists deliveries (
    delivery integer primary key autoincrement,
    vendor text not null, body text not null, due real not null, tries integer not null default 0
);
create table if not exists rules (name text primary key, value text not null);
"""


class Books:
    """One process holds them; a handler reads and writes without a pause, so that it is alone with them."""

    def __init__(self, path: Path | str) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        self._database.execute("pragma journal_mode = wal")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """All or nothing; a change within a change is part of it."""
        if self._database.in_transaction:
            yield
            return
        self._database.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._database.execute("rollback")
            raise
        self._database.execute("commit")

    def run(self, statement: str, *values: object) -> list[sqlite3.Row]:
        return self._database.execute(statement, values).fetchall()

    def now(self) -> float:
        """Seconds since 1970 on the stand-in's clock, which may be put forward."""
        return time.time() + float(self.rule("ahead_seconds", 0))

    def rule(self, name: str, otherwise: Any) -> Any:
        rows = self.run("select value from rules where name = ?", name)
        return json.loads(rows[0]["value"]) if rows else otherwise

    def set_rule(self, name: str, value: Any) -> None:
        self.run("insert or replace into rules (name, value) values (?, ?)", name, json.dumps(value))

    def keep(self, kind: str, thing: Object) -> Object:
        self.run(
            "insert into objects (kind, id, body) values (?, ?, ?) on conflict (id) do update set body = excluded.body",
            *(kind, thing["id"], json.dumps(thing)),
        )
        return thing

    def find(self, kind: str, id_: str) -> Object | None:
        rows = self.run("select body from objects where kind = ? and id = ?", kind, id_)
        return json.loads(rows[0]["body"]) if rows else None

    def every(self, kind: str) -> list[Object]:
        """Newest first."""
        rows = self.run("select body from objects where kind = ? order by place desc", kind)
        return [json.loads(row["body"]) for row in rows]

    def note(self, vendor: str, act: str, id_: str, cents: int, metadata: dict[str, str]) -> None:
        self.run(
            "insert into ledger (at, vendor, act, object, cents, metadata) values (?, ?, ?, ?, ?, ?)",
            *(self.now(), vendor, act, id_, cents, json.dumps(metadata)),
        )

    def ledger(self) -> list[Object]:
        """Every entry, oldest first."""
        rows = self.run("select * from ledger order by entry")
        return [{**dict(row), "metadata": json.loads(row["metadata"])} for row in rows]


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(_ID_BYTES)}"


def printed(instant: float) -> str:
    """As Lob prints an instant."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
