"""An SSN, an account number, a date of birth, a name and a street are planted wherever a person leaves them; then they
are looked for everywhere that is not sealed: in every table, in every file, in the logs at their most talkative."""

import asyncio
import base64
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest_asyncio
from tests.functional.account.lives import BORN, IN_GROUPS, NUMBER, SECRETS, SSN, STREET, lived
from tests.functional.account.test_export import exported
from tests.functional.conftest import Site, until_read

from tribureau.settings import Settings


@pytest_asyncio.fixture
async def processes(site_settings: Settings) -> AsyncIterator[Site]:
    """The site and the worker as they are run, each writing its log into the data folder."""
    assert site_settings.web_database_url and site_settings.worker_database_url
    environment = {
        "PATH": os.environ["PATH"],
        "TRIBUREAU_HOME": str(site_settings.home),
        "TRIBUREAU_PORT": str(site_settings.port),
        "TRIBUREAU_WEB_DATABASE_URL": site_settings.web_database_url.get_secret_value(),
        "TRIBUREAU_WORKER_DATABASE_URL": site_settings.worker_database_url.get_secret_value(),
        "TRIBUREAU_LOG_LEVEL": "debug",
    }
    running = []
    for command in ("serve", "worker"):
        with (site_settings.home / f"{command}.log").open("wb") as log:
            started = [sys.executable, "-m", "tribureau", command]
            running.append(await asyncio.create_subprocess_exec(*started, env=environment, stdout=log, stderr=log))
    site = Site(site_settings, [])
    await _until_it_answers(site.nobody())
    yield site
    for client in site.clients:
        await client.aclose()
    for process in running:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _until_it_answers(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(httpx.HTTPError):
                if (await client.get("/healthz")).is_success:
                    return
            await asyncio.sleep(0.1)


async def test_nothing_planted_is_found_in_clear(processes: Site, database_url: str) -> None:
    home = processes.settings.home
    life = await lived(await processes.somebody(), until_read)
    email = (await life.client.get("/auth/v1/user")).json()["email"]
    (await life.client.post("/auth/v1/recover", json={"email": email})).raise_for_status()
    await _refused(life.client)
    archive = await exported(life.client)

    opened = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".pdf"))
    assert STREET.encode() in opened and BORN.isoformat().encode() in opened, "the secrets were really there"
    assert NUMBER[-4:] in _numbers(database_url), "what may be kept is kept"
    assert _found_in_tables(database_url) == []
    assert {path.suffix for path in home.rglob("*")} >= {".pdf", ".part", ".eml", ".log"}
    assert "export_made" in (home / "worker.log").read_text(), "logs are written"
    assert _found_in_files(home) == []


async def _refused(client: httpx.AsyncClient) -> None:
    """Refusals quote what was sent more easily than answers do."""
    await client.put("/api/v1/profile", json={"name": SSN, "date_of_birth": SSN, "ssn_last4": NUMBER})
    await client.post("/api/v1/tradelines", json={"creditor_name": f"Bank {IN_GROUPS}", "bureau": SSN})
    await client.post("/auth/v1/token?grant_type=password", json={"email": "a@example.com", "password": SSN})
    await client.post("/api/v1/export", json={"current_password": SSN, "code": NUMBER})
    await client.request("DELETE", "/api/v1/account", json={"confirmation": SSN})


def _forms(secret: str) -> list[bytes]:
    """As text, in hexadecimal, and in base64 wherever it begins."""
    plain = secret.encode()
    encoded = [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [plain, plain.hex().encode(), *encoded]


def _found_in_tables(url: str) -> list[str]:
    """By the superuser, in every column of every table, bytes as they lie."""
    found = []
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p', 'm') and "
            "c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')"
        ).fetchall()
        assert len(tables) > 40
        for (table,) in tables:
            for row in connection.execute(f"select * from {table}".encode()):
                lying = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in row)
                found += [f"{table}: {one}" for one in SECRETS for form in _forms(one) if form in lying]
    return found


def _found_in_files(home: Path) -> list[str]:
    files = [path for path in home.rglob("*") if path.is_file()]
    return [f"{path}: {one}" for path in files for one in SECRETS for form in _forms(one) if form in path.read_bytes()]


def _numbers(url: str) -> str:
    with psycopg.connect(url) as connection:
        return str(connection.execute("select account_number from public.tradelines").fetchall())
