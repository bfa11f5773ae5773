"""What an engine mistakes is put right where a field's type leaves no other reading, and nowhere else."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.reader.dates import printed_date
from tribureau.reader.ocr.confusions import as_account_number, as_counts, as_date, as_money
from tribureau.reader.ocr.grid_cells import cell_name, with_cells_named
from tribureau.reader.pages import Page, Word
from tribureau.reader.values import account_number, money

MISREAD = {"0": "O", "1": "l", "5": "S", "8": "B"}


@given(st.integers(0, 999_999), st.sets(st.integers(0, 12)))
def test_an_amount_survives_letters_for_digits(dollars: int, where: set[int]) -> None:
    printed = f"${dollars:,}"
    seen = "".join(MISREAD.get(c, c) if at in where else c for at, c in enumerate(printed))
    assert money(as_money(seen)) == Decimal(dollars)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.sets(st.integers(0, 9)))
def test_a_date_survives_letters_for_digits(day: date, where: set[int]) -> None:
    seen = "".join(MISREAD.get(c, c) if at in where else c for at, c in enumerate(f"{day:%m/%d/%Y}"))
    read = printed_date(as_date(seen))
    assert read and read.day == day


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.sampled_from(("%b %d, %Y", "%b %d. %Y", "%b %d,%Y", "%b %Y")))
def test_a_named_month_keeps_its_date(day: date, form: str) -> None:
    read = printed_date(as_date(f"{day:{form}}"))
    assert read and (read.day.year, read.day.month) == (day.year, day.month)


@given(st.from_regex(r"[0-9]{4,10}\*{4,10}", fullmatch=True))
def test_a_clean_account_number_stays_as_it_is(number: str) -> None:
    assert as_account_number(number) == number


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ('43150075"***', "43150075****"),
        ("59559O****", "595590****"),
        ("*3O78", "*3078"),
        ("352148*+**«*", "352148******"),
    ],
)
def test_marks_beside_asterisks_are_asterisks(seen: str, printed: str) -> None:
    assert as_account_number(seen) == printed
    assert account_number(as_account_number(seen)) == account_number(printed)


@pytest.mark.parametrize("words", ["Open", "SOLD", "Paid as agreed", "Individual", "BILLS", "S", "-", ""])
def test_words_are_not_made_numbers(words: str) -> None:
    assert as_money(words) == words
    assert as_date(words) == words


def test_counts_of_late_payments() -> None:
    assert as_counts("l/O/2") == "1/0/2"
    assert as_counts("none") == "none"


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ("v", "✓"),
        ("¥", "✓"),
        ("Vv", "✓"),
        ("3O", "30"),
        ("C0", "CO"),
        ("=", "-"),
        ("OK", "OK"),
        ("120", "120"),
        ("RF", "RF"),
    ],
)
def test_cells_of_a_grid(seen: str, code: str) -> None:
    assert cell_name(seen) == code


def line(y: float, *texts: str) -> list[Word]:
    return [Word(text, 60.0 + 30 * at, y, 74.0 + 30 * at, y + 10, 1) for at, text in enumerate(texts)]


def test_only_rows_of_a_grid_are_touched() -> None:
    months = ("Year", "Jan", "Feb", "Mar", "Apr", "May", "Jun")
    words = [
        *line(100, "v", "is", "a", "letter"),
        *line(120, *months),
        *line(140, "2024", "v", "v", "¥", "V", "3O", "="),
        *line(160, "Paid", "v", "on", "time", "by", "the", "owner"),
    ]
    named = {(word.y0, word.text): text for word, text in with_cells_named(Page(1, 612, 792, words).lines)}
    assert named == {(140, "v"): "✓", (140, "¥"): "✓", (140, "V"): "✓", (140, "3O"): "30", (140, "="): "-"}


def test_a_lone_v_is_a_voluntary_surrender_where_months_are_printed_in_words() -> None:
    words = [*line(120, "Year", "Jan", "Feb", "Mar", "Apr"), *line(140, "2024", "OK", "OK", "OK", "V")]
    assert list(with_cells_named(Page(1, 612, 792, words).lines)) == []


@pytest.mark.parametrize(
    ("seen", "printed"), [("412712024", "4/27/2024"), ("1/2l/2024", "1/21/2024"), ("101512025", "10/5/2025")]
)
def test_slashes_may_be_read_as_ones(seen: str, printed: str) -> None:
    assert as_date(seen) == printed


@pytest.mark.parametrize("seen", ["«4286", "+4286", "* 4286"])
def test_a_single_asterisk_may_be_read_as_another_mark(seen: str) -> None:
    assert as_account_number(seen) == "*4286"
