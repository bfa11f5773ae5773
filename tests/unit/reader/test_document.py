"""What stands apart from a report's text: headers and footers, and nothing of its tables."""

from tests.unit.reader.drawn import document


def page(number: int, *rows: str) -> list[tuple[float, list[tuple[float, str]]]]:
    head, foot = (15.0, [(36.0, "Prepared For DANA ROWE")]), (767.0, [(540.0, f"Page {number} of 3")])
    return [head, *((60.0 + 14 * at, [(36.0, row)]) for at, row in enumerate(rows)), foot]


def test_headers_and_page_numbers_stand_apart() -> None:
    drawn = document(page(1, "Accounts", "A"), page(2, "B"), page(3, "C"))
    assert [line.text for line in drawn.lines] == ["Accounts", "A", "B", "C"]
    assert len(drawn.furniture) == 6


def test_what_stands_at_the_same_height_on_two_of_three_pages_stays() -> None:
    drawn = document(
        [(30.0, [(36.0, "NORTHGATE BANK")])], [(30.0, [(36.0, "NORTHGATE BANK")])], [(30.0, [(36.0, "Inquiries")])]
    )
    assert drawn.furniture == []


def test_the_months_over_a_grid_stay_on_every_page() -> None:
    months = [(60.0 + 30 * at, name) for at, name in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun"])]
    drawn = document([(20.0, months)], [(20.0, months)], [(20.0, months)])
    assert len(drawn.lines) == 3


def test_a_year_alone_at_the_foot_of_a_page_is_no_page_number() -> None:
    drawn = document([(740.0, [(36.0, "2021")]), (767.0, [(540.0, "12")])])
    assert [line.text for line in drawn.lines] == ["2021"]
