"""A few spoiled files of fixed seeds; `make soak ONLY=reader` tries thousands of new ones."""

import pytest
from tests.unit.reader.invariants import violation, violation_of_pages, violation_of_pdf
from tests.unit.reader.spoiled import spoiled_pages, spoiled_pdf, texts

from tribureau.reader.read import read_pages

VIOLATING_PDFS = (21165, 22258, 22265, 23130, 702933)
VIOLATING_PAGES = (20056, 20356, 20845, 20866, 22109, 22161, 22229, 22503, 23543)
"""Seeds that once, with the samples of then, gave a heading of the page before or numbers glued of what overlapped."""


@pytest.mark.parametrize("seed", [*range(60), *VIOLATING_PDFS])
def test_a_spoiled_pdf_is_read_or_refused(seed: int) -> None:
    assert violation_of_pdf(seed) is None


@pytest.mark.parametrize("seed", [*range(60), *VIOLATING_PAGES])
def test_spoiled_pages_give_only_what_is_printed_on_them(seed: int) -> None:
    assert violation_of_pages(seed) is None


def test_a_seed_repeats_its_file() -> None:
    assert spoiled_pdf(7) == spoiled_pdf(7)
    assert [page.words for page in spoiled_pages(7)] == [page.words for page in spoiled_pages(7)]


def test_a_value_that_is_not_printed_would_be_noticed() -> None:
    pages = texts()[0]
    report = read_pages(pages)
    assert violation(report, pages) is None

    source = report.tradelines[0].evidence["balance"]
    source.printed = "$8,765,432"
    assert "is not on page" in (violation(report, pages) or "")
    del report.tradelines[0].evidence["balance"]
    assert "has no source" in (violation(report, pages) or "")
