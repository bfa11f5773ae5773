"""A worker that is killed at any step, a database that restarts, a full disk: nothing doubled, nothing half written,
nothing lost. Each step is caught by a lock that the worker runs into."""

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, LiteralString
from unittest.mock import patch
from uuid import uuid4

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.conftest import EMBEDDED, PASSWORD, TestServers
from tests.worker_process import WorkerProcess

from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.database.queries import statement
from tribureau.database.server_account import ServerAccount
from tribureau.database.transactions import UserId, open_database
from tribureau.domain.errors import ReaderKilled, Unavailable
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.samples import make_report
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import FolderReportStore
from tribureau.workflows.process_report import MOST_ATTEMPTS, process_report
from tribureau.workflows.receive_report import receive_report
from tribureau.workflows.report_parts import ReportParts
from tribureau.workflows.sweep_reports import sweep_reports

Rows = Callable[..., list[dict[str, Any]]]

STEPS: dict[str, LiteralString] = {
    "before it claims the report": "select 1 from public.report_uploads for update",
    "before it has the key": "lock table tribureau.user_keys in access exclusive mode",
    "before it writes tradelines": "lock table public.tradelines in share mode",
    "between tradelines and evidence": "lock table public.tradeline_provenance in share mode",
    "between evidence and accounts": "lock table public.accounts in share mode",
    "between the last row and the notification": "lock table public.notifications in share mode",
}


@pytest.fixture
def worker(worker_url: str, reports_folder: Path, tmp_path: Path) -> WorkerProcess:
    return WorkerProcess(worker_url, reports_folder, tmp_path / "home")


@asynccontextmanager
async def obstacle(url: str, lock: LiteralString) -> AsyncIterator[Callable[[], Any]]:
    """Holds `lock`; the function waits until somebody else waits for it."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await connection.execute(lock)

        async def run_into() -> None:
            async with asyncio.timeout(20), await psycopg.AsyncConnection.connect(url, autocommit=True) as looking:
                waits = "select 1 from pg_locks where not granted"
                while not await (await looking.execute(waits)).fetchone():
                    await asyncio.sleep(0.02)

        yield run_into
        with suppress(psycopg.OperationalError):
            await connection.rollback()


def assert_whole(rows: Rows, expected: dict[str, Any]) -> None:
    [upload] = rows("select * from public.report_uploads")
    lines = expected["tradelines"]
    assert (upload["processing_status"], upload["progress_percentage"]) == ("complete", 100)
    assert upload["total_tradelines"] == len(lines)
    assert rows("select count(*) as n from public.tradelines") == [{"n": len(lines)}]
    assert rows("select 1 from public.tradelines where account_id is null") == []
    seen = rows("select count(distinct account_id) as n from public.tradelines")
    assert rows("select count(*) as n from public.accounts") == seen
    assert len(rows("select 1 from public.notifications")) == 1


async def until_idle(rows: Rows) -> None:
    async with asyncio.timeout(20):
        while rows("select 1 from queue.pgqueuer"):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_a_step_another_worker_finishes(
    step: str, worker: WorkerProcess, database_url: str, upload: Any, until_done: Any, rows: Rows
) -> None:
    sample = make_report("identityiq", seed=5)
    wanted = await upload(sample.pdf)
    async with obstacle(database_url, STEPS[step]) as run_into:
        worker.start()
        await run_into()
        worker.kill()
    with worker:
        await until_done(wanted)
        await until_idle(rows)
    assert_whole(rows, sample.truth)


async def test_killed_after_its_commit_the_job_is_only_put_away(
    worker: WorkerProcess, database_url: str, upload: Any, until_done: Any, rows: Rows
) -> None:
    """The job's row is held, so that the worker can finish the report but not put the job away."""
    sample = make_report("identityiq", seed=5)
    wanted = await upload(sample.pdf)
    worker.start()
    async with await psycopg.AsyncConnection.connect(database_url) as connection, asyncio.timeout(20):
        picked = "select 1 from queue.pgqueuer where status = 'picked' for update"
        while not await (await connection.execute(picked)).fetchone():
            await connection.commit()
        await until_done(wanted)
        worker.kill()
    with worker:
        await until_idle(rows)
    assert_whole(rows, sample.truth)
    assert rows("select attempts from public.report_uploads") == [{"attempts": 1}]


async def test_killed_again_and_again_it_ends_with_its_reason(
    worker: WorkerProcess, database_url: str, upload: Any, find: Any, until_done: Any, rows: Rows
) -> None:
    wanted = await upload(make_report("experian", seed=1).pdf)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        async with obstacle(database_url, "lock table public.tradelines in share mode") as run_into:
            worker.start()
            await run_into()
            worker.kill()
        assert (await find(wanted))["processing_status"] == "processing"
        assert rows("select attempts from public.report_uploads") == [{"attempts": attempt}]
    with worker:
        failed = await until_done(wanted)
    assert (failed["processing_status"], failed["error_code"]) == ("failed", "interrupted")
    assert rows("select 1 from public.tradelines") == []
    assert [row["kind"] for row in rows("select kind from public.notifications")] == ["report_failed"]


