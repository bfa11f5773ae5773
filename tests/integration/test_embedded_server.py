"""The embedded server comes up whatever happened before, and says what to do where it can't."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from tribureau.database.embedded import Cluster
from tribureau.database.server import MODEST, Server
from tribureau.database.server_account import ServerAccount, ServerError
from tribureau.database.server_processes import processes_in, wait_until_left

_LAUNCHER = """
import sys, time
from pathlib import Path
from tribureau.database.embedded import Cluster
cluster = Cluster(Path(sys.argv[1]), roots_folder=Path(sys.argv[2]))
print(cluster.start(), flush=True)
sys.stdin.readline()
cluster.stop()
"""


@pytest.fixture(scope="module")
def roots_folder() -> Iterator[Path]:
    """Where root's servers go; outside pytest's own folder, which only root may enter."""
    with tempfile.TemporaryDirectory(prefix="tribureau-tests-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path / "home"


@pytest.fixture
def cluster(home: Path, roots_folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(home, roots_folder=roots_folder)
    yield cluster
    _clean(Cluster(home, roots_folder=roots_folder))


def _clean(cluster: Cluster) -> None:
    server = cluster._server()
    if server.exists():
        server.stop()


def _launch(home: Path, roots_folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _LAUNCHER, str(home), str(roots_folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ready(launcher: "subprocess.Popen[str]") -> str:
    assert launcher.stdout is not None
    return launcher.stdout.readline().strip()


def _finish(launcher: "subprocess.Popen[str]") -> None:
    launcher.communicate("\n", timeout=60)
    assert launcher.returncode == 0


def _note(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists kept (note text)")
        connection.execute("insert into kept values (%s)", (text,))


def _notes(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select note from kept")]


def test_what_was_written_is_there_after_the_next_start(cluster: Cluster) -> None:
    _note(cluster.start(), "first")
    cluster.stop()
    assert cluster.running_url() is None
    assert _notes(cluster.start()) == ["first"]
    cluster.stop()


def test_it_asks_for_a_password_and_listens_on_no_port(cluster: Cluster) -> None:
    url = cluster.start()
    with psycopg.connect(url) as connection:
        settings = dict(connection.execute("select name, setting from pg_settings").fetchall())
        rules = connection.execute("select distinct auth_method from pg_hba_file_rules").fetchall()
    assert settings["listen_addresses"] == ""
    assert rules == [("scram-sha-256",)]
    assert stat.S_IMODE(Path(settings["unix_socket_directories"]).stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url, password="guessed")


def test_the_server_is_not_root_and_no_parent_folder_was_opened(cluster: Cluster, home: Path) -> None:
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in home.parents]
    cluster.start()
    postmaster = cluster._server().postmaster()
    assert Path(f"/proc/{postmaster}").stat().st_uid != 0
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in home.parents] == before
    assert stat.S_IMODE((home / "secrets" / "postgres.password").stat().st_mode) == 0o600


def test_it_recovers_after_all_its_processes_were_killed(cluster: Cluster) -> None:
    _note(cluster.start(), "before the crash")
    data = cluster._server().data
    for process in processes_in(data):
        with suppress(ProcessLookupError):  # the others end by themselves once the first is gone
            os.kill(process, signal.SIGKILL)
    assert wait_until_left(data, seconds=5)
    assert (data / "postmaster.pid").exists()
    assert _notes(cluster.start()) == ["before the crash"]


def test_it_recovers_while_a_busy_process_outlived_the_postmaster(cluster: Cluster) -> None:
    url = cluster.start()
    data = cluster._server().data
    with closing(psycopg.connect(url)) as connection:
        connection.pgconn.send_query(b"select count(*) from generate_series(1, 1000000000)")
        connection.pgconn.flush()
        time.sleep(0.3)
        os.kill(cluster._server().postmaster() or 0, signal.SIGKILL)
        time.sleep(0.3)
        assert processes_in(data), "the busy backend should still be there, or this test shows nothing"
        with psycopg.connect(cluster.start()) as after:
            assert after.execute("select 1").fetchone() == (1,)


def test_a_stale_pid_that_is_another_program_now_does_not_stop_it(cluster: Cluster) -> None:
    cluster.start()
    pid_file = cluster._server().data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    cluster.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert cluster.running_url() is None
    assert _answers(cluster.start())


def test_a_server_whose_launcher_was_killed_is_adopted_and_stopped(
    cluster: Cluster, home: Path, roots_folder: Path
) -> None:
    launcher = _launch(home, roots_folder)
    url = _ready(launcher)
    postmaster = cluster._server().postmaster()
    launcher.kill()
    launcher.wait()
    assert cluster.running_url() == url
    assert cluster.start() == url
    assert cluster._server().postmaster() == postmaster
    cluster.stop()
    assert cluster.running_url() is None


def test_two_starts_at_once_share_one_server_until_the_last_stops(
    cluster: Cluster, home: Path, roots_folder: Path
) -> None:
    first, second = _launch(home, roots_folder), _launch(home, roots_folder)
    assert _ready(first) == _ready(second) != ""
    _finish(first)
    assert cluster.running_url() is not None
    _finish(second)
    assert cluster.running_url() is None


def test_stop_leaves_a_server_that_it_did_not_start(cluster: Cluster, home: Path, roots_folder: Path) -> None:
    cluster.start()
    Cluster(home, roots_folder=roots_folder).stop()
    assert cluster.running_url() is not None


def test_a_database_of_another_version_is_refused_with_what_to_do(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    (cluster._server().data / "PG_VERSION").write_text("16\n")
    with pytest.raises(
        ServerError, match=r"made by PostgreSQL 16, this release brings PostgreSQL 18.*tribureau backup"
    ):
        cluster.start()


def test_a_first_start_that_was_killed_begins_anew(cluster: Cluster) -> None:
    server = cluster._server()
    server.account.make_folder(server.folder)
    half = server.folder / "draft-left" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert _answers(cluster.start())
    assert not half.exists()


def test_a_lost_password_is_replaced(cluster: Cluster, home: Path) -> None:
    _note(cluster.start(), "still here")
    (home / "secrets" / "postgres.password").unlink()
    assert _notes(cluster.start()) == ["still here"]


def test_another_installations_password_is_explained(cluster: Cluster, home: Path) -> None:
    cluster.start()
    (home / "secrets" / "postgres.password").write_text("of another home\n")
    with pytest.raises(ServerError, match="another password"):
        cluster.start()


def test_a_database_that_is_gone_is_not_silently_replaced_by_an_empty_one(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    data = cluster._server().data
    data.rename(data.with_name("elsewhere"))
    with pytest.raises(ServerError, match="nothing is there"):
        cluster.start()
    data.with_name("elsewhere").rename(data)
    assert _answers(cluster.start())


def test_a_long_path_does_not_exceed_what_a_socket_may_have(cluster: Cluster, roots_folder: Path) -> None:
    account = ServerAccount.for_caller()
    deep = roots_folder
    for part in ("a" * 60, "b" * 60):
        deep = account.make_folder(deep / part)
    server = Server(deep / "server", cluster._server().programs, account, MODEST | {"fsync": "off"})
    server.create("word", "--no-sync", "--locale=C")
    try:
        server.start()
        assert _answers(url := server.url("word"))
        assert "tribureau-socket-" in url
    finally:
        server.stop()


@pytest.mark.parametrize(("options", "sentence"), [("ro", "can't be read or written"), ("size=60m", "is full")])
def test_a_read_only_or_full_disk_is_named(options: str, sentence: str, roots_folder: Path) -> None:
    disk = roots_folder / f"disk-{options[:2]}"
    disk.mkdir()
    mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", f"mode=755,{options}", "none", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("Not tested: a read-only and a full disk, because only root may mount one.")
    try:
        with pytest.raises(ServerError, match=sentence):
            Cluster(disk / "home", roots_folder=disk / "postgres").start()
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)


def _answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("select 1").fetchone() == (1,)
