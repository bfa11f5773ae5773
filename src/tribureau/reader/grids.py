"""Payment histories: month grids read by the position of their cells, whatever way round they are printed.

Three shapes: year rows under month headings, month rows under year headings, and strips of dated months with one or
more rows beneath them. Cells belong to the column that they stand under, so a month drawn as a glyph, which the text
lacks, leaves its neighbours where they are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tribureau.reader.dates import full_year
from tribureau.reader.month_columns import Columns, Heading, Marks
from tribureau.reader.months import INITIALS, MonthLabel, dated, month_label
from tribureau.reader.pages import Line, Word
from tribureau.reader.report import Evidence
from tribureau.reader.vocabulary import month_code

_LEAST_HEADINGS: Final = 3
_WORDS_BEFORE_HEADINGS: Final = 3
_TOGETHER: Final = 0.55
"""Words closer than this many text heights belong to one cell."""
_CODES_IN_A_ROW: Final = 0.6


@dataclass(slots=True)
class GridRow:
    """`label` is what stands left of the first column; `cells` by YYYY-MM, with what is printed there."""

    label: str
    cells: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class MonthGrid:
    """Lines `first`..`last` (inclusive) of the lines it was found in. Year and month rows come merged into one row."""

    rows: list[GridRow]
    first: int
    last: int
    headings: list[Heading]


def find_grids(lines: Sequence[Line], marks: Marks = lambda _page: ()) -> list[MonthGrid]:
    """All month grids among the lines, in order. `marks` gives the small drawings of a page."""
    grids: list[MonthGrid] = []
    at = 0
    while at < len(lines):
        before = grids[-1] if grids and grids[-1].last == at - 1 else None
        headings = headings_of(lines[at], before) or _short_headings(lines, at)
        grid = _grid_under(lines, at, headings, marks) if headings else None
        if grid:
            grids.append(grid)
            at = grid.last + 1
        else:
            at += 1
    return grids


def headings_of(line: Line, before: MonthGrid | None = None) -> list[Heading]:
    """The month or year headings of a line that consists of them; empty for any other line.

    Fewer than three count only where they stand under the columns of a strip that ends right above.
    """
    if not any(month_label(word.text) for word in line.words[: _WORDS_BEFORE_HEADINGS + 1]):
        return _by_initials(line)
    headings: list[Heading] = []
    rest = list(_cells(line.words))
    for position, (text, x0, x1) in enumerate(rest):
        label = month_label(text)
        if label:
            headings.append(Heading(label, x0, x1))
        elif headings or position >= _WORDS_BEFORE_HEADINGS:
            return _by_initials(line)
    if len(headings) >= _LEAST_HEADINGS or (headings and before and _under(headings, before.headings)):
        return headings
    years = [h for h in headings if h.label.year and not h.label.month]
    return years if years and len(years) == len(rest) else []


def _short_headings(lines: Sequence[Line], at: int) -> list[Heading]:
    """One or two months that are headings because their years stand under them."""
    if len(lines[at].words) >= _LEAST_HEADINGS:
        return []
    labels = [(month_label(word.text), word) for word in lines[at].words]
    headings = [Heading(label, w.x0, w.x1) for label, w in labels if label and label.month and not label.year]
    if len(headings) != len(labels) or at + 1 >= len(lines):
        return []
    beneath = lines[at + 1]
    return headings if len(beneath.words) == len(headings) and _years_beneath(beneath, headings) else []


def _cells(words: Sequence[Word]) -> Iterator[tuple[str, float, float]]:
    """Words, a month and a year that stand together as one."""
    at = 0
    while at < len(words):
        word = words[at]
        follower = words[at + 1] if at + 1 < len(words) else None
        if follower and follower.x0 - word.x1 < _TOGETHER * word.size and _month_and_year(word.text, follower.text):
            yield f"{word.text} {follower.text}", word.x0, follower.x1
            at += 2
        else:
            yield word.text, word.x0, word.x1
            at += 1


def _month_and_year(first: str, second: str) -> bool:
    month, year = month_label(first), month_label(second)
    return bool(month and year and month.month and not month.year and year.year and not year.month)


def _by_initials(line: Line) -> list[Heading]:
    if not 12 <= len(line.words) <= 14:
        return []
    words = line.words[-12:]
    if "".join(w.text for w in words).upper() == INITIALS:
        return [Heading(MonthLabel(month, None), w.x0, w.x1) for month, w in enumerate(words, 1)]
    return []


def _under(headings: list[Heading], above: list[Heading]) -> bool:
    return all(any(min(abs(h.x0 - a.x0), abs(h.middle - a.middle)) < 4 for a in above) for h in headings)


def _grid_under(lines: Sequence[Line], at: int, headings: list[Heading], marks: Marks) -> MonthGrid | None:
    months_only = not any(h.label.year for h in headings)
    years_only = not any(h.label.month for h in headings)
    if months_only and at + 1 < len(lines) and _row_year(lines[at + 1]):
        beneath = lines[at + 1]
        if (len(headings) == 12 or not headings_of(beneath)) and not _years_beneath(beneath, headings):
            return _labelled_rows(lines, at, headings, marks, _BY_YEAR)
    if years_only:
        return _labelled_rows(lines, at, headings, marks, _BY_MONTH)
    return _strip(lines, at, headings, marks)


def _row_year(line: Line) -> int | None:
    label = month_label(line.words[0].text.rstrip(":"))
    return label.year if label and not label.month else None


def _row_month(line: Line) -> int | None:
    label = month_label(line.words[0].text.rstrip(":"))
    return label.month if label and not label.year else None


def _of_year_row(year: int, heading: Heading) -> str | None:
    return f"{year:04d}-{heading.label.month:02d}" if heading.label.month else None


def _of_month_row(month: int, heading: Heading) -> str | None:
    return f"{full_year(str(heading.label.year)):04d}-{month:02d}" if heading.label.year else None


class _Shape(NamedTuple):
    """What opens a row, and the month where a row meets a column."""

    row_of: Callable[[Line], int | None]
    month_of: Callable[[int, Heading], str | None]


_BY_YEAR: Final = _Shape(_row_year, _of_year_row)
_BY_MONTH: Final = _Shape(_row_month, _of_month_row)


def _labelled_rows(
    lines: Sequence[Line], at: int, headings: list[Heading], marks: Marks, shape: _Shape
) -> MonthGrid | None:
    rows: list[tuple[int, Line]] = []
    for line in lines[at + 1 :]:
        row = shape.row_of(line)
        if row is None or line.words[0].x1 > headings[0].x1:
            break
        rows.append((row, line))
    if not rows:
        return None
    columns = Columns(headings)
    columns.settle([w for _, line in rows for w in line.words[1:]])
    merged = GridRow("")
    for row, line in rows:
        for heading, cell in columns.cells(line.words[1:], line, marks):
            month = shape.month_of(row, heading)
            if month:
                merged.cells[month] = cell
    return MonthGrid([merged], at, at + len(rows), headings)


def _strip(lines: Sequence[Line], at: int, headings: list[Heading], marks: Marks) -> MonthGrid | None:
    last = at
    if at + 1 < len(lines):
        years = _years_beneath(lines[at + 1], headings)
        if years:
            headings, last = years, at + 1
    months = dated([h.label for h in headings])
    if not any(months):
        return None
    columns = Columns(headings)
    month_of = dict(zip(map(id, headings), months, strict=True))
    rows: list[GridRow] = []
    for line in lines[last + 1 :]:
        if headings_of(line, MonthGrid(rows, at, last, headings)):
            break
        row = _strip_row(line, columns, month_of, marks)
        if row is None:
            break
        last += 1
        rows.append(row)
    kept = _until_empty_after_codes(rows)
    return MonthGrid(kept, at, last - (len(rows) - len(kept)), headings) if kept else None


def _until_empty_after_codes(rows: list[GridRow]) -> list[GridRow]:
    """Without what follows an empty row under the last row of codes: text that only happens to stand in line."""
    filled = [at for at, row in enumerate(rows) if row.cells]
    coded = [at for at in filled if any(month_code(cell.printed) for cell in rows[at].cells.values())]
    last = (coded or filled or [-1])[-1]
    empty = next((at for at in range(last + 1, len(rows)) if not rows[at].cells), len(rows))
    return rows[:empty]


def _years_beneath(line: Line, headings: list[Heading]) -> list[Heading] | None:
    """The headings with the years of a second heading line, each under its month."""
    labels = [(month_label(w.text), w) for w in line.words]
    if not all(label and label.year and not label.month for label, _ in labels):
        labels = [(_short_year(w.text), w) for w in line.words]
        if len(labels) < len(headings) or not all(label for label, _ in labels):
            return None
    columns = Columns(headings)
    dated_headings = list(headings)
    for label, word in labels:
        index = columns.index(word.middle)
        if index is None or label is None:
            return None
        old = dated_headings[index]
        if min(abs(word.x0 - old.x0), abs(word.middle - old.middle)) > 0.3 * columns.pitch:
            return None
        dated_headings[index] = Heading(MonthLabel(old.label.month, label.year), old.x0, old.x1)
    return dated_headings


def _short_year(text: str) -> MonthLabel | None:
    return MonthLabel(None, full_year(text)) if len(text) == 2 and text.isdigit() else None


def _strip_row(line: Line, columns: Columns, month_of: dict[int, str | None], marks: Marks) -> GridRow | None:
    """The line as a row under the headings; None where it is something else."""
    edge = columns.headings[0].x0 - 0.25 * columns.pitch
    label = [s for s in line.segments if s.x0 < edge]
    cells = [s for s in line.segments if s.x0 >= edge]
    if len(label) > 1 or (label and label[0].x1 > columns.headings[0].x1):
        return None
    row = GridRow(" ".join(s.text for s in label))
    words = [w for s in cells for w in s.words]
    if words and words[-1].middle > columns.headings[-1].middle + columns.pitch:
        return None
    found = list(columns.cells(words, line, marks))
    if not _stands_under(columns, found, words, labelled=bool(label)):
        return None
    for heading, cell in found:
        month = month_of[id(heading)]
        if month:
            row.cells[month] = cell
    return row


def _stands_under(
    columns: Columns, found: list[tuple[Heading, Evidence]], words: list[Word], *, labelled: bool
) -> bool:
    """Whether the cells are a row of the table: most of them codes, or under a label and in line with the headings."""
    codes = sum(month_code(cell.printed) is not None for _, cell in found)
    if codes >= _CODES_IN_A_ROW * len(found) and len(found) >= _CODES_IN_A_ROW * len(words):
        return labelled or bool(found)
    in_line = sum(columns.in_line(heading, cell.box) for heading, cell in found)
    return labelled and in_line == len(found)
