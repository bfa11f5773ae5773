"""Bureaus' answers on the command line: written as samples, read, measured."""

import json
import shutil
from pathlib import Path

import pytest
from tests.functional.test_command_line import tribureau


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    done = tribureau("sample-report", tmp_path, "--response", "--count", "9", "--seed", "61")
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_read_prints_answers_beside_the_reports(folder: Path) -> None:
    files = sorted((folder / "pdf").iterdir())
    done = tribureau("read", "--json", *files)
    found = json.loads(done.stdout)

    assert done.returncode == 0, "an answer is nothing that went wrong"
    assert [report["error"] for report in found["reports"]] == ["not_a_credit_report"] * 9, "for who scores reports"
    assert all(report["tradelines"] == [] and "response" not in report for report in found["reports"])
    for response, file in zip(found["responses"], files, strict=True):
        truth = json.loads((folder / "truth" / f"{file.stem}.json").read_text())["response"]
        assert response["file"] == file.name
        assert sorted(map(_outcome, response["items"])) == sorted(map(_outcome, truth["items"]))
        assert all(item["provenance"]["outcome"]["box"] for item in response["items"])


def _outcome(item: dict[str, str]) -> tuple[str, str]:
    return item["creditor_name"], item["outcome"]


def test_a_person_gets_a_table(folder: Path) -> None:
    file = next((folder / "pdf").glob("answer-experian-A-*"))
    done = tribureau("read", file)
    assert done.returncode == 0, done.stderr
    assert "an answer from Experian" in done.stdout
    assert "Outcome" in done.stdout


def test_evaluate_measures_answers_by_bureau(folder: Path) -> None:
    found = json.loads(tribureau("evaluate", "--json", folder).stdout)["answers"]
    assert {"all", "text", "bureau:Equifax", "bureau:Experian", "bureau:TransUnion"} <= set(found)
    assert found["all"]["n_letters"] == 9
    assert found["all"]["recognised"] == 1
    assert found["all"]["outcome_end_to_end"] >= 0.99
    shown = tribureau("evaluate", folder, COLUMNS="80")
    assert "Answers to disputes" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_scanned_answers_are_read(tmp_path: Path) -> None:
    if not shutil.which("tesseract"):
        pytest.skip("Not tested: scanned answers, because Tesseract is not installed.")
    assert not tribureau(
        "sample-report", tmp_path, "--response", "--scanned", "--count", "3", "--seed", "71"
    ).returncode
    found = json.loads(tribureau("evaluate", "--json", tmp_path).stdout)["answers"]
    assert found["scanned"]["recognised"] == 1
    assert found["scanned"]["outcome_end_to_end"] >= 0.75, "a handful of items: most of them"
