"""A copy of hundreds of files in little memory; a worker that is killed at it; files that can't be read any more."""

import asyncio
import base64
import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import pytest_asyncio
from tests.functional.account.test_export import PROOF, exported, until_made
from tests.functional.conftest import Site, working_with
from tests.worker_process import WorkerProcess

from tribureau.bootstrap import WorkerParts, open_worker
from tribureau.database.transactions import UserId
from tribureau.storage.keyring import Keyring
from tribureau.workflows.exporting import make_export as making
from tribureau.workflows.exporting.make_export import make_export
from tribureau.workflows.exporting.sealed_zip import PART_BYTES
from tribureau.workflows.exporting.sweep_exports import sweep_exports
from tribureau.workflows.report_parts import keys_of

ONE = 2**20


@pytest_asyncio.fixture
async def parts(site: Site) -> AsyncIterator[WorkerParts]:
    async with open_worker(site.settings) as opened:
        yield opened


async def keys(parts: WorkerParts, user: UserId) -> Keyring:
    async with parts.reports.database.as_worker_for(user) as transaction:
        return await keys_of(transaction, parts.reports.master_key, user)


async def asked(client: Any) -> UserId:
    """Who asks for an export; nobody works yet."""
    (await client.post("/api/v1/export", json=PROOF)).raise_for_status()
    return UserId(UUID((await client.get("/auth/v1/user")).json()["id"]))


def export_of(url: str) -> UUID:
    with psycopg.connect(url) as connection:
        [row] = connection.execute("select export_id from public.exports").fetchall()
        found: UUID = row[0]
        return found


async def test_hundreds_of_files_take_the_memory_of_a_few(site: Site, parts: WorkerParts, database_url: str) -> None:
    client = await site.somebody()
    user = await asked(client)
    ring = await keys(parts, user)
    content = os.urandom(ONE)
    for _ in range(200):
        await parts.reports.store.put(f"{user}/{uuid4()}.pdf", content, ring)
    tracemalloc.start()
    await make_export(parts.reports, user, export_of(database_url))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    made = (await client.get("/api/v1/export")).json()
    assert made["state"] == "ready" and made["size_bytes"] > 200 * ONE
    assert most < 40 * ONE, f"{most / ONE:.0f} MB for 200"
    seen = 0
    async with client.stream("POST", "/api/v1/export/download", json=PROOF) as answer:
        async for piece in answer.aiter_raw():
            seen += len(piece)
    assert seen == made["size_bytes"]
    assert all(path.stat().st_size <= PART_BYTES + 64 for path in site.settings.reports_folder.rglob("*.part"))


async def test_killed_at_it_another_worker_makes_it(
    site: Site, parts: WorkerParts, database_url: str, site_settings: Any, tmp_path: Path
) -> None:
    client = await site.somebody()
    user = await asked(client)
    ring = await keys(parts, user)
    for _ in range(5):
        await parts.reports.store.put(f"{user}/{uuid4()}.pdf", os.urandom(PART_BYTES), ring)
    worker = WorkerProcess(
        site_settings.worker_database_url.get_secret_value(), site_settings.reports_folder, tmp_path / "worker"
    )
    worker.master_key = _master_key(site_settings)
    with psycopg.connect(database_url) as holding:
        holding.execute("select 1 from public.exports for update")
        worker.start()
        await _until_somebody_waits(database_url)
        worker.kill()
    async with working_with(site_settings):
        made = await until_made(client)
    assert made["state"] == "ready"
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from public.exports").fetchone() == (1,)


def _master_key(settings: Any) -> bytes:
    return base64.b64decode((settings.secrets_folder / "master.key").read_text())


async def _until_somebody_waits(url: str) -> None:
    async with asyncio.timeout(60), await psycopg.AsyncConnection.connect(url, autocommit=True) as looking:
        while not await (await looking.execute("select 1 from pg_locks where not granted")).fetchone():
            await asyncio.sleep(0.05)


