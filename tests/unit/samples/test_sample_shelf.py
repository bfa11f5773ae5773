"""The shelf for newcomers, and samples as files."""

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from tribureau.domain.errors import InvalidInput
from tribureau.samples import sample_reports, write_samples

TRI_MERGE = "jordan-avery-three-bureaus.pdf"


def negatives(tradelines: list[dict[str, object]]) -> set[tuple[object, object]]:
    return {(line["creditor_name"], line["bureau"]) for line in tradelines if line["is_negative"]}


def test_the_shelf_is_quick_and_always_the_same() -> None:
    began = perf_counter()
    first = sample_reports()
    assert perf_counter() - began < 2
    assert [report.pdf for report in first] == [report.pdf for report in sample_reports()]


def test_one_person_stands_in_all_four_reports(text_of: Callable[..., str]) -> None:
    assert all("JORDANAVERY" in text_of(report.pdf).upper() for report in sample_reports())


def test_the_three_single_reports_and_the_merged_one_tell_one_story() -> None:
    reports = {report.file_name: report.truth["tradelines"] for report in sample_reports()}
    merged = reports.pop(TRI_MERGE)
    single = [line for lines in reports.values() for line in lines]
    assert negatives(single) == negatives(merged)
    assert len(negatives(merged)) == 9
    facts = ("account_group", "bureau", "balance", "date_opened", "account_status")
    assert {tuple(line[f] for f in facts) for line in single} == {tuple(line[f] for f in facts) for line in merged}


def test_the_bureaus_disagree_about_the_sold_debt() -> None:
    merged = next(report for report in sample_reports() if report.file_name == TRI_MERGE)
    sold = {x["bureau"]: x["balance"] for x in merged.truth["tradelines"] if x["creditor_name"] == "HARBOR POINT BANK"}
    assert sold == {"TransUnion": 2874, "Experian": 0, "Equifax": 0}


def test_samples_are_written_with_their_truth(tmp_path: Path) -> None:
    told: list[Path] = []
    written = write_samples(tmp_path, ["equifax", "creditkarma"], 6, 40, hard_cases=True, on_written=told.append)
    assert written == told == sorted(set(written), key=written.index)
    assert len(written) == 6
    for pdf in written:
        truth = json.loads((tmp_path / "truth" / f"{pdf.stem}.json").read_text())
        assert truth["file"] == pdf.name
        assert pdf.read_bytes().startswith(b"%PDF-")


def test_an_unknown_family_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        write_samples(tmp_path, ["callcredit"])
    assert not list(tmp_path.rglob("*.pdf"))
