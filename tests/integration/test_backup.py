"""A backup brings everything back with the key, nothing without it, and nobody who was erased."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tribureau import bootstrap
from tribureau.database import backup as backing_up
from tribureau.database import restore as restoring
from tribureau.database.backup import backup, backups
from tribureau.database.backup_manifest import BackupError, Manifest
from tribureau.database.logins import WEB, WORKER
from tribureau.database.restore import restore
from tribureau.domain.errors import Damaged
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import KeyMismatch, MasterKey
from tribureau.storage.reports import FolderReportStore

PASSWORDS = {WEB: "only-in-tests", WORKER: "only-in-tests"}
MASTER = MasterKey(bytes(range(32)))
FINGERPRINT = bootstrap.key_fingerprint(MASTER)
REPORT = b"%PDF-1.7 invented"
pytestmark = pytest.mark.postgresql15


class Site:
    """An installation with two users, each with a stored report."""

    def __init__(self, url: str, home: Path, files: Any) -> None:
        self.url, self.files = url, files
        self.reports, self.folder = home / "reports", home / "backups"
        self.store = FolderReportStore(self.reports)

    async def fill(self) -> None:
        for file in self.files:
            key, wrapped = MASTER.new_user_key(str(file.user), 1)
            with psycopg.connect(self.url) as connection:
                connection.execute(
                    "update tribureau.user_keys set wrapped_key = %s where user_id = %s", (wrapped, file.user)
                )
            await self.store.put(f"{file.user}/{file.upload}.pdf", REPORT, Keyring({1: key}))

    async def open_report(self, file: Any, master: MasterKey = MASTER) -> bytes:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(
                "select version, wrapped_key from tribureau.user_keys where user_id = %s", (file.user,)
            ).fetchone()
        assert row, "this user is gone"
        key = master.unwrap_user_key(row[1], str(file.user), row[0])
        return await self.store.get(f"{file.user}/{file.upload}.pdf", Keyring({row[0]: key}))

    def backup(self, kept: int = 7) -> Path:
        return backup(self.url, self.reports, self.folder, kept=kept, key_fingerprint=FINGERPRINT)

    def restore(self, source: Path, url: str = "", fingerprint: str = FINGERPRINT, **how: bool) -> Manifest:
        self.url = url or self.url
        return restore(source, self.url, self.reports, key_fingerprint=fingerprint, logins=PASSWORDS, **how)

    def users(self) -> set[Any]:
        with psycopg.connect(self.url) as connection:
            return {row[0] for row in connection.execute("select id from auth.users")}

    def erase(self, file: Any) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute("delete from auth.users where id = %s", (file.user,))
        shutil.rmtree(self.reports / str(file.user))


@pytest.fixture
async def site(database_url: str, tmp_path: Path, two_files: Any) -> Site:
    site = Site(database_url, tmp_path, two_files)
    await site.fill()
    return site


async def test_everything_comes_back_into_an_empty_database(
    site: Site, empty_database_url: str, schema: Callable[[str], str]
) -> None:
    made = site.backup()
    before, rows = schema(site.url), _rows(site.url)
    shutil.rmtree(site.reports)
    site.restore(made, empty_database_url)
    assert _plain(schema(empty_database_url)) == _plain(before)
    assert _rows(empty_database_url) == rows
    assert await site.open_report(site.files[0]) == REPORT


@pytest.mark.parametrize("target", [18, 15])
async def test_a_backup_moves_between_releases_of_postgresql(site: Site, test_servers: Any, target: int) -> None:
    rows, url = _rows(site.url), test_servers.create_database(target, migrated=False)
    try:
        site.restore(site.backup(), url)
        assert _rows(url) == rows
    finally:
        test_servers.drop_database(url)


@pytest.mark.parametrize("into", ["an empty database", "a copy of one that was migrated"])
async def test_nobody_makes_temporary_tables_in_what_was_restored(
    into: str, site: Site, empty_database_url: str
) -> None:
    """Neither a dump nor a copy holds the rights on the database itself."""
    url = empty_database_url if into == "an empty database" else site.url
    site.restore(site.backup(), url, replace=True)
    with psycopg.connect(url) as connection:
        for role in ("anon", "authenticated", WEB, WORKER):
            may = connection.execute("select has_database_privilege(%s, current_database(), 'temporary')", (role,))
            assert may.fetchone() == (False,), role


async def test_no_report_opens_without_the_master_key(site: Site, tmp_path: Path, empty_database_url: str) -> None:
    made = site.backup()
    site.restore(made, empty_database_url)
    with pytest.raises(KeyMismatch):
        await site.open_report(site.files[0], MasterKey(bytes(32)))
    everything = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    assert REPORT not in everything
    assert bytes(range(32)) not in everything
    with pytest.raises(Damaged):
        await site.store.get(f"{site.files[0].user}/{site.files[0].upload}.pdf", Keyring({1: bytes(32)}))


async def test_a_backup_of_another_key_is_refused_before_anything_changes(site: Site) -> None:
    made = site.backup()
    with pytest.raises(BackupError, match="another master key"):
        site.restore(made, fingerprint="of another", replace=True)
    assert await site.open_report(site.files[0]) == REPORT


def test_a_database_with_users_is_replaced_only_on_request(site: Site) -> None:
    made = site.backup()
    with psycopg.connect(site.url) as connection:
        connection.execute("update public.tradelines set balance = 999")
    with pytest.raises(BackupError, match=r"has users already.*--replace"):
        site.restore(made)
    assert _balances(site.url) == {999}
    site.restore(made, replace=True)
    assert _balances(site.url) == {120}


def test_a_restored_database_works_on(site: Site, web_url: str) -> None:
    site.restore(site.backup(), replace=True)
    with psycopg.connect(site.url) as connection:
        jobs = "select count(*) from queue.pgqueuer"
        (before,) = connection.execute(jobs).fetchone() or (0,)
        connection.execute(
            "insert into public.report_uploads (user_id, original_filename, file_size_bytes, file_hash) "
            "values (%s, 'new.pdf', 1, repeat('b', 64))", (site.files[0].user,),
        )  # fmt: skip
        assert connection.execute(jobs).fetchone() == (before + 1,)
    with psycopg.connect(web_url) as web:
        web.execute("set role authenticated")
        assert web.execute("select count(*) from public.tradelines").fetchone() == (0,)


async def test_who_was_erased_after_the_backup_stays_erased(site: Site) -> None:
    made = site.backup()
    site.erase(site.files[0])
    site.restore(made, replace=True)
    assert site.users() == {site.files[1].user}
    assert not (site.reports / str(site.files[0].user)).exists()
    assert await site.open_report(site.files[1]) == REPORT


def test_the_list_of_erasures_outlives_the_database(site: Site, empty_database_url: str) -> None:
    made = site.backup()
    site.erase(site.files[0])
    site.backup()
    site.restore(made, empty_database_url)
    assert site.users() == {site.files[1].user}
    assert str(site.files[0].user) not in (site.folder / ".erasures").read_text()


def test_old_backups_are_pruned(site: Site) -> None:
    made = [site.backup(kept=2) for _ in range(3)]
    assert backups(site.folder) == made[1:]
    assert sorted(entry.name for entry in site.folder.iterdir() if entry.name.startswith(".draft")) == []


def test_files_are_private(site: Site) -> None:
    made = site.backup()
    assert {oct(path.stat().st_mode & 0o077) for path in (made, made / "database.dump", site.folder)} == {"0o0"}


def test_a_backup_that_fails_leaves_the_earlier_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = site.backup()
    with pytest.raises(BackupError, match=r"can't be reached|failed"):
        backup(site.url + "x", site.reports, site.folder, kept=1, key_fingerprint=FINGERPRINT)
    assert backups(site.folder) == [earlier]
    Manifest.read(earlier).check(earlier)


def test_a_backup_that_is_killed_leaves_the_earlier_one(site: Site) -> None:
    earlier = site.backup()
    for seconds in (0.0, 0.05, 0.1, 0.2):
        maker = subprocess.Popen([sys.executable, "-c", _MAKER, site.url, str(site.reports), str(site.folder)],
                                 stdout=subprocess.PIPE, start_new_session=True)  # fmt: skip
        assert maker.stdout
        maker.stdout.readline()
        time.sleep(seconds)
        os.killpg(maker.pid, signal.SIGKILL)
        maker.communicate()
        for whole in backups(site.folder):
            Manifest.read(whole).check(whole)
        assert earlier in backups(site.folder)
    site.backup()
    assert not [entry for entry in site.folder.iterdir() if entry.name.startswith(".draft")]


_MAKER = """
import sys
from pathlib import Path
from tribureau.database.backup import backup
print("begins", flush=True)
backup(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), kept=7, key_fingerprint="any")
"""


def test_two_backups_at_once_are_not_made(site: Site) -> None:
    with backing_up._alone(site.folder), pytest.raises(BackupError, match="Another backup"):
        site.backup()


def test_a_damaged_backup_is_refused_before_anything_changes(site: Site) -> None:
    made = site.backup()
    stored = next((made / "reports").rglob("*.pdf"))
    content = stored.read_bytes()
    stored.unlink()
    stored.write_bytes(content[:-1] + b"x")
    with pytest.raises(BackupError, match=f"{stored.name} is missing or damaged"):
        site.restore(made, replace=True)
    assert len(site.users()) == 2
    with pytest.raises(BackupError, match="no backup of Tribureau"):
        site.restore(made / "reports", replace=True)


def test_a_restore_that_fails_leaves_the_database_as_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site.backup()
    dump = made / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-200])
    monkeypatch.setattr(Manifest, "check", lambda *_: None)
    before = _rows(site.url)
    with pytest.raises(BackupError, match=r"can't be read|restoring failed"):
        site.restore(made, replace=True)
    assert _rows(site.url) == before


def test_a_backup_of_a_newer_release_is_refused(site: Site) -> None:
    made = site.backup()
    manifest = made / "manifest.json"
    newest = Manifest.read(made).newest_migration
    manifest.write_text(manifest.read_text().replace(newest, "29990101000000"))
    with pytest.raises(BackupError, match="made by a newer Tribureau"):
        site.restore(made, replace=True)


def test_a_database_in_use_is_named_as_the_reason(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "_EMPTY", restoring._EMPTY.replace(b"10s", b"300ms"))
    made = site.backup()
    with psycopg.connect(site.url) as somebody:
        somebody.execute("select count(*) from public.tradelines")
        with pytest.raises(BackupError, match="Stop Tribureau and repeat"):
            site.restore(made, replace=True)


def test_users_of_supabase_are_left_to_supabases_backups(site: Site) -> None:
    with psycopg.connect(site.url) as connection:
        connection.execute("alter table auth.users owner to postgres")
    with pytest.raises(BackupError, match="belong to Supabase"):
        site.backup()


def _plain(schema: str) -> list[str]:
    """Its lines, without what PostgreSQL prints otherwise once it has read it back: casts, order of grants."""
    return sorted(re.sub(r"::(character varying|text)(\[\])?|[()]", "", schema).splitlines())


def _balances(url: str) -> set[int]:
    with psycopg.connect(url) as connection:
        return {int(row[0]) for row in connection.execute("select balance from public.tradelines")}


def _rows(url: str) -> dict[str, list[Any]]:
    """Every row of every table of ours."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace::regnamespace::text in "
            "('public', 'auth', 'identity', 'queue', 'tribureau') order by 1"
        ).fetchall()
        return {
            name: connection.execute(f"select t::text from {name} t order by 1".encode()).fetchall()
            for (name,) in tables
        }