async def test_asked_to_stop_it_gives_its_report_back(
    worker: WorkerProcess, database_url: str, upload: Any, find: Any, until_done: Any, rows: Rows
) -> None:
    """What is being read is waited for; what can't be finished in time waits again and was no attempt."""
    sample = make_report("experian", seed=1)
    wanted = await upload(sample.pdf)
    async with obstacle(database_url, "lock table tribureau.user_keys in access exclusive mode") as run_into:
        worker.start()
        await run_into()
        assert worker.stop() == 0
    waiting = await find(wanted)
    assert (waiting["processing_status"], waiting["progress_percentage"]) == ("pending", 0)
    assert rows("select attempts from public.report_uploads") == [{"attempts": 0}]
    with worker:
        await until_done(wanted)
        await until_idle(rows)
    assert_whole(rows, sample.truth)


async def test_the_database_cuts_every_connection_in_mid_job(
    worker: WorkerProcess, database_url: str, upload: Any, until_done: Any, rows: Rows
) -> None:
    sample = make_report("experian", seed=1)
    wanted = await upload(sample.pdf)
    with worker:
        async with obstacle(database_url, "lock table public.tradelines in share mode") as run_into:
            await run_into()
            cut = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tribureau_worker'"
            assert len(rows(cut)) >= 3
        await until_done(wanted)
        await until_idle(rows)
        assert rows("select attempts from public.report_uploads") == [{"attempts": 1}]
    assert_whole(rows, sample.truth)


async def test_the_database_restarts_in_mid_job(tmp_path: Path, test_servers: TestServers) -> None:
    """A server of its own is stopped while a report is being kept, and started again."""
    folder = Path(tempfile.mkdtemp(prefix="restart-", dir=test_servers.folder.parent))
    ServerAccount.for_caller().own(folder)
    own = TestServers(folder)
    try:
        url = own.create_database(EMBEDDED)
        sample, user = make_report("experian", seed=1), UserId(uuid4())
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute("insert into auth.users (id, email) values (%s, 'a@example.org')", (user,))
        await _send(login_url(url, WEB, PASSWORD), tmp_path / "reports", user, sample.pdf)
        worker = WorkerProcess(login_url(url, WORKER, PASSWORD), tmp_path / "reports", tmp_path / "home")
        with worker:
            async with obstacle(url, "lock table public.tradelines in share mode") as run_into:
                await run_into()
                await asyncio.to_thread(own.running[EMBEDDED].stop)
            await asyncio.sleep(1)
            await asyncio.to_thread(own.running[EMBEDDED].start)
            look = looking(url)
            await until_idle(look)
        assert_whole(look, sample.truth)
    finally:
        own.stop()
        shutil.rmtree(folder)


async def _send(url: str, folder: Path, user: UserId, pdf: bytes) -> None:
    database = await open_database(url)
    sandbox = Sandbox(Limits(2**30, 60), max_pages=1000)
    parts = ReportParts(database, FolderReportStore(folder), MasterKey(b"k" * 32), sandbox, 2**20)
    await receive_report(parts, user, pdf, "report.pdf")
    await database.close()


def looking(url: str) -> Rows:
    def look(query: str) -> list[dict[str, Any]]:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            return connection.execute(query.encode()).fetchall()

    return look


async def test_a_part_that_is_away_costs_no_attempt(
    upload: Any, find: Any, worker_parts: ReportParts, user: Any, reports_folder: Path, rows: Rows
) -> None:
    wanted = await upload()

    class Away(FolderReportStore):
        async def get(self, path: str, keys: Keyring) -> bytes:
            raise Unavailable

    for _ in range(MOST_ATTEMPTS + 1):
        with pytest.raises(Unavailable):
            await process_report(replace(worker_parts, store=Away(reports_folder)), user, wanted)
    assert (await find(wanted))["processing_status"] == "pending"
    await process_report(worker_parts, user, wanted)
    assert (await find(wanted))["processing_status"] == "complete"


async def test_a_killed_reader_costs_an_attempt_and_is_tried_again(
    upload: Any, find: Any, worker_parts: ReportParts, sandbox: Sandbox, user: Any
) -> None:
    wanted = await upload()

    async def killed(*_: object, **__: object) -> None:
        raise ReaderKilled

    with patch.object(sandbox, "read", killed), pytest.raises(ReaderKilled):
        await process_report(worker_parts, user, wanted)
    assert (await find(wanted))["processing_status"] == "processing"
    await process_report(worker_parts, user, wanted)
    assert (await find(wanted))["processing_status"] == "complete"


