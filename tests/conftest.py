"""Real PostgreSQL for every test that wants one: a server for the session, a fresh database for each test.

`database_url` is the administrator's; `web_database` and `worker_database` are pools under the logins that the site
and the worker use. A test marked `postgresql15` runs on the embedded release and on PostgreSQL 15 as well.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tribureau.database.embedded import LOCALE, ROOTS_FOLDER, make_public
from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.database.migrate import migrate
from tribureau.database.server import MODEST, Server
from tribureau.database.server_account import ServerAccount
from tribureau.database.server_programs import embedded_programs, programs_copied_into
from tribureau.database.transactions import Database, UserId, open_database

settings.register_profile("no_clock", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no_clock")

PASSWORD = "only-in-tests"
_ROOM_BYTES = 2 * 1024**3
EMBEDDED = 18
_POSTGRESQL15 = Path(os.environ.get("TRIBUREAU_TEST_POSTGRESQL15") or "/usr/lib/postgresql/15/bin")
_LOCALES = {EMBEDDED: LOCALE, 15: ("--locale=C.UTF-8",)}
_HASTE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "150"}


@dataclass
class TestServers:
    """Servers of the releases that tests ask for, each started once, with a migrated database to copy."""

    __test__ = False
    folder: Path
    running: dict[int, Server] = field(default_factory=dict)

    def url(self, release: int, database: str) -> str:
        if release not in self.running:
            self._start(release)
        return self.running[release].url(PASSWORD, database)

    def create_database(self, release: int, *, migrated: bool = True) -> str:
        """The URL of a new database."""
        name = f"test_{secrets.token_hex(6)}"
        template = sql.Identifier("migrated" if migrated else "template0")
        with psycopg.connect(self.url(release, "postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("create database {} template {} strategy file_copy").format(sql.Identifier(name), template)
            )
        return self.url(release, name)

    def drop_database(self, url: str) -> None:
        parts = conninfo_to_dict(url)
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(str(parts["dbname"]))))

    def stop(self) -> None:
        for server in self.running.values():
            server.stop()

    def _start(self, release: int) -> None:
        server = Server(self.folder / str(release), _programs(release), _account(), MODEST | _HASTE)
        server.create(PASSWORD, "--no-sync", *_LOCALES[release])
        server.start()
        self.running[release] = server
        with psycopg.connect(self.url(release, "postgres"), autocommit=True) as connection:
            connection.execute("create database migrated")
        migrate(self.url(release, "migrated"), {WEB: PASSWORD, WORKER: PASSWORD})


def _quick_folder() -> Path:
    """Memory where there is enough of it: copying a database there takes a tenth of the time."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_BYTES else Path("/tmp")


def _clear_after_killed_sessions(where: Path) -> None:
    for folder in where.glob("tribureau-tests-*-*"):
        with suppress(FileNotFoundError):  # another worker of this session is as quick
            if not Path(f"/proc/{folder.name.split('-')[2]}").exists() and folder.stat().st_uid == _account().uid:
                for release in folder.iterdir():
                    Server(release, _programs(int(release.name)), _account()).stop()
                shutil.rmtree(folder, ignore_errors=True)


def _account() -> ServerAccount:
    return ServerAccount.for_caller()


def _programs(release: int) -> Path:
    if release == EMBEDDED:
        if not _account().is_another:
            return embedded_programs()
        make_public(ROOTS_FOLDER)
        return programs_copied_into(ROOTS_FOLDER / "programs")
    if not (_POSTGRESQL15 / "postgres").exists():
        pytest.skip(
            "Not tested on PostgreSQL 15: install Debian's postgresql-15, or name its programs' folder in "
            "TRIBUREAU_TEST_POSTGRESQL15."
        )
    return _POSTGRESQL15


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("postgresql15") and "postgresql" in metafunc.fixturenames:
        metafunc.parametrize("postgresql", [EMBEDDED, 15], ids=lambda release: f"PostgreSQL {release}", indirect=True)


@pytest.fixture(scope="session")
def test_servers() -> Iterator[TestServers]:
    _clear_after_killed_sessions(_quick_folder())
    folder = Path(tempfile.mkdtemp(prefix=f"tribureau-tests-{os.getpid()}-", dir=_quick_folder()))
    _account().own(folder)
    servers = TestServers(folder)
    try:
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(folder)


@pytest.fixture
def postgresql(request: pytest.FixtureRequest) -> int:
    """The release that this test runs on."""
    return int(getattr(request, "param", EMBEDDED))


@pytest.fixture
def database_url(test_servers: TestServers, postgresql: int) -> Iterator[str]:
    """A fresh, migrated database, as its administrator."""
    url = test_servers.create_database(postgresql)
    yield url
    test_servers.drop_database(url)


@pytest.fixture
def empty_database_url(test_servers: TestServers, postgresql: int) -> Iterator[str]:
    """A fresh database that nothing was migrated in."""
    url = test_servers.create_database(postgresql, migrated=False)
    yield url
    test_servers.drop_database(url)


@pytest.fixture
def web_url(database_url: str) -> str:
    return login_url(database_url, WEB, PASSWORD)


@pytest.fixture
def worker_url(database_url: str) -> str:
    return login_url(database_url, WORKER, PASSWORD)


@pytest_asyncio.fixture
async def web_database(web_url: str) -> AsyncIterator[Database]:
    database = await open_database(web_url, largest_pool=4)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def worker_database(worker_url: str) -> AsyncIterator[Database]:
    database = await open_database(worker_url, largest_pool=4)
    yield database
    await database.close()


@pytest.fixture
def two_users(database_url: str) -> tuple[UserId, UserId]:
    """Two people who signed up."""
    users = uuid4(), uuid4()
    with psycopg.connect(database_url, autocommit=True) as connection:
        for number, user in enumerate(users):
            _sign_up(connection, user, f"person{number}@example.org")
    return UserId(users[0]), UserId(users[1])


def _sign_up(connection: psycopg.Connection, user: UUID, email: str) -> None:
    connection.execute("insert into auth.users (id, email, email_confirmed_at) values (%s, %s, now())", (user, email))
