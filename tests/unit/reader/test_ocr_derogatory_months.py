"""Scanned pages: a drawn tick that is read as a letter is no foreclosure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.ocr.derogatory_months import doubtful_months
from tribureau.reader.report import Box, Evidence
from tribureau.reader.scans import Scans

_SURE, _UNSURE = 0.95, 0.7


def _said(printed: str, confidence: float = _SURE) -> Evidence:
    return Evidence(1, Box(0, 0, 10, 10), printed, "label:Status", confidence)


def _months(cells: str, confidence: float = _SURE) -> dict[str, Evidence]:
    return {f"2025-{at:02d}": _said(cell, confidence) for at, cell in enumerate(cells.split(), 1)}


def _doubtful(cells: str, confidence: float = _SURE, **answers: str) -> list[str]:
    return list(doubtful_months({q: [_said(a)] for q, a in answers.items()}, _months(cells, confidence)))


@pytest.mark.parametrize("letter", ["F", "B", "g", "R", "V", "C", "FC", "BK"])
def test_a_letter_on_an_account_that_pays_as_agreed_is_no_month_of_loss(letter: str) -> None:
    assert _doubtful(f"✓ ✓ {letter} ✓", account_words="Pays as agreed") == ["2025-03"]


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("F", "Foreclosure"),
        ("B", "Included in Chapter 13"),
        ("RF", "Repossession"),
        ("CO", "Collection account"),
        ("C", "Charged off"),
        ("CO", "Discharged in bankruptcy"),
    ],
)
def test_an_unsure_letter_counts_where_the_status_explains_it(letter: str, words: str) -> None:
    assert not _doubtful(f"✓ 30 {letter} {letter} {letter}", _UNSURE, account_words=words)


def test_a_remark_or_the_type_explains_too() -> None:
    assert not _doubtful("✓ CO", _UNSURE, account_words="Closed", remarks="Charged off account")
    assert not _doubtful("✓ C", _UNSURE, account_words="Open", type_words="Collection agency")


def test_a_status_explains_only_its_own_kind() -> None:
    assert _doubtful("CO CO B CO", account_words="Charged off") == ["2025-03"]


def test_without_a_status_a_sure_and_rare_code_counts() -> None:
    assert not _doubtful("✓ ✓ 30 60 CO")
    assert _doubtful("✓ ✓ 30 60 CO", _UNSURE) == ["2025-05"]


def test_the_usual_mark_of_a_grid_is_its_tick() -> None:
    assert _doubtful("F F f F ✓") == ["2025-01", "2025-02", "2025-03", "2025-04"]


def test_an_account_of_a_page_with_text_keeps_its_months() -> None:
    account = PrintedAccount(
        _said("Harbor Card"), Bureau.EQUIFAX, {"account_words": [_said("Open")]}, _months("F F OK")
    )
    Scans("Tesseract", lambda pictures: iter(())).judge(account)
    assert [cell.printed for cell in account.months.values()] == ["F", "F", "OK"]


@given(st.lists(st.sampled_from(["✓", "-", "30", "60", "90", "120", "ND", "OK"]), min_size=1, max_size=12))
def test_late_and_paid_months_are_never_in_doubt(cells: list[str]) -> None:
    assert not _doubtful(" ".join(cells), 0.1, account_words="Pays as agreed")
