"""Nothing is left of who leaves, wherever erasing is stopped and however they are deleted, but a signed tombstone."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import psycopg
import pytest
from tests.conftest import PASSWORD
from tests.integration.erasure.conftest import MASTER, Two

from tribureau import bootstrap
from tribureau.database.backup import backup
from tribureau.database.logins import WEB, WORKER
from tribureau.database.restore import restore
from tribureau.database.transactions import Transaction, UserId
from tribureau.domain.errors import Conflict, InvalidInput, NotAllowed, Unavailable
from tribureau.domain.tombstones import Tombstone
from tribureau.providers.identity.supabase_admin import SupabaseAdmin
from tribureau.storage.signing import SignatureCheck, Signer
from tribureau.workflows import delete_account as erasing
from tribureau.workflows.delete_account import (
    ErasingParts,
    ExportFirst,
    check_confirmation,
    delete_account,
    finish_erasures,
)
from tribureau.workflows.sweep_erased_files import sweep_erased_files
from tribureau.workflows.sweep_reports import sweep_reports

_COMMAND = (sys.executable, "-m", "tribureau", "user")
FINGERPRINT = bootstrap.key_fingerprint(MASTER)
LOGINS = {WEB: PASSWORD, WORKER: PASSWORD}


class Killed(BaseException):
    """The process ends here."""


async def erase(two: Two, **how: Any) -> None:
    await delete_account(two.erasing, two.leaving.user, "user", without_export=True, **how)


def assert_gone(two: Two, before: dict[str, int]) -> None:
    assert two.traces() == []
    assert set(two.rows_of(two.leaving.user).values()) == {0}
    assert two.rows_of(two.staying.user) == before
    assert len(list((two.reports / str(two.staying.user)).glob("*.pdf"))) == 3
    assert len(list((two.home / "mail").glob("*.eml"))) == 1


def assert_signed_tombstone(two: Two, asked_by: str | None = "user") -> None:
    [(user_hash, erased_at, by, asked_at, counts, key_id, signature)] = two.tombstones()
    assert (user_hash, by) == (sha256(str(two.leaving.user).encode()).digest(), asked_by)
    if asked_by:
        assert (counts["disputes"], counts["reports"], counts["letters"]) == (1, 1, 1)
        assert asked_at <= erased_at
    stone = Tombstone(user_hash, erased_at, by, asked_at, counts)
    check = SignatureCheck([Signer(MASTER).public_key])
    assert check(stone.statement(), signature, key_id) is True
    forged = Tombstone(user_hash, erased_at, by, asked_at, {"disputes": 0})
    assert check(forged.statement(), signature, key_id) is False


def test_what_is_tested_here_has_a_row_in_every_table(two: Two) -> None:
    rows = two.rows_of(two.leaving.user)
    closing = "identity.closing_accounts"  # filled by the erasing itself
    assert {table for table, count in rows.items() if count == 0} == {closing}


async def test_nothing_is_left_and_nobody_else_is_touched(two: Two) -> None:
    before = two.rows_of(two.staying.user)
    await erase(two)
    assert_gone(two, before)
    assert_signed_tombstone(two)


@pytest.mark.parametrize("done", range(len(erasing.STEPS) + 1))
async def test_stopped_between_any_two_steps_it_is_finished(
    two: Two, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    async def kill(*_: object) -> None:
        raise Killed

    before = two.rows_of(two.staying.user)
    with monkeypatch.context() as stopped, pytest.raises(Killed):
        stopped.setattr(erasing, "STEPS", (*erasing.STEPS[:done], kill))
        await erase(two)
    for _ in range(2):
        await finish_erasures(two.erasing)
        await sweep_erased_files(two.sweeping)
    assert_gone(two, before)
    assert_signed_tombstone(two)


@pytest.mark.parametrize("place", ["begin", "remove", "forget_mails", "a file"])
async def test_stopped_inside_a_step_it_is_finished(two: Two, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """What was begun is finished by the clock; where nothing was written down yet, nothing has happened."""
    before = two.rows_of(two.staying.user)
    with monkeypatch.context() as stopped, pytest.raises(Killed):
        _stop_inside(two, stopped, place)
        await erase(two)
    await finish_erasures(two.erasing)
    if place == "begin":
        assert two.rows_of(two.leaving.user)["public.disputes"] == 1
        await erase(two)
    assert_gone(two, before)
    assert_signed_tombstone(two)


@pytest.mark.parametrize("trouble", [psycopg.errors.DataError(), ValueError(), OSError()])
async def test_one_accounts_trouble_keeps_no_other_waiting(
    two: Two, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    both, finished = [two.leaving.user, two.staying.user], []

    async def finish(_: ErasingParts, user: UserId) -> None:
        if user == two.leaving.user:
            raise trouble
        finished.append(user)

    async def begun() -> list[UserId]:
        return both

    monkeypatch.setattr(two.erasing.accounts, "begun", begun)
    monkeypatch.setattr(erasing, "finish_erasure", finish)
    await finish_erasures(two.erasing)
    assert finished == [two.staying.user]


def _stop_inside(two: Two, patch: pytest.MonkeyPatch, place: str) -> None:
    if place == "a file":
        delete, seen = two.erasing.store.delete, []

        async def second_stops(path: str) -> None:
            seen.append(path)
            if len(seen) == 2:
                raise Killed
            await delete(path)

        patch.setattr(two.erasing.store, "delete", second_stops)
        return
    run = Transaction.run
    last = {"begin": "identity.shut", "remove": "identity.delete_user", "forget_mails": ""}[place]

    async def after_the_statement(self: Transaction, name: str, **parameters: object) -> int:
        touched = await run(self, name, **parameters)
        if name == last:
            raise Killed  # before the commit
        return touched

    async def stops(_address: str) -> int:
        raise Killed

    patch.setattr(Transaction, "run", after_the_statement)
    if place == "forget_mails":
        patch.setattr(two.identity.closing._mailbox, "forget", stops)


async def test_a_command_that_is_killed_is_finished_by_the_next(two: Two, web_url: str) -> None:
    """The kernel's kill, while the rows are going: a lock holds them until then."""
    before = two.rows_of(two.staying.user)
    environment = {
        "PATH": os.environ["PATH"],
        "TRIBUREAU_HOME": str(two.home),
        "TRIBUREAU_WEB_DATABASE_URL": web_url,
        "TRIBUREAU_MASTER_KEY": b64encode(bytes(range(32))).decode(),
    }
    await asyncio.to_thread(_kill_a_command, two, environment)
    await finish_erasures(two.erasing)
    assert_gone(two, before)
    assert_signed_tombstone(two, "operator")
    listed = await asyncio.to_thread(_listed, environment)
    assert "by the operator" in listed and "1 disputes" in listed and "\tsigned\t" in listed


