"""Strips and grids of months are read for what is printed, whatever an engine made of single words in them."""

import pytest

from tribureau.reader.ocr.mending import mended
from tribureau.reader.pages import Page, Word

PITCH = 22.0


def row(y: float, text: str, *, label: str = "") -> list[Word]:
    """Words at equal distances; `_` leaves a place empty."""
    words = [Word(label, 20.0, y, 20.0 + 4 * len(label), y + 7, 1)] if label else []
    for place, cell in enumerate(text.split()):
        if cell != "_":
            middle = 100 + place * PITCH
            words.append(Word(cell, middle - 1.7 * len(cell), y, middle + 1.7 * len(cell), y + 7, 1))
    return words


def read(*rows: list[Word]) -> list[str]:
    seen = [(word, 0.9) for words in rows for word in words]
    return [line.text for line in Page(1, 612, 792, [word for word, _ in mended(seen)]).lines]


def test_months_that_were_misread_are_named_by_their_neighbours() -> None:
    assert read(row(100, "Jul Aug 5ep Oct ov Dec 25 Feb _ Apr")) == ["Jul Aug Sep Oct Nov Dec '25 Feb Mar Apr"]


def test_years_beneath_change_with_january_whatever_a_few_of_them_look_like() -> None:
    months = row(100, "dec nov oct sep aug jul jun may apr mar feb jan dec nov")
    years = row(109, "25 '25 2S 25 $25 25 '2 25) 250 25 W 25 '24 M4")
    lines = read(months, years)
    assert lines[1] == " ".join(["'25"] * 12 + ["'24"] * 2)


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("cio clo C/O ClO CO GO cio", "CO CO CO CO CO CO CO"),
        ("RF RF RE RF RF RF RF", "RF RF RF RF RF RF RF"),
        ("OK OK % 60 90 120 15", "OK OK 30 60 90 120 150"),
        ("PP PP OPP OPP. PP PP PP", "PP PP PP PP PP PP PP"),
    ],
)
def test_codes_over_a_row_of_months(seen: str, printed: str) -> None:
    assert read(row(91, seen), row(100, "Jan Feb Mar Apr May Jun Jul"))[0] == printed


def test_a_cell_that_says_nothing_does_not_take_its_row_with_it() -> None:
    lines = read(row(100, "Jan Feb Mar Apr May Jun Jul"), row(109, "OK OK ?gx OK 30 60 90", label="Equifax"))
    assert lines[1] == "Equifax OK OK OK 30 60 90"


def test_totals_beneath_a_strip_stay_as_they_are() -> None:
    months, totals = row(100, "Jan Feb Mar Apr May Jun Jul"), row(118, "30: 1 60: 1 90: 0")
    assert read(months, row(109, "Days Late - 7 Year History"), totals)[2] == "30: 1 60: 1 90: 0"


def test_years_beside_the_rows_of_a_grid_follow_each_other() -> None:
    grid = [row(100, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", label="Year")]
    grid += [
        row(109 + 9 * at, "OK " * 12, label=label) for at, label in enumerate(("2026", "m5", "2028", "023", "2022"))
    ]
    assert [line.split()[0] for line in read(*grid)] == ["Year", "2026", "2025", "2024", "2023", "2022"]


def test_prose_with_months_in_it_is_no_strip() -> None:
    prose = row(100, "paid in Jan Feb and then in May of that year again Jun")
    assert read(prose) == ["paid in Jan Feb and then in May of that year again Jun"]


def test_specks_beside_bureaus_names_go_and_the_names_are_spelled_right() -> None:
    assert read(row(100, "TransUnion® _ — _ Experlan® _ a _ Equifaxe")) == ["TransUnion® Experian Equifax"]


def test_what_was_changed_is_less_sure() -> None:
    words = row(91, "cio OK OK OK OK OK OK") + row(100, "Jan Feb Mar Apr May Jun Jul")
    sure = {word.text: confidence for word, confidence in mended([(word, 0.9) for word in words])}
    assert sure["CO"] < sure["OK"] == sure["Jan"] == 0.9
