"""The commands that need no server, as users type them."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tribureau.samples import make_report

COMMAND = [sys.executable, "-P", "-m", "tribureau"]


def tribureau(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere", **settings}
    return subprocess.run(
        [*COMMAND, *map(str, words)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A report, one that is locked, one cut off, a bank statement, a text, an empty file, and one that is not there."""
    made = {
        "good.pdf": make_report("experian", seed=5).pdf,
        "locked.pdf": make_report("transunion", seed=6, locked_with="00041").pdf,
        "cut.pdf": make_report("equifax", seed=7, truncated=True).pdf,
        "statement.pdf": make_report("experian", seed=8, decoy=True).pdf,
        "text.pdf": b"dear bureau",
        "empty.pdf": b"",
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in [*made, "absent.pdf"]]


def test_read_gives_every_file_an_object_in_order_and_goes_on_after_a_bad_one(files: list[Path]) -> None:
    done = tribureau("read", "--json", *files)
    reports = json.loads(done.stdout)["reports"]

    assert done.returncode == 1
    assert [report["file"] for report in reports] == [file.name for file in files]
    assert [report["error"] for report in reports] == [
        None,
        "password_required",
        "damaged",
        "not_a_credit_report",
        "not_a_pdf",
        "empty_file",
        "not_found",
    ]
    assert reports[0]["tradelines"]
    assert all(report["message"] and report["hint"] for report in reports[1:])
    assert done.stderr == ""


def test_read_opens_a_locked_file_with_its_password(files: list[Path]) -> None:
    good, locked, *_ = files
    done = tribureau("read", "--json", "--password", "00041", good, locked)

    assert done.returncode == 0
    assert all(report["tradelines"] for report in json.loads(done.stdout)["reports"])
    assert json.loads(tribureau("read", "--json", "--password", "1", locked).stdout)["reports"][0]["error"] == (
        "wrong_password"
    )


def test_read_makes_a_line_for_each_account(files: list[Path]) -> None:
    accounts = json.loads(tribureau("read", "--json", files[0]).stdout)["reports"][0]["tradelines"]
    done = tribureau("read", "--csv", files[0], files[4])
    lines = list(csv.DictReader(io.StringIO(done.stdout)))

    assert done.returncode == 1
    assert [line["creditor_name"] for line in lines] == [account["creditor_name"] for account in accounts]
    assert "text.pdf: This file is not a PDF." in done.stderr


def test_read_prints_a_table_for_people(files: list[Path]) -> None:
    done = tribureau("read", files[0])

    assert done.returncode == 0
    assert "Creditor" in done.stdout
    assert "accounts, " in done.stdout


def test_sample_reports_are_files_that_read_reads(tmp_path: Path) -> None:
    made = tribureau("sample-report", tmp_path / "samples")
    paths = made.stdout.split()
    reports = json.loads(tribureau("read", "--json", *paths).stdout)["reports"]

    assert made.returncode == 0
    assert len(paths) == 4
    assert all(report["error"] is None for report in reports)


def test_samples_can_be_locked_or_cut_off(tmp_path: Path) -> None:
    locked = tribureau("sample-report", tmp_path / "a", "--family", "equifax", "--locked-with", "00041").stdout.split()
    cut = tribureau("sample-report", tmp_path / "b", "--family", "equifax", "--truncated").stdout.split()
    reports = json.loads(tribureau("read", "--json", *locked, *cut).stdout)["reports"]

    assert [report["error"] for report in reports] == ["password_required", "damaged"]


def test_an_unknown_family_is_answered_with_those_there_are(tmp_path: Path) -> None:
    done = tribureau("sample-report", tmp_path, "--family", "innovis")

    assert done.returncode == 1
    assert "There is no family «innovis». One of: experian" in done.stderr


def test_doctor_finds_a_fresh_machine_in_order(tmp_path: Path) -> None:
    done = tribureau("doctor", TRIBUREAU_HOME=str(tmp_path / "home"), TRIBUREAU_PORT="0")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "All that Tribureau needs is there." in done.stdout


def test_doctor_says_what_is_off_and_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("not a folder")
    done = tribureau(
        "doctor",
        TRIBUREAU_HOME=str(tmp_path / "home"),
        TRIBUREAU_PORT="0",
        TRIBUREAU_PROT="8001",
        TRIBUREAU_MAIL_FOLDER=str(tmp_path / "mail"),
        TRIBUREAU_DATABASE_URL="postgresql://someone:hush-hush@127.0.0.1:1/nowhere",
    )

    assert done.returncode == 1
    assert "TRIBUREAU_PROT is not a setting." in done.stdout
    assert "Did you mean TRIBUREAU_PORT?" in done.stdout
    assert "Correct TRIBUREAU_MAIL_FOLDER." in done.stdout
    assert "Check TRIBUREAU_DATABASE_URL" in done.stdout
    assert "hush-hush" not in done.stdout + done.stderr
    assert "2 to mend." in done.stdout


def test_doctor_sees_a_database_that_was_never_migrated(tmp_path: Path, empty_database_url: str) -> None:
    done = tribureau(
        "doctor", TRIBUREAU_HOME=str(tmp_path / "home"), TRIBUREAU_PORT="0", TRIBUREAU_DATABASE_URL=empty_database_url
    )

    assert done.returncode == 1
    assert "Run `tribureau migrate`." in done.stdout


def test_migrate_check_lists_what_is_missing_and_changes_nothing(tmp_path: Path, empty_database_url: str) -> None:
    settings = {"TRIBUREAU_HOME": str(tmp_path), "TRIBUREAU_DATABASE_URL": empty_database_url}
    first, second = (tribureau("migrate", "--check", **settings) for _ in range(2))

    assert first.returncode == 1
    assert "missing 20261122000100 roles_and_auth" in first.stdout
    assert second.stdout == first.stdout


def test_the_command_line_starts_quickly() -> None:
    heavy = {"fastapi", "psycopg", "pypdfium2", "pgqueuer", "typst"}
    code = "import sys, tribureau.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert heavy & set(loaded) == set()
