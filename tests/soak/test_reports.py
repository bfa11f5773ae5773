"""Reports under fire: workers killed at random moments, connections cut, the same files sent again and reports deleted
meanwhile. Then peace, and everything must be whole: nothing doubled, half written or lost, one notification each."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.worker_process import WorkerProcess

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import TribureauError
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.samples import FAMILIES, SampleReport, make_report
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import FolderReportStore
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.receive_report import read_again, receive_report
from tribureau.workflows.report_parts import ReportParts

DEEDS_IN_A_ROUND = 40
SECONDS_TO_HEAL = 60.0


@dataclass
class Siege:
    """One round: what was sent, and what was done to it."""

    parts: ReportParts
    users: tuple[UserId, UserId]
    admin_url: str
    random: Random
    workers: list[WorkerProcess]
    sent: dict[UUID, tuple[UserId, int | None]] = field(default_factory=dict)
    """Upload to its owner and the number of tradelines that it has; None for one that is no report."""
    deeds: list[str] = field(default_factory=list)

    async def lay(self) -> None:
        for _ in range(DEEDS_IN_A_ROUND):
            deed = self.random.choice(
                [
                    self.send,
                    self.send,
                    self.send_twice_at_once,
                    self.kill,
                    self.kill,
                    self.cut,
                    self.ask_again,
                    self.delete,
                ]
            )
            self.deeds.append(deed.__name__)
            with suppress(psycopg.OperationalError, TribureauError):
                await deed()
            await asyncio.sleep(self.random.expovariate(8.0))

    async def send(self) -> None:
        for _ in range(self.random.randint(1, 4)):
            user, content, expected = self._some_file()
            received = await receive_report(self.parts, user, content, "report.pdf")
            self.sent[received.upload_id] = (user, expected)

    async def send_twice_at_once(self) -> None:
        user, content, expected = self._some_file()
        both = await asyncio.gather(*(receive_report(self.parts, user, content, "r.pdf") for _ in range(2)))
        assert both[0].upload_id == both[1].upload_id
        self.sent[both[0].upload_id] = (user, expected)

    async def kill(self) -> None:
        worker = self.random.choice(self.workers)
        worker.kill()
        worker.start()

    async def cut(self) -> None:
        """Every connection of every worker, as a restart of the database does."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and usename = 'tribureau_worker'"
            )

    async def ask_again(self) -> None:
        if self.sent:
            upload = self.random.choice(sorted(self.sent))
            await read_again(self.parts, self.sent[upload][0], upload)

    async def delete(self) -> None:
        if self.sent and self.random.random() < 0.4:
            upload = self.random.choice(sorted(self.sent))
            assert await delete_report(self.parts, self.sent.pop(upload)[0], upload)

    def _some_file(self) -> tuple[UserId, bytes, int | None]:
        """One of a few reports, downloaded anew four times out of five."""
        sample = self.random.choice(samples())
        again = b"" if self.random.random() < 0.2 else b"\n%% downloaded at %d\n" % self.random.randrange(10**9)
        expected = None if "decoy" in sample.truth["layout"] else len(sample.truth["tradelines"])
        return self.random.choice(self.users), sample.pdf + again, expected


@cache
def samples() -> list[SampleReport]:
    decoys = [make_report("experian", seed=seed, decoy=True) for seed in (1, 2)]
    return [make_report(family, seed=seed) for family in FAMILIES for seed in (1, 2)] + decoys


Look = Callable[..., list[dict[str, Any]]]


def looking(url: str) -> Look:
    def look(query: str) -> list[dict[str, Any]]:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            return connection.execute(query.encode()).fetchall()

    return look


async def heal(look: Look) -> None:
    waiting = "select 1 from public.report_uploads where processing_status in ('pending', 'processing')"
    async with asyncio.timeout(SECONDS_TO_HEAL):
        while look(waiting) or look("select 1 from queue.pgqueuer"):
            await asyncio.sleep(0.2)


def assert_whole(siege: Siege, look: Look, files: set[str]) -> None:
    uploads = {row["id"]: row for row in look("select * from public.report_uploads")}
    assert set(uploads) == set(siege.sent), "no upload lost, none doubled"
    assert files == {str(upload) for upload in uploads}, "a file for each upload"
    lines = {row["id"]: row["n"] for row in look(
        "select u.id, count(t.tradeline_id) as n from public.report_uploads u "
        "left join public.tradelines t on t.report_upload_id = u.id group by u.id")}  # fmt: skip
    for upload, (_, expected) in siege.sent.items():
        row = uploads[upload]
        if row["processing_status"] == "complete":
            assert lines[upload] == row["total_tradelines"] == expected, row
        else:
            assert lines[upload] == 0
            assert row["error_code"] == "interrupted" or expected is None, row
    no_account = "select 1 from public.tradelines where account_id is null"
    shown_twice = (
        "select 1 from public.tradelines group by user_id, account_id, report_upload_id, bureau having count(*) > 1"
    )
    for violation in (no_account, shown_twice):
        assert look(violation) == [], violation
    told = look("select deduplication_key, kind from public.notifications")
    assert len({row["deduplication_key"] for row in told}) == len(told)
    for upload in siege.sent:
        assert any(row["deduplication_key"].startswith(f"report:{upload}:") for row in told), "told of each"


async def test_reports(
    rounds: int, seed: int, web_database: Database, worker_url: str, database_url: str,
    two_users: tuple[UserId, UserId], tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    sandbox = Sandbox(Limits(2**30, 60), max_pages=1000)
    folder = tmp_path / "reports"
    store = FolderReportStore(folder)
    parts = ReportParts(web_database, store, MasterKey(b"k" * 32), sandbox, max_upload_bytes=10 * 2**20)
    look = looking(database_url)
    samples()
    for number in range(rounds):
        random = Random(seed + number)  # noqa: S311
        with capsys.disabled():
            print(f"\nround {number + 1} of {rounds}, seed {seed + number} ", end="", flush=True)  # noqa: T201
        workers = [WorkerProcess(worker_url, folder, tmp_path / f"home{n}").start() for n in range(2)]
        siege = Siege(parts, two_users, database_url, random, workers)
        try:
            await siege.lay()
            await heal(look)
            files = {path.stem async for path, _ in store.files()}
            assert_whole(siege, look, files)
        except BaseException:
            with capsys.disabled():
                print(f"violated: SEED={seed + number} ROUNDS=1 repeats it; {siege.deeds}")  # noqa: T201
            raise
        finally:
            for worker in workers:
                worker.kill()
        for upload, (user, _) in siege.sent.items():
            await delete_report(parts, user, upload)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("truncate public.accounts, public.notifications cascade")
        with capsys.disabled():
            print(f"{len(siege.sent)} reports whole after {siege.deeds.count('kill')} kills", end="")  # noqa: T201
    await sandbox.close()