async def test_a_file_that_is_gone_is_said(
    upload: Any, find: Any, worker_parts: ReportParts, user: Any, reports_folder: Path
) -> None:
    wanted = await upload()
    (reports_folder / str(user) / f"{wanted}.pdf").unlink()
    await process_report(worker_parts, user, wanted)
    failed = await find(wanted)
    assert (failed["error_code"], failed["error_hint"]) == ("damaged", "Upload the report again.")


async def test_the_worker_s_clock_and_the_queue_s_old_log(working: Any, database_url: str, rows: Rows) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "insert into queue.pgqueuer_log (job_id, status, entrypoint, priority, created, aggregated) "
            "select n, 'successful', 'process_report', 0, now() - n * interval '5 days', true "
            "from generate_series(0, 3) n"
        )
        async with working():
            while len(rows("select 1 from queue.pgqueuer_schedules")) < 3:
                await asyncio.sleep(0.05)
        connection.execute(statement("jobs.forget_old"))
    assert {row["entrypoint"] for row in rows("select entrypoint from queue.pgqueuer_schedules")} == {
        "sweep_deadlines",
        "sweep_reports",
        "tidy_queue",
    }
    assert len(rows("select 1 from queue.pgqueuer_log")) == 2


async def test_a_full_disk_is_said_and_leaves_nothing(
    web_parts: ReportParts, user: Any, rows: Rows, tmp_path: Path
) -> None:
    small = tmp_path / "small"
    _mount_small(small)
    try:
        parts = replace(web_parts, store=FolderReportStore(small / "reports"))
        with pytest.raises(Unavailable, match="could not be stored"):
            await receive_report(parts, user, b"%PDF-1.7" + b"0" * 200_000, "report.pdf")
        assert rows("select 1 from public.report_uploads") == []
        assert [path for path in small.rglob("*") if path.is_file()] == []
    finally:
        _unmount(small)


def _mount_small(folder: Path) -> None:
    folder.mkdir()
    command = ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=64k", "none", folder]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("Not tested: a full disk needs the right to mount a small one.")


def _unmount(folder: Path) -> None:
    subprocess.run(["/usr/bin/umount", folder], check=True)


async def test_the_sweep_takes_away_files_without_a_row_and_queues_uploads_without_a_job(
    web_parts: ReportParts, worker_parts: ReportParts, upload: Any, database_url: str, rows: Rows, user: Any
) -> None:
    kept, lost_row = await upload(), await upload(b"%PDF-1.7 other")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("delete from public.report_uploads where id = %s", (lost_row,))
        connection.execute("delete from queue.pgqueuer")
    assert await sweep_reports(worker_parts) == 0, "what is young is left alone"
    assert await sweep_reports(worker_parts, young=timedelta(0), quiet=timedelta(0)) == 2
    assert [path.stem async for path, _ in web_parts.store.files()] == [str(kept)]
    [job] = rows("select convert_from(payload, 'UTF8')::jsonb ->> 'upload_id' as id from queue.pgqueuer")
    assert job["id"] == str(kept)
    assert await sweep_reports(worker_parts, young=timedelta(0), quiet=timedelta(0)) == 0


async def test_one_users_trouble_keeps_the_sweep_from_nobody_else(
    web_parts: ReportParts,
    worker_parts: ReportParts,
    two_users: tuple[UserId, UserId],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for user in two_users:
        await receive_report(web_parts, user, make_report("experian", seed=1).pdf, "report.pdf")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("delete from public.report_uploads")
    first: list[str] = []
    delete = worker_parts.store.delete

    async def fails_for_the_first(path: str) -> None:
        first[:] = first or [path.partition("/")[0]]
        if path.startswith(first[0]):
            raise OSError
        await delete(path)

    monkeypatch.setattr(worker_parts.store, "delete", fails_for_the_first)
    assert await sweep_reports(worker_parts, young=timedelta(0), quiet=timedelta(0)) == 1
    assert [str(file.path).partition("/")[0] async for file in worker_parts.store.files()] == first


async def test_the_sweep_touches_nothing_that_belongs_to_another_database(
    web_parts: ReportParts, worker_parts: ReportParts, upload: Any, database_url: str, reports_folder: Path
) -> None:
    await upload()
    for name in ("notes.txt", "lost+found/0001.pdf", f"{uuid4()}/note.pdf"):
        (reports_folder / name).parent.mkdir(exist_ok=True)
        (reports_folder / name).touch()
    before = {path async for path, _ in web_parts.store.files()}
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("delete from public.report_uploads")
        connection.execute("delete from tribureau.user_keys")
    assert await sweep_reports(worker_parts, young=timedelta(0), quiet=timedelta(0)) == 0
    assert {path async for path, _ in web_parts.store.files()} == before
