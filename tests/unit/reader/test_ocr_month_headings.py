"""Rows of months on scanned pages are rows of months again when dirt stands among them."""

import pytest

from tribureau.reader.ocr.month_headings import with_months_parted
from tribureau.reader.pages import Page, Word


def _mended(row: str) -> str:
    words: list[Word] = []
    x = 10.0
    for text in row.split():
        words.append(Word(text, x, 100, x + 5 * len(text), 108, 1))
        x = words[-1].x1 + 10
    parted = {id(word): parts for word, parts in with_months_parted(Page(1, 612, 792, words).lines)}
    return " ".join(part.text for word in words for part in parted.get(id(word), [word]))


@pytest.mark.parametrize(
    "row",
    [
        "Jul Aug Sep Oct Nov Dec '25 Feb",
        "Jul = Aug Sep_~— Oct Nov Dec '25 Feb",
        "Jul Ss Aug 9 Sep Oct Nov Dec «=25S Feb",
        "Jul Aug Sep-Oct Nov Dec 25 — Feb",
        'Jul Aug Sep Oct Nov Dec "25 Feb',
    ],
)
def test_dirt_goes_and_a_year_gets_its_apostrophe_back(row: str) -> None:
    assert _mended(row) == "Jul Aug Sep Oct Nov Dec '25 Feb"


def test_a_year_may_end_the_row() -> None:
    assert _mended("Jul Aug Sep Oct Nov Dec 25") == "Jul Aug Sep Oct Nov Dec '25"


@pytest.mark.parametrize("row", ["May = Jun", "Opened May = Jun Jul Aug Sep Oct Nov", "30 = 60 90 OK OK OK OK"])
def test_other_lines_are_left_alone(row: str) -> None:
    assert _mended(row) == row


def test_the_months_of_one_word_share_its_width() -> None:
    named = ("Jan", "Feb", "Mar", "Apr", "Sep")
    words = [Word(text, 40.0 * at, 100, 40.0 * at + 35, 108, 1) for at, text in enumerate(named)]
    words.append(Word("Oct-Nov", 200, 100, 270, 108, 1))
    ((_, parts),) = with_months_parted(Page(1, 612, 792, words).lines)
    assert [(part.text, part.x0, part.x1) for part in parts] == [("Oct", 200, 230), ("Nov", 240, 270)]
