"""Each attack on disputes by its name, tried with free SQL under a fixed identity, and refused."""

import json
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege, UniqueViolation
from tests.integration.disputes.conftest import Desk

pytestmark = pytest.mark.postgresql15
DENIED = (InsufficientPrivilege, ForeignKeyViolation)


@pytest.fixture
def attacker(desk: Desk) -> Any:
    return desk.new_user()


@pytest.fixture
def victim(desk: Desk) -> Any:
    return desk.new_user()


def test_attaching_a_dispute_to_anothers_tradeline(attacker: Any, victim: Any, desk: Desk) -> None:
    tradeline = desk.new_tradeline(victim)
    with pytest.raises(DENIED):
        desk.begin(attacker, tradeline)
    with pytest.raises(DENIED):
        desk.run("user", attacker, "insert into public.disputes (user_id, tradeline_id, bureau) "
                 "values (%(user)s, %(line)s, 'Equifax')", user=victim, line=tradeline)  # fmt: skip
    assert desk.see("select dispute_id from public.disputes") == []


def test_locking_the_owner_out_by_a_unique_constraint(attacker: Any, victim: Any, desk: Desk) -> None:
    tradeline = desk.new_tradeline(victim)
    with pytest.raises(DENIED):
        desk.begin(attacker, tradeline)
    dispute = desk.begin(victim, tradeline)
    mine = desk.new_tradeline(attacker)
    same_id: LiteralString = (
        "insert into public.disputes (dispute_id, tradeline_id, bureau) values (%(id)s, %(line)s, 'Equifax')"
    )
    assert desk.run("user", attacker, same_id, id=dispute, line=mine) == [{"rows": 1}]
    desk.move(victim, dispute, "Pending")


def test_setting_deleted_without_a_trace(attacker: Any, desk: Desk) -> None:
    dispute = desk.begin(attacker, desk.new_tradeline(attacker))
    with pytest.raises(CheckViolation, match="from Draft to Deleted by the user"):
        desk.move(attacker, dispute, "Deleted", "user")
    desk.move(attacker, dispute, "Pending")
    with pytest.raises(CheckViolation, match="not known when the bureau answered"):
        desk.run("user", attacker, "update public.disputes set status = 'Deleted'")
    desk.move(attacker, dispute, "Deleted", "user")
    (last,) = desk.see("select previous_status, new_status, changed_by from public.dispute_status_history "
                       "where position = 3")  # fmt: skip
    assert tuple(last.values()) == ("Pending", "Deleted", "user")


def test_expiring_a_dispute_before_its_time(attacker: Any, desk: Desk) -> None:
    dispute = desk.begin(attacker, desk.new_tradeline(attacker))
    desk.move(attacker, dispute, "Pending")
    desk.move(attacker, dispute, "Investigating")
    with pytest.raises(CheckViolation, match="from Investigating to Expired by the user"):
        desk.move(attacker, dispute, "Expired", "user")


def test_claiming_that_a_letter_is_mailed(attacker: Any, desk: Desk) -> None:
    dispute = desk.begin(attacker, desk.new_tradeline(attacker))
    with pytest.raises(CheckViolation, match="not known when the letter was mailed"):
        desk.move(attacker, dispute, "Pending", "user")
    future: LiteralString = (
        "select public.record_manual_mailing(%(id)s, 1, current_date + 3, '9407300000000000000000') as version"
    )
    with pytest.raises(CheckViolation, match="a day that has come"):
        desk.run("user", attacker, future, id=dispute)


