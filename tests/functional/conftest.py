"""The whole site over real HTTP: uvicorn, worker, PostgreSQL, encrypted folder; spoken to as a program speaks to it."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
import uvicorn
from argon2 import PasswordHasher
from starlette.routing import BaseRoute

from tribureau.bootstrap import open_web, open_worker
from tribureau.providers.identity import passwords
from tribureau.settings import Settings
from tribureau.web.app import create_app
from tribureau.worker.run import work

PASSWORD = "a long and quiet river"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Site:
    settings: Settings
    tls: ssl.SSLContext
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    async def somebody(self) -> httpx.AsyncClient:
        """A new user's program, signed up and holding its token."""
        client = self.nobody()
        account = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
        answer = await client.post("/auth/v1/signup", json=account)
        assert answer.is_success, answer.text
        session = answer.json()
        client.headers["Authorization"] = f"Bearer {session['access_token']}"
        return client

    def nobody(self) -> httpx.AsyncClient:
        """A program without a token."""
        client = httpx.AsyncClient(base_url=self.settings.site_url, timeout=60, verify=self.tls)
        self.clients.append(client)
        return client


@pytest.fixture
def site_settings(tmp_path: Path, web_url: str, worker_url: str) -> Settings:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return Settings(home=tmp_path, port=port, web_database_url=web_url, worker_database_url=worker_url)


@pytest.fixture(scope="session")
def routes() -> list[BaseRoute]:
    """Filled by the first site and taken over by the others: FastAPI takes half a second to build them."""
    return []


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """Nothing here is encrypted, but each client would read the certificates of this machine."""
    return ssl.create_default_context()


@pytest_asyncio.fixture
async def site(
    site_settings: Settings, routes: list[BaseRoute], tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Site]:
    """Without a worker: what is uploaded waits. Passwords are hashed cheaply."""
    monkeypatch.setattr(passwords, "PasswordHasher", lambda: CHEAP)
    app = create_app(site_settings, partial(open_web, site_settings))
    routes.extend([] if routes else app.router.routes)
    app.router.routes[:] = routes
    server = uvicorn.Server(uvicorn.Config(app, port=site_settings.port, log_config=None, timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    site = Site(site_settings, tls)
    yield site
    for client in site.clients:
        await client.aclose()
    server.should_exit = True
    await serving


@asynccontextmanager
async def working_with(settings: Settings) -> AsyncIterator[None]:
    """A worker for as long as the block lasts."""
    stopping = asyncio.Event()
    async with open_worker(settings) as parts:
        working = asyncio.create_task(work(parts, stopping))
        yield
        stopping.set()
        with suppress(asyncio.CancelledError):
            await working


@pytest_asyncio.fixture
async def worker(site_settings: Settings) -> AsyncIterator[None]:
    async with working_with(site_settings):
        yield


async def upload(client: httpx.AsyncClient, pdf: bytes, name: str = "report.pdf", **form: str) -> httpx.Response:
    return await client.post("/api/v1/report-uploads", files={"file": (name, pdf, "application/pdf")}, data=form)


async def until_read(client: httpx.AsyncClient, upload_id: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            found: dict[str, Any] = (await client.get(f"/api/v1/report-uploads/{upload_id}")).raise_for_status().json()
            if found["processing_status"] in ("complete", "failed"):
                return found
            await asyncio.sleep(0.05)
