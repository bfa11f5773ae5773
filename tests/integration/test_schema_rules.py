"""Rules that every table, policy and function keeps, read from the catalogue; splinter's lints are among them."""

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.postgresql15
_OURS = "('public'::regnamespace, 'tribureau'::regnamespace, 'identity'::regnamespace, 'auth'::regnamespace)"


def test_every_table_forces_row_level_security(rows: Any) -> None:
    unguarded = rows(
        "select oid::regclass::text as name from pg_class where relkind in ('r', 'p') "
        f"and relnamespace in {_OURS} and not (relrowsecurity and relforcerowsecurity)"
    )
    assert unguarded == [{"name": "tribureau.migrations"}], "the ledger is the administrator's and granted to nobody"


def test_every_table_belongs_to_an_owner_that_cannot_log_in(rows: Any) -> None:
    owners = rows(
        "select distinct r.rolname::text, r.rolcanlogin, r.rolbypassrls, r.rolsuper from pg_class c "
        f"join pg_roles r on r.oid = c.relowner where c.relkind in ('r', 'v', 'm', 'S') and c.relnamespace in {_OURS} "
        "and c.oid <> 'tribureau.migrations'::regclass"
    )
    assert owners == [{"rolname": "tribureau_owner", "rolcanlogin": False, "rolbypassrls": False, "rolsuper": False}]


def test_policies_ask_for_the_user_once_a_statement_not_once_a_row(rows: Any) -> None:
    """splinter 0003: `auth.uid()` unwrapped is called for every row."""
    for policy in rows(
        "select tablename, policyname, qual, with_check from pg_policies where schemaname in ('public', 'tribureau')"
    ):
        for expression in (policy["qual"], policy["with_check"]):
            unwrapped = re.sub(r"\(\s*SELECT auth\.uid\(\) AS uid\)", "", expression or "", flags=re.IGNORECASE)
            assert "auth." not in unwrapped and "current_setting" not in unwrapped, policy


def test_policies_of_users_name_the_user(rows: Any) -> None:
    for policy in rows("select * from pg_policies where schemaname = 'public'"):
        expressions = [expression for expression in (policy["qual"], policy["with_check"]) if expression]
        assert expressions and all("user_id" in expression for expression in expressions), policy


def test_no_role_has_two_permissive_policies_for_one_command(rows: Any) -> None:
    """splinter 0006: each of them would be asked for every row."""
    doubled = rows(
        """
        select schemaname, tablename, role, command, array_agg(policyname)
        from pg_policies, unnest(roles) role,
             unnest(case cmd when 'ALL' then array['SELECT', 'INSERT', 'UPDATE', 'DELETE'] else array[cmd] end) command
        where permissive = 'PERMISSIVE' and schemaname in ('public', 'tribureau', 'identity', 'auth')
        group by 1, 2, 3, 4 having count(*) > 1
        """
    )
    assert doubled == []


def test_no_policy_is_for_everybody(rows: Any) -> None:
    assert rows("select policyname from pg_policies where 'public' = any(roles) or 'anon' = any(roles)") == []


def test_every_foreign_key_has_an_index(rows: Any) -> None:
    """splinter 0001: deleting a user or an upload must not scan the tables that point at it."""
    bare = rows(
        f"""
        select conrelid::regclass::text as name, conname from pg_constraint k
        where contype = 'f' and connamespace in {_OURS} and not exists (
          select from pg_index i where i.indrelid = k.conrelid and i.indpred is null
            and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
            and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)
        """
    )
    assert bare == []


def test_no_two_indexes_are_the_same(rows: Any) -> None:
    """splinter 0009."""
    doubled = rows(
        "select indrelid::regclass::text, array_agg(indexrelid::regclass::text) from pg_index "
        "join pg_class on pg_class.oid = indrelid "
        f"where relnamespace in {_OURS} group by indrelid, indkey, indclass, indoption, indexprs::text, indpred::text "
        "having count(*) > 1"
    )
    assert doubled == []