def test_changing_what_the_mailing_service_tells(attacker: Any, desk: Desk) -> None:
    dispute = desk.begin(attacker, desk.new_tradeline(attacker))
    desk.run("system", attacker, "update public.disputes set status = 'Pending', mailing_service = 'Lob', "
             "mailing_date = now(), tracking_number = '9407300000000000000000'")  # fmt: skip
    by_hand: LiteralString = "select public.record_manual_mailing(%(id)s, 2, current_date, 'forged') as version"
    assert desk.run("user", attacker, by_hand, id=dispute) == [{"version": None}]
    receipt: LiteralString = "select public.record_receipt(%(id)s, 2, current_date) as version"
    assert desk.run("user", attacker, receipt, id=dispute) == [{"version": None}]
    with pytest.raises(InsufficientPrivilege, match="told by the service"):
        desk.move(attacker, dispute, "Draft", "user")


def test_rewriting_a_letter_that_was_sent(attacker: Any, desk: Desk) -> None:
    dispute = desk.begin(attacker, desk.new_tradeline(attacker))
    desk.move(attacker, dispute, "Pending")
    with pytest.raises(CheckViolation, match="in a draft only"):
        desk.run("user", attacker, "update public.disputes set letter_content = 'I never wrote that'")


def test_cascading_the_trail_away(attacker: Any, desk: Desk) -> None:
    desk.begin(attacker, desk.new_tradeline(attacker))
    assert desk.run("user", attacker, "delete from public.tradelines") == [{"rows": 1}]
    for table in ("disputes", "dispute_status_history", "user_dispute_stats"):
        statement: Any = f"delete from public.{table}"
        with pytest.raises(InsufficientPrivilege):
            desk.run("user", attacker, statement)
    assert desk.see("select position from public.dispute_status_history") == [{"position": 1}]


def test_seeing_anothers_figures_history_or_heads(attacker: Any, victim: Any, desk: Desk) -> None:
    desk.begin(victim, desk.new_tradeline(victim))
    for table in ("disputes", "dispute_status_history", "user_dispute_stats", "dispute_chain_heads"):
        statement: Any = f"select * from public.{table}"
        assert desk.run("user", attacker, statement) == []


def test_calling_functions_on_anothers_dispute(attacker: Any, victim: Any, desk: Desk) -> None:
    dispute = desk.begin(victim, desk.new_tradeline(victim))
    for call in (
        "select public.record_manual_mailing(%(id)s, 1, current_date - 1, null) as version",
        "select public.record_receipt(%(id)s, 1, current_date - 1) as version",
    ):
        statement: Any = call
        assert desk.run("user", attacker, statement, id=dispute) == [{"version": None}]
    assert desk.see("select status, version from public.disputes") == [{"status": "Draft", "version": 1}]


@pytest.mark.parametrize("claimed", ["tribureau_worker", "service_role", "postgres", "system"])
def test_forging_changed_by_in_the_claims(claimed: str, attacker: Any, desk: Desk, web_url: str) -> None:
    """The role is the database's; whatever a token says beside it counts for nothing."""
    tradeline = desk.new_tradeline(attacker)
    with psycopg.connect(web_url, autocommit=True) as connection, connection.transaction():
        claims = json.dumps({"sub": str(attacker), "role": claimed, "changed_by": "system"})
        connection.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
        connection.execute("select set_config('role', 'authenticated', true)")
        connection.execute("insert into public.disputes (tradeline_id, bureau) values (%s, 'Equifax')", (tradeline,))
    assert desk.see("select changed_by from public.dispute_status_history") == [{"changed_by": "user"}]
    assert desk.see("select status_updated_by from public.disputes") == [{"status_updated_by": "user"}]


def test_becoming_the_system(attacker: Any, web_url: str) -> None:
    for change in ("set role tribureau_worker", "set role tribureau_owner", "set session_replication_role = replica"):
        with psycopg.connect(web_url) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(change.encode())
    for other in ("tribureau_identity", "anon", "none"):
        with psycopg.connect(web_url) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(f"set role {other}".encode())
            connection.execute("update public.disputes set status = 'Pending'")


