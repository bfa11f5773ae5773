"""Disputes as their user, the worker and the administrator see them; every statement commits by itself."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Literal, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import dict_row

from tribureau.domain.disputes.history import Current, Entry, Head, problems

Who = Literal["user", "system", "admin"]
Row = dict[str, Any]

SEEDS_QUERY: LiteralString = """
  select user_id, count(*) as total_disputes,
    count(*) filter (where status = 'Deleted') as successful_deletions,
    count(*) filter (where status in ('Pending', 'Investigating')) as in_progress,
    count(*) filter (where status = 'Verified') as unsuccessful,
    round(count(*) filter (where status = 'Deleted')::numeric / nullif(count(*), 0) * 100, 2)
      as success_rate_percentage,
    round(avg(extract(epoch from (status_updated_at - created_at)) / 86400)
      filter (where status in ('Deleted', 'Verified')), 9) as avg_days_to_resolution,
    count(*) filter (where bureau = 'Equifax' and status = 'Deleted') as equifax_deletions,
    count(*) filter (where bureau = 'TransUnion' and status = 'Deleted') as transunion_deletions,
    count(*) filter (where bureau = 'Experian' and status = 'Deleted') as experian_deletions
  from public.disputes where is_current group by user_id order by user_id"""
KEPT_FIGURES: LiteralString = """
  select user_id, total_disputes, successful_deletions, in_progress, unsuccessful, success_rate_percentage,
    round(avg_days_to_resolution, 9) as avg_days_to_resolution, equifax_deletions, transunion_deletions,
    experian_deletions
  from public.user_dispute_stats where total_disputes > 0 order by user_id"""


class Desk:
    """Who works on disputes. `run` raises what the database raises, and then nothing has changed."""

    def __init__(self, web: psycopg.Connection[Row], worker: psycopg.Connection[Row], admin: psycopg.Connection[Row]):
        self._connections = {"user": (web, "authenticated"), "system": (worker, None), "admin": (admin, None)}

    def run(self, who: Who, user: UUID | None, statement: LiteralString, /, **parameters: object) -> list[Row]:
        connection, role = self._connections[who]
        claims = json.dumps({"sub": str(user), "role": role or who}) if user else ""
        with connection.transaction():
            connection.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
            if role:
                connection.execute("select set_config('role', %s, true)", (role,))
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else [{"rows": cursor.rowcount}]

    def see(self, statement: LiteralString, /, **parameters: object) -> list[Row]:
        return self.run("admin", None, statement, **parameters)

    def new_user(self) -> UUID:
        user = uuid4()
        self.see(
            "insert into auth.users (id, email) values (%(user)s, %(mail)s)", user=user, mail=f"{user}@example.org"
        )
        return user

    def new_tradeline(self, user: UUID, bureau: str = "Equifax") -> UUID:
        (row,) = self.run(
            "user",
            user,
            "insert into public.tradelines (bureau, creditor_name, is_negative) values (%(bureau)s, 'Northbank', true) "
            "returning tradeline_id",
            bureau=bureau,
        )
        return UUID(str(row["tradeline_id"]))

    def begin(self, user: UUID, tradeline: UUID, bureau: str = "Equifax", who: Who = "user") -> UUID:
        (row,) = self.run(
            who,
            user,
            "insert into public.disputes (user_id, tradeline_id, bureau) values (%(user)s, %(tradeline)s, %(bureau)s) "
            "returning dispute_id",
            user=user,
            tradeline=tradeline,
            bureau=bureau,
        )
        return UUID(str(row["dispute_id"]))

    def move(self, user: UUID, dispute: UUID, status: str, who: Who = "system") -> None:
        """Through an answer's date or a day of mailing where the status needs one."""
        answered = status in ("Verified", "Deleted", "Updated")
        statement: LiteralString = (
            "update public.disputes set status = %(status)s, bureau_response_date = current_date "
            "where user_id = %(user)s and dispute_id = %(dispute)s"
            if answered
            else "update public.disputes set status = %(status)s where user_id = %(user)s and dispute_id = %(dispute)s"
        )
        assert self.run(who, user, statement, user=user, dispute=dispute, status=status) == [{"rows": 1}]

    def problems(self, user: UUID) -> list[str]:
        """What the chains of a user's disputes do not bear out."""
        entries = self.see("select * from public.dispute_status_history where user_id = %(user)s", user=user)
        heads = self.see("select * from public.dispute_chain_heads where user_id = %(user)s", user=user)
        rows = self.see(
            "select d.*, tribureau.dispute_facts(d) as facts from public.disputes d where user_id = %(user)s", user=user
        )
        current = {row["dispute_id"]: row for row in rows}
        found: list[str] = []
        for dispute in current.keys() | {row["dispute_id"] for row in entries + heads}:
            chain = sorted((_entry(row) for row in entries if row["dispute_id"] == dispute), key=lambda e: e.position)
            signed = [_head(row) for row in heads if row["dispute_id"] == dispute]
            found += problems(chain, signed, _current(current[dispute]) if dispute in current else None)
        return found


def _entry(row: Row) -> Entry:
    return Entry(**row)


def _head(row: Row) -> Head:
    return Head(row["user_id"], row["dispute_id"], row["position"], row["hash"], row["signed_at"])


def _current(row: Row) -> Current:
    return Current(row["status"], row["status_updated_at"], row["status_updated_by"], row["facts"])


@dataclass
class DeskMaker:
    web: str
    worker: str
    admin: str

    def open(self, closing: ExitStack) -> Desk:
        return Desk(*(closing.enter_context(_connect(url)) for url in (self.web, self.worker, self.admin)))


def _connect(url: str) -> psycopg.Connection[Row]:
    return psycopg.connect(url, autocommit=True, row_factory=dict_row)


@pytest.fixture
def desks(web_url: str, worker_url: str, database_url: str) -> DeskMaker:
    return DeskMaker(web_url, worker_url, database_url)


@pytest.fixture
def desk(desks: DeskMaker) -> Iterator[Desk]:
    with ExitStack() as closing:
        yield desks.open(closing)
