"""`tribureau evaluate` on a folder that `write_samples` wrote, as users type it."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.functional.test_command_line import tribureau

from tribureau.samples import make_report, write_samples


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports that are read, a locked one, one cut off, a decoy."""
    folder = tmp_path_factory.mktemp("labelled")
    write_samples(folder, ["experian"], 3, seed=3, styles="A")
    write_samples(folder, ["creditkarma"], 1, seed=3, styles="A")
    hard: list[dict[str, Any]] = [{"locked_with": "00041"}, {"truncated": True}, {"decoy": True}]
    for seed, options in enumerate(hard, 9):
        sample = make_report("experian", seed=seed, accounts=3, **options)
        (folder / "pdf" / sample.file_name).write_bytes(sample.pdf)
        (folder / "truth" / f"{sample.file_name}.json").write_text(json.dumps(sample.truth))
    return folder


def test_the_figures_of_a_labelled_folder(folder: Path) -> None:
    done = tribureau("evaluate", "--json", folder)
    found = json.loads(done.stdout)

    assert done.returncode == 0, done.stderr
    assert found["slices"]["all"]["n_reports"] == 4
    assert found["slices"]["layout:experian"]["account_recall"] >= 0.99
    assert found["slices"]["text"]["negative_precision"] >= 0.99
    kinds = ("decoys", "locked", "truncated")
    assert found["special_files"] == {kind: {"n": 1, "right": 1} for kind in kinds}
    assert found["reliability"]["values"]["text"]["expected_calibration_error"] < 0.1


def test_the_tables_fit_a_terminal(folder: Path) -> None:
    done = tribureau("evaluate", folder, COLUMNS="80")

    assert done.returncode == 0, done.stderr
    assert "…" not in done.stdout
    assert "creditkarma/A" in done.stdout
    assert "expected calibration error" in done.stdout


def test_a_folder_without_truths_is_told(tmp_path: Path) -> None:
    done = tribureau("evaluate", tmp_path)
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "a.json").write_text('{"file": "a.pdf"}')
    halves = tribureau("evaluate", tmp_path)

    assert (done.returncode, halves.returncode) == (1, 1)
    assert "sample-report" in done.stderr or "nothing to measure" in done.stderr
    assert "lacks layout, style, tradelines, variant" in halves.stderr
