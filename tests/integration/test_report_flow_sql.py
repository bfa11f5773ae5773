"""What the database does by itself: jobs beside uploads, corrections beside what was read, hints to listeners."""

import json
from typing import Any

import psycopg
import pytest

from tribureau.database import transactions
from tribureau.database.transactions import Database, UserId

pytestmark = pytest.mark.postgresql15
_UPLOAD = (
    "insert into public.report_uploads (original_filename, file_size_bytes, file_hash) "
    "values ('report.pdf', 1000, repeat('a', 64)) returning id"
)


def _jobs(rows: Any) -> list[dict[str, str]]:
    found = rows("select convert_from(payload, 'UTF8') as payload, status::text from queue.pgqueuer order by id")
    return [json.loads(row["payload"]) | {"status": row["status"]} for row in found]


def test_an_upload_and_its_job_are_one_transaction(two_users: Any, as_user: Any, rows: Any) -> None:
    with as_user(two_users[0]) as run:
        run(_UPLOAD)
    assert rows("select 1 from public.report_uploads") == _jobs(rows) == []


def test_a_committed_upload_has_exactly_one_job(two_users: Any, web_url: str, rows: Any) -> None:
    upload = _committed(web_url, two_users[0], _UPLOAD)
    assert _jobs(rows) == [{"user_id": str(two_users[0]), "upload_id": str(upload), "status": "queued"}]
    logged = rows("select entrypoint, status::text from queue.pgqueuer_log")
    assert logged == [{"entrypoint": "process_report", "status": "queued"}]


def test_reading_again_queues_once_and_clears_the_failure(two_files: Any, web_url: str, rows: Any) -> None:
    file = two_files[0]
    rows("delete from queue.pgqueuer returning 1")
    again = "select public.read_report_again(%(id)s) as queued"
    assert _committed(web_url, file.user, again, id=file.upload) is True
    assert _committed(web_url, file.user, again, id=file.upload) is False
    (upload,) = rows("select processing_status, progress_percentage, attempts, error_code from public.report_uploads "
                     "where user_id = %s", file.user)  # fmt: skip
    assert upload == {"processing_status": "pending", "progress_percentage": 0, "attempts": 0, "error_code": None}
    assert [job["upload_id"] for job in _jobs(rows)] == [str(file.upload)]


def test_a_failed_upload_must_say_why(two_files: Any, as_worker: Any) -> None:
    with as_worker(two_files[0].user) as run, pytest.raises(psycopg.errors.CheckViolation, match="failed_says_why"):
        run("update public.report_uploads set processing_status = 'failed'")


def test_a_correction_is_kept_beside_what_was_read(two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        for balance in (50, 60):
            run("update public.tradelines set balance = %(balance)s, creditor_name = creditor_name", balance=balance)
        corrected = "select read_value, corrected_value from public.tradeline_corrections where field = 'balance'"
        assert run(corrected) == [{"read_value": 120, "corrected_value": 60}]
        assert {row["field"] for row in run("select field from public.tradeline_corrections")} == {"balance", "terms"}


def test_a_correction_that_is_taken_back_is_none(two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        run("update public.tradelines set balance = 50")
        run("update public.tradelines set balance = 120")
        assert run("select 1 from public.tradeline_corrections where field = 'balance'") == []


def test_what_the_worker_writes_is_no_correction(two_files: Any, as_worker: Any) -> None:
    with as_worker(two_files[0].user) as run:
        assert run("update public.tradelines set balance = 50") == 1
        assert run("select 1 from public.tradeline_corrections where field = 'balance'") == []


def test_an_account_typed_by_hand_has_no_corrections(two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        run("insert into public.tradelines (bureau, creditor_name) values ('All', 'Northbank')")
        run("update public.tradelines set balance = 7 where report_upload_id is null")
        assert run("select 1 from public.tradeline_corrections where field = 'balance'") == []


@pytest.mark.parametrize("table", ["report_uploads", "tradelines", "profiles", "accounts"])
def test_the_database_keeps_updated_at(table: str, two_files: Any, rows: Any) -> None:
    (before,) = rows(f"select max(updated_at) as at from public.{table}")
    change = f"update public.{table} set updated_at = '2000-01-01' where user_id = %s returning updated_at as at"
    (after,) = rows(change, two_files[0].user)
    assert after["at"] > before["at"]


def test_listeners_hear_of_progress_and_nothing_personal(two_files: Any, worker_url: str, database_url: str) -> None:
    file = two_files[0]
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("listen tribureau")
        steps = (
            "progress_percentage = 30",
            "progress_percentage = 30",
            "notes = '{a}'",
            "progress_message = 'Reading'",
        )
        for step in steps:
            _committed(worker_url, file.user, f"update public.report_uploads set {step} returning 1", role=None)
        listener.execute("notify tribureau, '\"the last\"'")
        heard = [json.loads(notice.payload) for notice in listener.notifies(timeout=60, stop_after=3)]
    expected = {"table": "report_uploads", "operation": "update", "user_id": str(file.user), "id": str(file.upload)}
    assert heard == [expected, expected, "the last"]


def test_deleting_a_user_erases_everything_and_leaves_a_tombstone(two_files: Any, rows: Any) -> None:
    rows("delete from auth.users where id = %s returning 1", two_files[0].user)
    for table in ("public.tradelines", "public.report_uploads", "public.notifications", "tribureau.user_keys"):
        assert rows(f"select user_id from {table}") == [{"user_id": two_files[1].user}]
    tombstone = "select user_hash = sha256(convert_to(%s, 'UTF8')) as same from tribureau.erasures"
    assert rows(tombstone, str(two_files[0].user)) == [{"same": True}]


async def test_reading_as_a_user_takes_one_round_trip_and_their_rows_only(
    web_database: Database, two_files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "statement", lambda name: b"select user_id from public.tradelines")
    assert await web_database.read_as_user(two_files[0].user, "x") == [{"user_id": two_files[0].user}]
    assert await web_database.read_as_user(two_files[1].user, "x") == [{"user_id": two_files[1].user}]
    async with web_database._pool.connection() as connection:
        row = await (await connection.execute("select current_user::text as role")).fetchone()
    assert row == {"role": "tribureau_web"}


def _committed(url: str, user: UserId, statement: str, *, role: str | None = "authenticated", **parameters: Any) -> Any:
    with psycopg.connect(url) as connection:
        connection.execute(
            "select set_config('request.jwt.claims', %s, true), set_config('role', coalesce(%s, session_user), true)",
            (json.dumps({"sub": str(user)}), role),
        )
        row = connection.execute(statement.encode(), parameters).fetchone()
        return row[0] if row else None
