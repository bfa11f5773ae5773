"""The database's transitions are the domain's, and its hashes too."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import CheckViolation
from tests.integration.disputes.conftest import Desk

from tribureau.domain.disputes import TRANSITIONS, DisputeStatus

pytestmark = pytest.mark.postgresql15
STATUSES = [str(status) for status in DisputeStatus]


def test_the_table_is_the_domains(desk: Desk) -> None:
    rows = desk.see("select previous_status, new_status, made_by from tribureau.dispute_transitions")
    assert {tuple(row.values()) for row in rows} == {
        (str(one.previous or ""), str(one.new), str(actor)) for one in TRANSITIONS for actor in one.by
    }


def test_the_statuses_are_the_domains(desk: Desk) -> None:
    (rule,) = desk.see(
        "select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = 'public.disputes'::regclass "
        "and conname = 'disputes_status_check'"
    )
    assert [status for status in STATUSES if f"'{status}'" not in rule["text"]] == []
    assert rule["text"].count("'") == 2 * len(STATUSES)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "Draft"])
def test_a_dispute_begins_as_a_draft_even_for_the_administrator(status: str, desk: Desk) -> None:
    user = desk.new_user()
    tradeline = desk.new_tradeline(user)
    with pytest.raises(CheckViolation, match=f"from nothing to {status} by the system"):
        desk.see(
            "insert into public.disputes (user_id, tradeline_id, bureau, status) "
            "values (%(u)s, %(t)s, 'Equifax', %(s)s)",
            u=user,
            t=tradeline,
            s=status,
        )


def test_the_administrator_too_is_held_to_the_table(desk: Desk) -> None:
    user = desk.new_user()
    dispute = desk.begin(user, desk.new_tradeline(user))
    with pytest.raises(CheckViolation, match="From Draft it can go to: Pending"):
        desk.see("update public.disputes set status = 'Deleted' where dispute_id = %(id)s", id=dispute)
    assert desk.see("select status from public.disputes") == [{"status": "Draft"}]


def test_many_disputes_in_one_statement_have_a_history_each(desk: Desk) -> None:
    user = desk.new_user()
    for _ in range(3):
        desk.begin(user, desk.new_tradeline(user))
    desk.run("system", user, "update public.disputes set status = 'Pending', change_reason = 'posted'")
    rows = desk.see("select new_status, change_reason from public.dispute_status_history where position = 2")
    assert rows == [{"new_status": "Pending", "change_reason": "posted"}] * 3
    assert desk.problems(user) == []


@pytest.mark.parametrize("lost", ["tradeline", "upload"])
def test_what_was_disputed_outlives_its_tradeline_and_its_upload(lost: str, desk: Desk) -> None:
    user, upload = desk.new_user(), uuid4()
    desk.see(
        "insert into public.report_uploads (user_id, id, original_filename, file_size_bytes, file_hash) "
        "values (%(user)s, %(upload)s, 'a.pdf', 1, repeat('a', 64))",
        user=user,
        upload=upload,
    )
    tradeline = desk.new_tradeline(user)
    desk.see("update public.tradelines set report_upload_id = %(upload)s, balance = 12.50", upload=upload)
    dispute = desk.begin(user, tradeline)
    desk.move(user, dispute, "Pending")
    forget: Any = {"tradeline": "delete from public.tradelines", "upload": "delete from public.report_uploads"}[lost]
    desk.run("user" if lost == "upload" else "system", user, forget)
    (row,) = desk.see("select * from public.disputes")
    assert (row["tradeline_id"], row["disputed_tradeline_id"], row["status"]) == (None, tradeline, "Pending")
    assert row["disputed_values"]["balance"] == 12.5
    assert len(desk.see("select position from public.dispute_status_history")) == 2
    assert desk.problems(user) == []
    desk.move(user, dispute, "Verified")
    desk.move(user, dispute, "Escalated", "user")
    rounds = desk.see("select round, status, disputed_tradeline_id from public.disputes order by round")
    assert [(row["round"], row["status"]) for row in rounds] == [(1, "Escalated"), (2, "Draft")]
    assert {row["disputed_tradeline_id"] for row in rounds} == {tradeline}


def test_deleting_a_user_is_the_one_way_to_remove_history(desk: Desk) -> None:
    user = desk.new_user()
    desk.begin(user, desk.new_tradeline(user))
    desk.see("delete from auth.users where id = %(user)s", user=user)
    for table in ("disputes", "dispute_status_history", "user_dispute_stats", "dispute_chain_heads"):
        statement: Any = f"select user_id from public.{table}"
        assert desk.see(statement) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    notes=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), reason=st.none() | st.just("☂")
)
def test_every_text_is_hashed_alike(notes: str, reason: str | None, desk: Desk) -> None:
    user = desk.new_user()
    dispute = desk.begin(user, desk.new_tradeline(user))
    desk.run(
        "user",
        user,
        "update public.disputes set change_notes = %(notes)s, change_reason = %(reason)s where dispute_id = %(id)s",
        notes=notes,
        reason=reason,
        id=dispute,
    )
    rows = desk.see(
        "select change_notes, change_reason from public.dispute_status_history where dispute_id = %(id)s "
        "order by position desc limit 1",
        id=dispute,
    )
    assert rows == [{"change_notes": notes, "change_reason": reason}]
    assert desk.problems(user) == []
