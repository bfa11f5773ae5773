"""Month grids: whatever way round they are printed, a cell belongs to the month that it stands under."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reader.drawn import document, words

from tribureau.reader.grids import find_grids
from tribureau.reader.pages import Line, Mark
from tribureau.reader.report import Box

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
CODES = ["OK", "30", "60", "90", "120", "CO", "C", "ND", "-"]
codes = st.sampled_from(CODES)
year_of_cells = st.lists(st.none() | codes, min_size=12, max_size=12)


def read(lines: list[Line]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for grid in find_grids(lines):
        for row in grid.rows:
            cells |= {month: cell.printed for month, cell in row.cells.items()}
    return cells


@given(st.lists(year_of_cells, min_size=1, max_size=4), st.floats(-0.25, 0.25), st.floats(24, 44))
def test_year_rows_with_missing_cells(years: list[list[str | None]], shift: float, pitch: float) -> None:
    columns = [100 + pitch * month for month in range(12)]
    rows = [[(x, name) for x, name in zip(columns, MONTHS, strict=True)]]
    expected = {}
    for back, cells in enumerate(years):
        rows.append([(40, str(2025 - back))])
        for month, code in enumerate(cells):
            if code:
                middle = columns[month] + 6 + shift * pitch
                rows[-1].append((middle - 2 * len(code), code))
                expected[f"{2025 - back}-{month + 1:02d}"] = code
    assert read(document(rows).lines) == expected


@given(st.lists(year_of_cells, min_size=2, max_size=5))
def test_month_rows_under_years(years: list[list[str | None]]) -> None:
    rows = [[(100 + 50 * at, str(2025 - at)) for at in range(len(years))]]
    expected = {}
    for month, name in enumerate(MONTHS):
        rows.append([(40, name)])
        for at, cells in enumerate(years):
            if code := cells[month]:
                rows[-1].append((102 + 50 * at, code))
                expected[f"{2025 - at}-{month + 1:02d}"] = code
    assert read(document(rows).lines) == expected


@given(st.lists(codes, min_size=3, max_size=24), st.integers(1, 12))
def test_a_strip_with_its_years_beneath(cells: list[str], first: int) -> None:
    months = [(2025 - (at + 12 - first) // 12, (first - 1 - at) % 12) for at in range(len(cells))]
    xs = [44 + 22 * at for at in range(len(cells))]
    rows = [
        [(x, MONTHS[month].lower()) for x, (_, month) in zip(xs, months, strict=True)],
        [(x, f"'{year % 100}") for x, (year, _) in zip(xs, months, strict=True)],
        [(x, code) for x, code in zip(xs, cells, strict=True)],
    ]
    expected = {f"{year}-{month + 1:02d}": code for (year, month), code in zip(months, cells, strict=True)}
    assert read(document(rows, pitch=9).lines) == expected


def test_only_the_labelled_rows_of_a_band_and_only_while_they_stand_in_line() -> None:
    lines = document(
        [
            [(100, "March 2025"), (170, "February 2025"), (240, "January 2025")],
            [(40, "Balance"), (100, "$10"), (170, "$20"), (240, "$30")],
            [(40, "Remarks")],
            [(40, "Rating"), (100, "OK"), (170, "30"), (240, "OK")],
            [(40, "NORTHGATE BANK 123456****")],
            [(40, "Address"), (189, "PO BOX 1, ELM, OH 11111")],
        ]
    ).lines
    [grid] = find_grids(lines)
    assert [row.label for row in grid.rows] == ["Balance", "Remarks", "Rating"]
    assert {m: c.printed for m, c in grid.rows[-1].cells.items()} == {"2025-03": "OK", "2025-02": "30", "2025-01": "OK"}
    assert grid.last == 3


def test_a_january_that_prints_its_year_dates_the_strip() -> None:
    lines = document(
        [[(40, "Nov"), (70, "Dec"), (100, "'25"), (130, "Feb")], [(40, "OK"), (70, "30"), (100, "60"), (130, "OK")]]
    ).lines
    assert read(lines) == {"2024-11": "OK", "2024-12": "30", "2025-01": "60", "2025-02": "OK"}


def test_drawn_months_fill_cells_that_print_nothing() -> None:
    drawn = document([[(100 + 34 * at, name) for at, name in enumerate(MONTHS)], [(40, "2025"), (168, "30")]])
    y = drawn.lines[1].box.y0
    marks = [
        Mark(Box(100, y, 106, y + 6), "OK"),
        Mark(Box(134, y, 140, y + 6), "ND"),
        Mark(Box(168, y, 174, y + 6), "OK"),
        Mark(Box(202, y, 208, y + 6), None),
    ]
    [grid] = find_grids(drawn.lines, lambda _page: marks)
    assert {m: c.printed for m, c in grid.rows[0].cells.items()} == {"2025-01": "OK", "2025-02": "ND", "2025-03": "30"}


def test_prose_that_names_months_is_no_grid() -> None:
    lines = [Line(tuple(words(40, 100, "May Mar and Apr were late, as June was", 1)))]
    assert find_grids(lines) == []