def _kill_a_command(two: Two, environment: dict[str, str]) -> None:
    command = [*_COMMAND, "delete", "--yes", two.emails[two.leaving.user]]
    with psycopg.connect(two.url) as holding:
        holding.execute("lock table public.tradelines in share mode")
        process = subprocess.Popen(command, env=environment)
        with psycopg.connect(two.url, autocommit=True) as looking:
            deadline = time.monotonic() + 60
            while not looking.execute("select 1 from pg_locks where not granted").fetchone():
                assert time.monotonic() < deadline and process.poll() is None
                time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        holding.rollback()


def _listed(environment: dict[str, str]) -> str:
    return subprocess.run([*_COMMAND, "erased"], env=environment, capture_output=True, text=True, check=True).stdout


async def test_erasing_twice_at_once_leaves_one_tombstone(two: Two) -> None:
    before = two.rows_of(two.staying.user)
    results = await asyncio.gather(erase(two), erase(two), finish_erasures(two.erasing), return_exceptions=True)
    assert not [one for one in results if one and not isinstance(one, psycopg.errors.ForeignKeyViolation)], results
    assert_gone(two, before)
    assert_signed_tombstone(two)


async def test_who_was_deleted_elsewhere_loses_files_and_key_by_the_sweep(two: Two) -> None:
    before = two.rows_of(two.staying.user)
    two.delete_in_the_database()
    assert (two.reports / str(two.leaving.user)).exists()
    assert await sweep_reports(two.sweeping) == 0, "without the tombstone's word a folder of nobody is left alone"
    assert await sweep_erased_files(two.sweeping) == 1
    assert await sweep_erased_files(two.sweeping) == 0
    assert not (two.reports / str(two.leaving.user)).exists()
    assert set(two.rows_of(two.leaving.user).values()) == {0}
    assert two.rows_of(two.staying.user) == before
    await finish_erasures(two.erasing)
    assert_signed_tombstone(two, asked_by=None)