@pytest.mark.parametrize("role", ["authenticated", "tribureau_worker", "service_role", "tribureau_owner", None])
@pytest.mark.parametrize(
    "statement",
    [
        "update public.dispute_status_history set changed_by = 'system'",
        "update public.dispute_status_history set hash = sha256('forged')",
        "delete from public.dispute_status_history",
        "truncate public.dispute_status_history",
        "insert into public.dispute_status_history select * from public.dispute_status_history",
        "truncate public.disputes cascade",
        "update public.dispute_chain_heads set position = 9",
        "delete from public.dispute_chain_heads",
        "truncate public.dispute_chain_heads",
    ],
)
def test_rewriting_history(statement: str, role: str | None, attacker: Any, desk: Desk, database_url: str) -> None:
    """Neither the user nor the worker, the owner of the tables or the server's administrator, unless they take the
    triggers away first, which the signatures show."""
    desk.begin(attacker, desk.new_tradeline(attacker))
    desk.run("system", attacker, _SIGN)
    with psycopg.connect(database_url) as connection:
        connection.execute("select set_config('request.jwt.claims', %s, true)", (json.dumps({"sub": str(attacker)}),))
        if role:
            connection.execute("select set_config('role', %s, true)", (role,))
        with pytest.raises(InsufficientPrivilege):
            connection.execute(statement.encode())


_SIGN: LiteralString = (
    "insert into public.dispute_chain_heads (user_id, dispute_id, position, hash, signed_at, key_id, signature) "
    "select user_id, dispute_id, position, hash, now(), 'key', hash || hash from public.dispute_status_history"
)


def test_planting_a_signature(attacker: Any, desk: Desk) -> None:
    desk.begin(attacker, desk.new_tradeline(attacker))
    with pytest.raises(InsufficientPrivilege):
        desk.run("user", attacker, _SIGN)


def test_an_upsert_writes_no_history_beside_the_row(attacker: Any, desk: Desk) -> None:
    """Triggers before an insert run even where the row then conflicts; those after it do not."""
    tradeline = desk.new_tradeline(attacker)
    dispute = desk.begin(attacker, tradeline)
    for tail in ("do nothing", "(user_id, dispute_id) do update set change_notes = null"):
        statement: Any = (
            "insert into public.disputes (dispute_id, tradeline_id, bureau, change_notes) "
            f"values (%(id)s, %(line)s, 'Equifax', 'planted') on conflict {tail}"
        )
        desk.run("user", attacker, statement, id=dispute, line=tradeline)
    with pytest.raises(UniqueViolation):
        desk.begin(attacker, tradeline)
    assert desk.see("select change_notes from public.dispute_status_history") == [{"change_notes": None}]
    assert desk.problems(attacker) == []


def test_a_dispute_at_a_bureau_that_does_not_report_the_tradeline(attacker: Any, desk: Desk) -> None:
    tradeline = desk.new_tradeline(attacker, "Equifax")
    with pytest.raises(CheckViolation, match="This tradeline is Equifax's, so Experian can't be asked about it"):
        desk.begin(attacker, tradeline, "Experian")
    anywhere = desk.new_tradeline(attacker, "All")
    desk.begin(attacker, anywhere, "Experian")


def test_an_answer_from_the_future(attacker: Any, desk: Desk) -> None:
    dispute = desk.begin(attacker, desk.new_tradeline(attacker))
    desk.move(attacker, dispute, "Pending")
    with pytest.raises(CheckViolation, match="has not come yet"):
        desk.run("user", attacker, "update public.disputes set status = 'Verified', "
                 "bureau_response_date = current_date + 2")  # fmt: skip


def test_an_answer_before_the_letter(attacker: Any, desk: Desk) -> None:
    desk.begin(attacker, desk.new_tradeline(attacker))
    desk.run("system", attacker, "update public.disputes set status = 'Pending', mailing_date = now()")
    with pytest.raises(CheckViolation, match="answered_after_mailing"):
        desk.run("user", attacker, "update public.disputes set status = 'Verified', "
                 "bureau_response_date = current_date - 9")  # fmt: skip
