"""The database that a launcher runs on: the embedded one, kept alive here, or one that a setting names."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tribureau import bootstrap
from tribureau.database.embedded import Cluster
from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.database.migrate import migrate
from tribureau.database.operation import keep_mode
from tribureau.settings import Settings


class LaunchedDatabase(Protocol):
    def start(self) -> str:
        """The administrator's URL, once the server answers."""

    def lost(self) -> bool:
        """Whether it has to be started again."""

    def stop(self) -> None: ...


class EmbeddedDatabase:
    def __init__(self, settings: Settings) -> None:
        self._cluster = Cluster(settings.home)

    def start(self) -> str:
        return self._cluster.start()

    def lost(self) -> bool:
        return self._cluster.running_url() is None

    def stop(self) -> None:
        self._cluster.stop()


class NamedDatabase:
    """Somebody else keeps it; our processes wait for it and reconnect by themselves."""

    def __init__(self, url: str) -> None:
        self._url = url

    def start(self) -> str:
        return self._url

    def lost(self) -> bool:
        return False

    def stop(self) -> None: ...


def database_for(settings: Settings) -> LaunchedDatabase:
    if settings.database_url:
        return NamedDatabase(settings.database_url.get_secret_value())
    return EmbeddedDatabase(settings)


@contextmanager
def administrators_database(settings: Settings) -> Iterator[str]:
    """The administrator's URL; the embedded server runs for this only, unless a launcher runs it already."""
    database = database_for(settings)
    try:
        yield database.start()
    finally:
        database.stop()


def login_settings(settings: Settings, url: str) -> dict[str, dict[str, str]]:
    """Brings the database at `url` to this release; the environment of `serve` and of `worker` that names it."""
    passwords = bootstrap.login_passwords(bootstrap.master_key(settings))
    migrate(url, passwords)
    keep_mode(url, settings.mode)
    named = {
        "serve": ("TRIBUREAU_WEB_DATABASE_URL", WEB, settings.web_database_url),
        "worker": ("TRIBUREAU_WORKER_DATABASE_URL", WORKER, settings.worker_database_url),
    }
    return {
        verb: {name: own.get_secret_value() if own else login_url(url, role, passwords[role])}
        for verb, (name, role, own) in named.items()
    }
