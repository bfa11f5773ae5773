"""A bureau's name that was read as one word with a code gives its strip back to the bureau."""

import pytest

from tribureau.reader.ocr.strip_labels import with_bureaus_named
from tribureau.reader.pages import Page, Word

_MONTHS = ("Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")


def _row(y: float, texts: tuple[str, ...], x: float = 43) -> list[Word]:
    return [Word(text, x + 22 * at, y, x + 22 * at + 9, y + 6, 1) for at, text in enumerate(texts)]


def _named(opening: Word, *, above: str = "TransUnion", codes: tuple[str, ...] = ("CO",) * 6) -> list[str]:
    width = {"TransUnion": 32.6, "Experian": 24.9}.get(above, 40)
    label = Word(above, 36, 92, 36 + width, 98, 1)
    words = [label, *_row(100, ("OK",) * 7), *_row(108, _MONTHS), opening, *_row(120, codes, 65), *_row(128, _MONTHS)]
    return [name for word, name in with_bureaus_named(Page(1, 612, 792, words).lines) if word is opening]


@pytest.mark.parametrize(("text", "right", "bureau"), [("laa", 61, "Experian"), ("eas", 57, "Equifax")])
def test_the_width_tells_the_bureau(text: str, right: float, bureau: str) -> None:
    assert _named(Word(text, 36, 120, right, 126, 1)) == [bureau]


@pytest.mark.parametrize("right", [45, 50, 65, 80])
def test_another_width_is_no_name(right: float) -> None:
    assert not _named(Word("eas", 36, 120, right, 126, 1))


def test_a_code_over_its_month_is_a_code() -> None:
    assert not _named(Word("CO", 43, 120, 64, 126, 1))


def test_the_bureau_that_was_just_named_is_not_named_again() -> None:
    assert not _named(Word("laa", 36, 120, 61, 126, 1), above="Experian")


def test_without_a_name_on_the_page_there_is_no_scale() -> None:
    assert not _named(Word("laa", 36, 120, 61, 126, 1), above="Two-Year")


def test_words_beside_are_no_codes() -> None:
    assert not _named(Word("laa", 36, 120, 61, 126, 1), codes=("CO", "CO", "CO", "pending", "CO", "CO"))