def test_users_tables_lead_with_the_user(rows: Any) -> None:
    """So one user's rows lie together, no id can be probed across users, and the schema can be spread by user."""
    others = rows(
        """
        select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute first on first.attrelid = c.oid and first.attnum = i.indkey[0]
        where c.relnamespace = 'public'::regnamespace and i.indisunique and first.attname <> 'user_id'
        """
    )
    assert others == []
    loose = rows(
        """
        select conname from pg_constraint k where contype = 'f' and connamespace = 'public'::regnamespace
          and confrelid <> 'auth.users'::regclass
          and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                          and a.attname = 'user_id')
        """
    )
    assert loose == []


def test_times_have_a_zone_and_money_is_exact(rows: Any) -> None:
    loose = rows(
        "select attrelid::regclass::text, attname from pg_attribute a join pg_class c on c.oid = a.attrelid "
        f"where c.relnamespace in {_OURS} and c.relkind = 'r' and a.attnum > 0 and ("
        "atttypid = 'timestamp'::regtype or atttypid = 'money'::regtype "
        "or (atttypid in ('float4'::regtype, 'float8'::regtype) and attname not in ('x0', 'y0', 'x1', 'y1')))"
    )
    assert loose == []


def test_functions_look_names_up_nowhere_but_where_they_say(rows: Any) -> None:
    """splinter 0011: a search_path that the caller sets would let them put their own table in the way. In `auth`, where
    it does not look, a body that was parsed when it was made will do."""
    loose = rows(
        f"select oid::regprocedure::text as name from pg_proc where pronamespace in {_OURS} "
        "and not coalesce(proconfig::text like '%search_path=%', false) "
        "and not (pronamespace = 'auth'::regnamespace and prosqlbody is not null)"
    )
    assert loose == []


def test_views_see_with_the_eyes_of_who_asks(rows: Any) -> None:
    loose = rows(
        f"select oid::regclass::text from pg_class where relnamespace in {_OURS} and (relkind = 'm' or relkind = 'v' "
        "and not coalesce(reloptions::text like '%security_invoker=true%', false))"
    )
    assert loose == []


def test_exposed_functions_are_known_and_harmless(rows: Any) -> None:
    """What PostgREST can call as a user: none runs dynamic SQL, sets configuration or takes a user's id."""
    exposed = rows(
        """
        select p.oid::regprocedure::text as name, prosrc, pg_get_function_arguments(p.oid) as arguments, prosecdef
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace, unnest(array['anon', 'authenticated']) caller
        where n.nspname in ('public', 'tribureau', 'identity') and has_function_privilege(caller, p.oid, 'execute')
        """
    )
    assert sorted(function["name"] for function in exposed) == [
        "dispute_evidence(uuid)",
        "read_report_again(uuid)",
        "record_manual_mailing(uuid,integer,date,text,text,text)",
        "record_more_information(uuid,integer,date)",
        "record_receipt(uuid,integer,date,text,text)",
        "tribureau.bare(text)",
        "tribureau.dispute_answered(uuid,text,date)",
        "tribureau.entry_answered(uuid,uuid)",
        "tribureau.information_meant(text)",
        "tribureau.proposal_fits(text,text)",
    ]
    for function in exposed:
        assert not re.search(
            r"\bexecute\b|set_config|\bset\s+(local|role|session)\b", function["prosrc"], re.IGNORECASE
        )
        assert "user" not in function["arguments"]
        assert "auth.uid()" in function["prosrc"] or not function["prosecdef"]


def test_functions_with_their_owners_rights_belong_to_the_owner(rows: Any) -> None:
    owners = rows(
        f"select distinct proowner::regrole::text as owner from pg_proc where pronamespace in {_OURS} and prosecdef"
    )
    assert owners == [{"owner": "tribureau_owner"}]


NOT_ASKED_OF_MIGRATIONS = {
    "prefer-bigint-over-int": "small counts by nature: pages, percents, months, tries",
    "prefer-text-field": "the seed names varchar columns with their lengths, and its columns keep their types",
}


def test_squawk_finds_nothing_in_the_migrations() -> None:
    squawk = Path(sys.executable).with_name("squawk")
    if not squawk.exists():
        pytest.skip("Not tested: squawk's rules for migrations, because squawk-cli is not installed.")
    folder = resources.files("tribureau.database").joinpath("migrations")
    files = sorted(str(entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    left_out = ",".join(NOT_ASKED_OF_MIGRATIONS)
    command = [str(squawk), "--assume-in-transaction", "--pg-version=15.0", f"--exclude={left_out}", *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