async def test_a_stop_waits_for_no_export_and_the_next_worker_makes_it(
    site: Site, site_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, write_files = asyncio.Event(), making.write_files

    async def endless(*_: object) -> list[dict[str, Any]]:
        begun.set()
        await asyncio.Event().wait()
        return []

    client = await site.somebody()
    await asked(client)
    monkeypatch.setattr(making, "write_files", endless)
    async with asyncio.timeout(60), working_with(site_settings):
        await begun.wait()
    monkeypatch.setattr(making, "write_files", write_files)
    async with working_with(site_settings):
        assert (await until_made(client))["state"] == "ready"


async def test_an_attempt_that_was_overtaken_finishes_nothing(
    site: Site, parts: WorkerParts, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker is slow, is taken for dead, and comes to its end after the second."""
    client = await site.somebody()
    user = await asked(client)
    export_id, write_files = export_of(database_url), making.write_files

    async def overtaken(*args: Any) -> list[dict[str, Any]]:
        monkeypatch.setattr(making, "write_files", write_files)
        await make_export(parts.reports, user, export_id)
        return await write_files(*args)

    monkeypatch.setattr(making, "write_files", overtaken)
    await make_export(parts.reports, user, export_id)
    assert [path.name for path in _parts(site)] == [f"{export_id}-{attempt}-00001.part" for attempt in (1, 2)]
    archive_of_second = (await client.post("/api/v1/export/download", json=PROOF)).content
    assert archive_of_second.startswith(b"PK")
    assert await sweep_exports(parts.reports) == 0, "what is young may be under way"
    assert await sweep_exports(parts.reports, young=timedelta(0)) == 1
    assert [path.name for path in _parts(site)] == [f"{export_id}-2-00001.part"]


async def test_cut_short_again_and_again_it_is_told(site: Site, parts: WorkerParts, database_url: str) -> None:
    client = await site.somebody()
    user = await asked(client)
    with psycopg.connect(database_url) as connection:
        connection.execute("update public.exports set state = 'working', attempts = 5")
    await make_export(parts.reports, user, export_of(database_url))
    failed = (await client.get("/api/v1/export")).json()
    assert (failed["state"], "again and again" in failed["progress_message"]) == ("failed", True)
    assert (await client.post("/api/v1/export", json=PROOF)).is_success


async def test_a_fault_of_ours_is_told_and_keeps_nobody_waiting(
    site: Site, site_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(making, "_write_about", stumble)
    client = await site.somebody()
    (await client.post("/api/v1/export", json=PROOF)).raise_for_status()
    async with working_with(site_settings):
        assert (await until_made(client))["state"] == "failed"


async def test_what_can_not_be_read_is_named_and_what_no_row_names_is_there(
    site: Site, worker: None, parts: WorkerParts, database_url: str
) -> None:
    client = await site.somebody()
    user = UserId(UUID((await client.get("/auth/v1/user")).json()["id"]))
    ring = await keys(parts, user)
    unnamed = uuid4()
    await parts.reports.store.put(f"{user}/{unnamed}.pdf", b"%PDF unnamed", ring)
    spoilt = site.settings.reports_folder / str(user) / f"{uuid4()}.pdf"
    spoilt.write_bytes(b"spoilt")
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into public.dispute_enclosures (user_id, kind, name, size_bytes, sha256) "
            "values (%s, 'identity', 'licence.jpg', 1, repeat('a', 64))", (user,),
        )  # fmt: skip
    archive = await exported(client)
    assert archive.read(f"other/{unnamed}.pdf") == b"%PDF unnamed"
    files = {file["path"]: file for file in json.loads(archive.read("export.json"))["files"]}
    missing = sorted(path for path, file in files.items() if file.get("missing"))
    assert [path.split("/")[0] for path in missing] == ["enclosures", "other"]
    assert all(path in archive.read("README.txt").decode() for path in missing)


def _parts(site: Site) -> list[Path]:
    return sorted(site.settings.reports_folder.rglob("*.part"))