async def test_files_of_another_database_are_left_alone(two: Two) -> None:
    other = two.reports / "7c1f0f5e-4f0f-4a5e-9d53-8f1a5f3a7b11"
    other.mkdir()
    (other / "report.pdf").write_bytes(b"sealed")
    assert await sweep_erased_files(two.sweeping) == 0
    assert (other / "report.pdf").exists()


async def test_an_older_backup_does_not_bring_them_back(two: Two, empty_database_url: str) -> None:
    """Also where the database is lost right after the erasure, before any other backup."""
    made = backup(two.url, two.reports, two.erasing.backups, kept=3, key_fingerprint=FINGERPRINT)
    assert (made / "reports" / str(two.leaving.user)).exists()
    await erase(two)
    shutil.rmtree(two.reports)
    restore(made, empty_database_url, two.reports, key_fingerprint=FINGERPRINT, logins=LOGINS)
    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("select id from auth.users").fetchall() == [(two.staying.user,)]
    assert [path.name for path in two.reports.iterdir()] == [str(two.staying.user)]
    assert len(list((two.reports / str(two.staying.user)).iterdir())) == 3, "letters and proofs come back too"


async def test_without_a_copy_it_is_offered_first(two: Two) -> None:
    with psycopg.connect(two.url) as connection:
        connection.execute("delete from public.exports where user_id = %s", (two.leaving.user,))
    with pytest.raises(ExportFirst):
        await delete_account(two.erasing, two.leaving.user, "user", without_export=False)
    assert two.rows_of(two.leaving.user)["public.disputes"] == 1


async def test_what_must_be_over_first_hinders_it(two: Two) -> None:
    async def open_payment(transaction: Transaction) -> None:
        if await transaction.value("erasure.counts"):
            raise Conflict("A letter is paid and not mailed yet.", hint="Wait until it is mailed.")

    with pytest.raises(Conflict, match="paid and not mailed"):
        await erase(two, hindrances=(open_payment,))
    assert two.rows_of(two.leaving.user)["identity.closing_accounts"] == 0


@pytest.mark.parametrize("typed", ["", "yes", "delete", "delete my  accounts"])
def test_the_confirmation_is_typed(typed: str) -> None:
    with pytest.raises(InvalidInput):
        check_confirmation(typed)
    check_confirmation(" Delete  my account ")


@pytest.fixture
def supabase(two: Two) -> Iterator[tuple[str, list[str]]]:
    """A stand-in for Supabase Auth's admin API, over HTTP; which deletes as it does, or answers what it is told."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_DELETE(self) -> None:
            asked.append(f"{self.path} {self.headers['apikey']}")
            if len(asked) > 1:
                two.delete_in_the_database()
            self.send_response(200 if len(asked) > 1 else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Not to the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/auth/v1", asked
    server.shutdown()


async def test_an_account_of_supabase_is_deleted_there(two: Two, supabase: tuple[str, list[str]]) -> None:
    url, asked = supabase
    parts = two.with_supabase(SupabaseAdmin(url, "service key"))
    with pytest.raises(Unavailable):
        await delete_account(parts, two.leaving.user, "user", without_export=True)
    assert two.rows_of(two.leaving.user)["identity.closing_accounts"] == 1
    await finish_erasures(parts)
    assert asked == [f"/auth/v1/admin/users/{two.leaving.user} service key"] * 2
    assert set(two.rows_of(two.leaving.user).values()) == {0}
    assert not (two.reports / str(two.leaving.user)).exists()
    assert_signed_tombstone(two)


async def test_an_account_of_supabase_is_not_half_deleted(two: Two) -> None:
    with pytest.raises(NotAllowed, match="Supabase"):
        await delete_account(two.with_supabase(None), two.leaving.user, "user", without_export=True)
    assert two.rows_of(two.leaving.user)["public.disputes"] == 1
    assert (two.reports / str(two.leaving.user)).exists()
