"""What keeps Tribureau from starting is told in a sentence, with an exit code and without a traceback."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.launched import launched


def refusal(home: Path, **settings: str) -> str:
    """What it says; it must have ended by itself, with exit code 1 and no traceback."""
    with launched(home, **settings) as running:
        assert running.process.wait(60) == 1, running.said
        assert "Traceback" not in running.said
        return running.said


def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refusal(tmp_path / "home", TRIBUREAU_PORT=str(port))

    assert f"Port {port} of 127.0.0.1 is in use by another program" in said
    assert f"TRIBUREAU_PORT={port + 1}" in said


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")

    assert f"{tmp_path / 'home'} can't be used" in refusal(tmp_path / "home")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "none", place]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("Not tested with a full or read-only disk: mounting one takes root.")
    yield place
    subprocess.run(["/bin/umount", place], check=True)


def test_a_full_disk_is_named(small_disk: Path) -> None:
    said = refusal(small_disk / "home")

    assert f"The disk of {small_disk / 'home'} is full" in said
    assert "Make room" in said


def test_a_read_only_disk_is_named(small_disk: Path) -> None:
    (small_disk / "home").mkdir()
    subprocess.run(["/bin/mount", "-o", "remount,ro", small_disk], check=True)

    assert f"{small_disk / 'home'} can't be written: it is on a read-only disk" in refusal(small_disk / "home")


def test_a_database_of_a_newer_release_is_left_alone(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("insert into tribureau.migrations values ('29991231000000', 'from_the_future', 'x', now())")

    said = refusal(tmp_path / "home", TRIBUREAU_DATABASE_URL=database_url, TRIBUREAU_PORT="0")

    assert "was migrated by a newer Tribureau" in said
    assert "Install that release" in said


def test_a_database_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://someone:hush-hush@127.0.0.1:1/nowhere"

    said = refusal(tmp_path / "home", TRIBUREAU_DATABASE_URL=url)

    assert "The database can't be reached" in said
    assert "TRIBUREAU_DATABASE_URL" in said
    assert "hush-hush" not in said


def test_a_setting_that_can_not_be_used_is_named_without_its_value(tmp_path: Path) -> None:
    said = refusal(tmp_path / "home", TRIBUREAU_PORT="eighty")

    assert "TRIBUREAU_PORT can't be used" in said
    assert "eighty" not in said


def test_a_broken_master_key_is_named(tmp_path: Path) -> None:
    assert "master key" in refusal(tmp_path / "home", TRIBUREAU_MASTER_KEY="c2hvcnQ=").lower()


@pytest.mark.skipif(os.geteuid() != 0, reason="Tested as whoever runs the tests already.")
def test_an_ordinary_user_is_told_of_a_folder_that_is_closed_to_them(tmp_path: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    as_nobody = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    python = [sys.executable, "-P", "-m", "tribureau"]
    if not shutil.which("setpriv") or subprocess.run([*as_nobody, *python, "--help"], check=False).returncode != 0:
        pytest.skip(f"Not tested as an ordinary user: one can't run {sys.executable} here.")

    environment = {"PATH": os.environ["PATH"], "TRIBUREAU_HOME": str(closed / "home")}
    done = subprocess.run(
        [*as_nobody, *python, "run"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert "Make it writable, or name another folder in TRIBUREAU_HOME" in done.stderr
    assert "Traceback" not in done.stderr
