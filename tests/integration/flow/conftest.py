"""A report's way on real parts: database, encrypted folder, sandbox, queue, worker."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from tests.integration.flow.reader_in_test import Reader

from tribureau.bootstrap import WorkerParts
from tribureau.database.transactions import Database, UserId
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.samples import make_report
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import FolderReportStore
from tribureau.worker.run import work
from tribureau.workflows.process_report import process_report
from tribureau.workflows.receive_report import receive_report
from tribureau.workflows.report_parts import ReportParts

MEBIBYTE = 2**20
DONE = ("complete", "failed")
Upload = dict[str, Any]


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(Limits(1024 * MEBIBYTE, 60), max_pages=1000)
    yield sandbox
    await sandbox.close()


@pytest.fixture
def reports_folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def web_parts(web_database: Database, reports_folder: Path, sandbox: Sandbox) -> ReportParts:
    """The request's side."""
    return ReportParts(
        web_database, FolderReportStore(reports_folder), MasterKey(b"k" * 32), sandbox, max_upload_bytes=10 * MEBIBYTE
    )


@pytest.fixture
def worker_parts(web_parts: ReportParts, worker_database: Database) -> ReportParts:
    """The worker's side, over the same folder and keys."""
    return replace(web_parts, database=worker_database)


Working = Callable[[], AbstractAsyncContextManager[None]]


@pytest.fixture
def working(worker_parts: ReportParts, worker_url: str) -> Working:
    """A worker for as long as the block lasts."""

    @asynccontextmanager
    async def run() -> AsyncIterator[None]:
        stopping = asyncio.Event()
        worker = asyncio.create_task(work(WorkerParts(worker_parts, worker_url, 2, 15), stopping))
        try:
            yield
        finally:
            stopping.set()
            await worker

    return run


@pytest.fixture
def user(two_users: tuple[UserId, UserId]) -> UserId:
    return two_users[0]


Uploading = Callable[..., Awaitable[UUID]]


@pytest.fixture
def upload(web_parts: ReportParts, user: UserId) -> Uploading:
    async def receive(content: bytes | None = None, **options: Any) -> UUID:
        pdf = make_report("experian", seed=1).pdf if content is None else content
        return (await receive_report(web_parts, user, pdf, "report.pdf", **options)).upload_id

    return receive


Finding = Callable[[UUID], Awaitable[Upload]]


@pytest.fixture
def find(web_database: Database, user: UserId) -> Finding:
    async def read(upload_id: UUID) -> Upload:
        return (await web_database.read_as_user(user, "api.upload", id=upload_id))[0]

    return read


@pytest.fixture
def until_done(find: Finding) -> Finding:
    async def wait(upload_id: UUID, seconds: float = 30) -> Upload:
        async with asyncio.timeout(seconds):
            while (upload := await find(upload_id))["processing_status"] not in DONE:
                await asyncio.sleep(0.02)
        return upload

    return wait


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def read_now(worker_parts: ReportParts, reader: Reader, user: UserId) -> Callable[[UUID], Awaitable[None]]:
    """The worker's part, at once and with `reader`."""
    parts = replace(worker_parts, sandbox=reader)

    async def read(upload_id: UUID) -> None:
        await process_report(parts, user, upload_id)

    return read
