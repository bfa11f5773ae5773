"""Whatever a superuser changes behind the triggers' back, in any row of any dispute, is found."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.integration.disputes.conftest import Desk
from tests.integration.disputes.test_audit import CHECK, SIGNER

from tribureau.database.queries import statement
from tribureau.database.transactions import Database, UserId
from tribureau.domain.disputes.pages import KeptPages
from tribureau.workflows.audit_history import audit
from tribureau.workflows.sign_history import sign_history

HISTORY = (
    "user_id dispute_id history_id position previous_status new_status changed_by change_reason change_notes "
    "changed_at "
    "facts previous_hash hash"
)
HEADS = "user_id dispute_id position hash signed_at key_id signature"
PAGES = "report_sha256 page_numbers sha256 kept_at key_id signature"
ROLLS = "user_id disputes digest signed_at key_id signature"
DISPUTES = (
    "bureau round disputed_tradeline_id disputed_values item_kind created_at status status_updated_at "
    "status_updated_by "
    "dispute_reason letter_content mailing_service mailing_date tracking_number received_on report_source "
    "more_information_received_on payment_id payment_amount_cents bureau_response_date bureau_response_summary "
    "bureau_response_document_path"
)
KEPT = {
    "disputes": DISPUTES, "dispute_status_history": HISTORY, "dispute_chain_heads": HEADS, "dispute_pages": PAGES,
    "dispute_rolls": ROLLS,
}  # fmt: skip
NOT_IN_A_DRAFT = DISPUTES.split()[DISPUTES.split().index("dispute_reason") :]
OTHER_WORDS = {
    "status": "case status when 'Pending' then 'Expired' else 'Pending' end",
    "bureau": "case bureau when 'Experian' then 'Equifax' else 'Experian' end",
    "item_kind": "case item_kind when 'inquiry' then 'public_record' else 'inquiry' end",
    "status_updated_by": "case status_updated_by when 'user' then 'system' else 'user' end",
    "changed_by": "case changed_by when 'user' then 'system' else 'user' end",
    "report_sha256": "encode(sha256(report_sha256::bytea), 'hex')",
    "sha256": "encode(sha256(sha256::bytea), 'hex')",
    "report_source": "case report_source when 'annual_free' then 'bureau' else 'annual_free' end",
    "key_id": "reverse(key_id)",
}
BY_TYPE = {
    "uuid": "gen_random_uuid()",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
    "date": "coalesce({0}, current_date) + 1",
    "integer": "coalesce({0}, 0) + 1",
    "integer[]": "{0} || 9",
    "bytea": "set_byte({0}, 5, get_byte({0}, 5) # 1)",
    "jsonb": "{0} || '{{\"forged\": 1}}'",
}
_TYPES = "select attname, format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attnum > 0"


@pytest.fixture
async def case(desk: Desk, worker_database: Database, database_url: str) -> Iterator[psycopg.Connection]:
    """Two users; each has a dispute in its second round, an answered one and a draft, all signed, with kept pages."""
    for user in (UserId(desk.new_user()), UserId(desk.new_user())):
        for steps in (("Pending", "Investigating", "Verified", "Escalated"), ("Pending", "Deleted"), ()):
            dispute = desk.begin(user, desk.new_tradeline(user))
            for step in steps:
                desk.move(user, dispute, step, who="user" if step == "Escalated" else "system")
            _keep_pages(desk, user, dispute)
        await sign_history(worker_database, SIGNER, user, 0)
    with psycopg.connect(database_url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.commit()
        assert _problems(connection) == []
        yield connection


def _keep_pages(desk: Desk, user: UUID, dispute: UUID) -> None:
    kept = KeptPages(user, dispute, "1" * 64, (2, 3), "2" * 64, datetime.now(UTC))
    desk.see(
        "insert into public.dispute_pages (user_id, dispute_id, report_upload_id, report_sha256, places, state, "
        "file_id, "
        "page_numbers, sha256, kept_at, key_id, signature) values (%(user)s, %(dispute)s, gen_random_uuid(), "
        "%(report)s, "
        "'[]', 'kept', gen_random_uuid(), '{2,3}', %(sha256)s, %(kept_at)s, %(key)s, %(signature)s)",
        user=user, dispute=dispute, report=kept.report_sha256, sha256=kept.sha256, kept_at=kept.kept_at,
        key=SIGNER.key_id, signature=SIGNER.sign(kept.statement()),
    )  # fmt: skip


def _problems(connection: psycopg.Connection) -> list[str]:
    chains = [chain for *_, chain in connection.execute(statement("disputes.chains")).fetchall()]
    return [words for *_, words in audit(chains, CHECK, now=datetime.now(UTC)).problems]


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.sampled_from(sorted(KEPT)), data=st.data())
def test_any_changed_value_is_found(case: psycopg.Connection, table: str, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(KEPT[table].split()))
    types = dict(case.execute(_TYPES, (f"public.{table}",)).fetchall())
    rows = case.execute(f"select ctid::text from public.{table} order by user_id, ctid".encode()).fetchall()
    (row,) = data.draw(st.sampled_from(rows))
    other = OTHER_WORDS.get(column) or BY_TYPE.get(types[column], "coalesce({0}, '') || 'x'").format(column)
    with case.transaction(force_rollback=True):
        drafts = " and status not in ('Draft', 'Blank')" if table == "disputes" and column in NOT_IN_A_DRAFT else ""
        changed = _run(case, f"update public.{table} set {column} = {other} where ctid = '{row}'{drafts}")
        assume(changed)
        assert _problems(case), (table, column)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_taken_away_is_found(case: psycopg.Connection, data: st.DataObject) -> None:
    """Any entries, with or without their heads, pages and disputes. Older heads alone prove nothing that newer do "
    "not."""
    entries = case.execute("select dispute_id, position from public.dispute_status_history order by 1, 2").fetchall()
    gone = data.draw(st.lists(st.sampled_from(entries), min_size=1, unique=True))
    along = data.draw(st.sets(st.sampled_from(("dispute_chain_heads", "dispute_pages", "disputes"))))
    with case.transaction(force_rollback=True):
        for dispute, position in gone:
            _run(case, f"delete from dispute_status_history where dispute_id = '{dispute}' and position = {position}")
            for table in sorted(along):
                at = f" and position = {position}" if table == "dispute_chain_heads" else ""
                _run(case, f"delete from {table} where dispute_id = '{dispute}'{at}")
        assert _problems(case)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from(["disputes", "dispute_status_history", "dispute_chain_heads", "dispute_pages"]),
    data=st.data(),
)
def test_rows_that_change_places_are_found(case: psycopg.Connection, table: str, data: st.DataObject) -> None:
    """Two disputes of one user under each other's id, in one of the tables."""
    owner, *_ = data.draw(st.sampled_from(case.execute("select distinct user_id from disputes order by 1").fetchall()))
    own = case.execute("select dispute_id from disputes where user_id = %s order by 1", (owner,)).fetchall()
    (one,), (other,) = data.draw(st.lists(st.sampled_from(own), min_size=2, max_size=2, unique=True))
    nobody = UUID(int=1)
    with case.transaction(force_rollback=True):
        moved = 0
        for before, after in ((one, nobody), (other, one), (nobody, other)):
            moved += _run(case, f"update {table} set dispute_id = '{after}' where dispute_id = '{before}'")
        assume(moved)
        assert _problems(case)


def _run(connection: psycopg.Connection, text: str) -> int:
    """How many rows it changed; none where the table itself refuses the value."""
    try:
        with connection.transaction():
            return connection.execute(text.encode()).rowcount
    except psycopg.IntegrityError:
        return 0
