"""One person attacks another's rows, table by table, with SQL of their choice under a fixed identity."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege

Acting = Callable[..., AbstractContextManager[Callable[..., Any]]]
Rows = Callable[..., list[dict[str, Any]]]

TABLES = (
    "public.account_links",
    "public.accounts",
    "public.bureau_response_items",
    "public.bureau_responses",
    "public.cloud_consents",
    "public.consumer_statements",
    "public.credit_scores",
    "public.direct_letter_items",
    "public.dispute_answers",
    "public.dispute_chain_heads",
    "public.dispute_enclosures",
    "public.dispute_letter_enclosures",
    "public.dispute_letter_items",
    "public.dispute_letters",
    "public.dispute_pages",
    "public.dispute_proposals",
    "public.dispute_rolls",
    "public.dispute_status_history",
    "public.disputes",
    "public.exports",
    "public.finding_items",
    "public.finding_tradelines",
    "public.findings",
    "public.inquiries",
    "public.notifications",
    "public.profiles",
    "public.public_records",
    "public.report_uploads",
    "public.reported_personal_information",
    "public.tradeline_corrections",
    "public.tradeline_provenance",
    "public.tradelines",
    "public.user_dispute_stats",
    "tribureau.calendar_links",
    "tribureau.compared_accounts",
    "tribureau.user_keys",
)
NOTHING_FOR_THE_WORKER = {"tribureau.compared_accounts"}  # triggers write it, pages read it
pytestmark = pytest.mark.postgresql15
each_table = pytest.mark.parametrize("table", TABLES)


def test_every_table_of_users_is_attacked_here(rows: Rows) -> None:
    """Views see with the eyes of who asks, which test_schema_rules makes sure of."""
    found = rows(
        "select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid "
        "where c.relkind in ('r', 'p', 'm') and a.attname = 'user_id' and c.relnamespace in "
        "('public'::regnamespace, 'tribureau'::regnamespace) order by 1"
    )
    assert sorted(row["name"].removeprefix("public.") for row in found) == sorted(
        table.removeprefix("public.") for table in TABLES
    )


@each_table
def test_another_users_rows_are_not_seen(table: str, two_files: Any, as_user: Acting) -> None:
    attacker, victim = two_files
    with as_user(attacker.user) as run:
        assert run(f"select distinct user_id from {table}") == [{"user_id": attacker.user}]
        assert run(f"select count(*) as n from {table} where user_id = %(victim)s", victim=victim.user) == [{"n": 0}]


@each_table
def test_no_row_can_be_planted_on_another_user(table: str, two_files: Any, as_user: Acting, rows: Rows) -> None:
    attacker, victim = two_files
    with as_user(attacker.user) as run:
        columns = ["user_id", *_columns_that_may_be(rows, "insert", table)]
        copied = ["%(victim)s", *columns[1:]]
        with pytest.raises(InsufficientPrivilege):
            run(
                f"insert into {table} ({', '.join(columns)}) select {', '.join(copied)} from {table}",
                victim=victim.user,
            )


@each_table
def test_another_users_rows_are_not_changed(table: str, two_files: Any, as_user: Acting, rows: Rows) -> None:
    attacker, victim = two_files
    with as_user(attacker.user) as run:
        for column in _columns_that_may_be(rows, "update", table):
            assert run(f"update {table} set {column} = {column} where user_id = %(victim)s", victim=victim.user) == 0
        with pytest.raises(InsufficientPrivilege):
            run(f"update {table} set user_id = %(victim)s", victim=victim.user)


@each_table
def test_another_users_rows_are_not_deleted(table: str, two_files: Any, as_user: Acting, rows: Rows) -> None:
    attacker, victim = two_files
    with as_user(attacker.user) as run:
        with suppress(InsufficientPrivilege):
            assert run(f"delete from {table} where user_id = %(victim)s", victim=victim.user) == 0
        with pytest.raises(InsufficientPrivilege):
            run(f"truncate {table} cascade")
    assert len(rows(f"select from {table}")) == 2


@each_table
def test_strangers_see_and_write_nothing(table: str, two_files: Any, as_anon: Acting) -> None:
    with as_anon() as run:
        for attempt in (f"select from {table}", f"delete from {table}", f"insert into {table} default values"):
            with pytest.raises(InsufficientPrivilege):
                run(attempt)


@each_table
def test_the_worker_acts_for_one_user_only(table: str, two_files: Any, as_worker: Acting) -> None:
    bound, other = two_files
    if table in NOTHING_FOR_THE_WORKER:
        with as_worker(bound.user) as run, pytest.raises(InsufficientPrivilege):
            run(f"select from {table}")
        return
    with as_worker(bound.user) as run:
        assert run(f"select distinct user_id from {table}") == [{"user_id": bound.user}]
        with suppress(InsufficientPrivilege):
            assert run(f"delete from {table} where user_id = %(other)s", other=other.user) == 0
        with suppress(InsufficientPrivilege):
            assert run(f"update {table} set user_id = user_id where user_id = %(other)s", other=other.user) == 0
        with pytest.raises(InsufficientPrivilege):
            run(f"update {table} set user_id = %(other)s", other=other.user)
    with as_worker(None) as run:
        assert run(f"select 1 from {table}") == []


def test_embedding_follows_the_same_walls(two_files: Any, as_user: Acting) -> None:
    attacker, victim = two_files
    embedded = """
      select u.user_id, t.user_id as tradeline_user, p.user_id as provenance_user
      from public.report_uploads u
      full join public.tradelines t on t.report_upload_id = u.id
      full join public.tradeline_provenance p on p.tradeline_id = t.tradeline_id"""
    with as_user(attacker.user) as run:
        (row,) = run(embedded)
    assert set(row.values()) == {attacker.user}
    assert victim.user not in row.values()


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [
        ("public.tradelines", "report_upload_id", "upload"),
        ("public.tradelines", "account_id", "account"),
        ("public.account_links", "one_tradeline_id", "tradeline"),
        ("public.bureau_response_items", "account_id", "account"),
        ("public.bureau_response_items", "response_id", "response"),
        ("public.bureau_response_items", "suggested_account_id", "account"),
        ("public.dispute_proposals", "dispute_id", "dispute"),
        ("public.dispute_proposals", "report_upload_id", "upload"),
        ("public.bureau_responses", "report_upload_id", "upload"),
        ("public.account_links", "other_tradeline_id", "tradeline"),
        ("public.credit_scores", "report_upload_id", "upload"),
        ("public.finding_items", "finding_id", "finding"),
        ("public.finding_items", "public_record_id = %(id)s, item_id", "public_record"),
        ("public.inquiries", "report_upload_id", "upload"),
        ("public.public_records", "report_upload_id", "upload"),
        ("public.reported_personal_information", "report_upload_id", "upload"),
        ("public.finding_tradelines", "finding_id", "finding"),
        ("public.finding_tradelines", "tradeline_id", "tradeline"),
        ("public.tradeline_provenance", "tradeline_id", "tradeline"),
        ("public.tradeline_corrections", "tradeline_id", "tradeline"),
    ],
)
def test_no_row_can_point_at_another_users(
    table: str, column: str, target: str, two_files: Any, as_worker: Acting
) -> None:
    """Foreign keys ignore row-level security; theirs hold the user as well. Tried as the worker, who may write them."""
    attacker, victim = two_files
    with as_worker(attacker.user) as run, pytest.raises(ForeignKeyViolation):
        run(f"update {table} set {column} = %(id)s", id=getattr(victim, target))


def test_no_letter_takes_what_is_anothers(two_files: Any, as_user: Acting) -> None:
    """Users write these rows themselves: neither a dispute, a letter nor a proof of somebody else goes into one."""
    attacker, victim = two_files
    with as_user(attacker.user) as run:
        run("delete from public.dispute_letter_items")
        direct = "insert into public.direct_letter_items (letter_id, tradeline_id, position) values (%(a)s, %(b)s, 1)"
        (letter,) = run(
            "insert into public.dispute_letters (bureau, kind) values ('Equifax', 'furnisher') returning letter_id"
        )
        with pytest.raises(ForeignKeyViolation):
            run(direct, a=letter["letter_id"], b=victim.tradeline)
        with pytest.raises((ForeignKeyViolation, CheckViolation)):
            run(direct, a=victim.letter, b=attacker.tradeline)
        with pytest.raises(CheckViolation, match="moves no dispute"):
            run(
                "insert into public.dispute_letter_items (dispute_id, letter_id, position) values (%(a)s, %(b)s, 1)",
                a=attacker.dispute,
                b=letter["letter_id"],
            )
        for statement, ids in (
            ("dispute_letter_items (dispute_id, letter_id, position) values (%(a)s, %(b)s, 1)", ("dispute", "letter")),
            ("dispute_letter_enclosures (letter_id, enclosure_id) values (%(a)s, %(b)s)", ("letter", "enclosure")),
        ):
            for first, second in ((attacker, victim), (victim, attacker), (victim, victim)):
                with pytest.raises((ForeignKeyViolation, CheckViolation)):
                    run("insert into public." + statement, a=getattr(first, ids[0]), b=getattr(second, ids[1]))


def test_an_id_of_another_user_may_be_used_again_without_telling(two_files: Any, as_user: Acting) -> None:
    """A unique key over all users would say «exists» to who guesses an id."""
    attacker, victim = two_files
    with as_user(attacker.user) as run:
        made = run(
            "insert into public.tradelines (user_id, tradeline_id, bureau, creditor_name) "
            "values (%(user)s, %(id)s, 'All', 'Northbank')",
            user=attacker.user,
            id=victim.tradeline,
        )
        assert made == 1


def test_reading_again_reaches_ones_own_uploads_only(two_files: Any, as_user: Acting, rows: Rows) -> None:
    attacker, victim = two_files
    again = "select public.read_report_again(%(id)s) as queued"
    with as_user(attacker.user) as run:
        assert run(again, id=victim.upload) == [{"queued": False}]
        assert run(again, id=uuid4()) == [{"queued": False}]
        assert run(again, id=attacker.upload) == [{"queued": True}]
    assert rows("select distinct processing_status from public.report_uploads") == [{"processing_status": "complete"}]


@pytest.mark.parametrize("role", ["tribureau_worker", "tribureau_owner", "service_role", "postgres"])
def test_the_sites_login_may_not_become_more(role: str, web_url: str) -> None:
    with psycopg.connect(web_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(f"set role {role}".encode())


def test_the_workers_login_may_not_become_anybody(worker_url: str) -> None:
    for role in ("authenticated", "tribureau_owner", "tribureau_identity", "tribureau_web"):
        with psycopg.connect(worker_url) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(f"set role {role}".encode())


def test_users_reach_no_other_table_at_all(rows: Rows) -> None:
    """Neither the queue nor identities nor the ledger, now or with the next migration."""
    reached = rows(
        "select distinct c.oid::regclass::text as name from pg_class c, unnest(array['anon', 'authenticated']) role "
        "where c.relkind in ('r', 'v', 'm', 'S') and c.relnamespace::regnamespace::text not in "
        "('pg_catalog', 'information_schema') and has_any_column_privilege(role, c.oid, "
        "'select, insert, update, references') and c.relkind <> 'S' order by 1"
    )
    views = {"tribureau.newest_reports", "tribureau.unchecked_values"}
    assert {row["name"] for row in reached} == {table.removeprefix("public.") for table in TABLES} | views


def test_the_worker_reaches_no_identities(rows: Rows) -> None:
    reached = rows(
        "select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace in "
        "('identity'::regnamespace, 'auth'::regnamespace) and has_any_column_privilege('tribureau_worker', c.oid, "
        "'select, insert, update, references')"
    )
    assert reached == []


def _columns_that_may_be(rows: Rows, privilege: str, table: str) -> list[str]:
    found = rows(
        "select attname::text as name from pg_attribute where attrelid = %s::regclass and attnum > 0 "
        "and has_column_privilege('authenticated', attrelid, attnum, %s) and attname <> 'user_id' order by attnum",
        table,
        privilege,
    )
    return [row["name"] for row in found]
