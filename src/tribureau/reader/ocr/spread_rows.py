"""The rows of a page laid out anew, further apart and their cells closer together, as engines read best.

Month strips stand so close that an engine takes two rows for one, and dirt in the wide gaps of a table is read as
letters. A row is cut out wherever a level line of white crosses the page, so this needs a page that is set straight.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi
from statistics import median
from typing import Final, NamedTuple

from PIL import Image

from tribureau.reader.ocr.words import Picture, SeenWord

_INK: Final = 170
_DIRT: Final = 1.5
"""Dark pixels of a row up to which it is blank."""
_APART: Final = 16
"""Pixels of white above and below a row. A page with more rows than fit so is a pattern, and is shown as it is."""
_GAP, _STRIP_GAP = 56, 22
"""Pixels between cells; in a row of many cells engines see things in gaps that are wider."""
_MANY_CELLS: Final = 8
_TWO_ROWS: Final = 1.2
"""So many times as high as most rows is a row of a strip that is two."""
_TAILS: Final = 0.5
"""Of the ink of the fullest row of pixels: what the tails of a few letters leave between two rows."""
_NEAREST: Final = 22
"""Pixels between pieces of ink from which on they are cells of their own."""
_BESIDE: Final = 3
"""Pixels that a word's box may reach into a neighbouring cell."""
_MARGIN: Final = 24
_SLACK: Final = 2
DOT: Final = "●"
_FEWEST_DOTS: Final = 3
_LEAST_DOT: Final = 6
_ROUND, _ROUGH = 1.25, 0.1
"""How much wider than high, and how far from the ink of a circle in its square, a dot may be."""
_SURE_OF_A_DOT: Final = 0.9
_PAPER: Final = 255


class _Cell(NamedTuple):
    """Pixels `left` up to `right` of the page, which stand at `to` on the sheet."""

    left: int
    right: int
    to: int


@dataclass(frozen=True, slots=True)
class _Row:
    """Pixels `top` up to `bottom` of the page, which stand at `to` on the sheet; its cells from left to right.

    `dots` are left out of the sheet: engines take them for letters and garble what stands beside them.
    """

    top: int
    bottom: int
    to: int
    cells: list[_Cell]
    dots: list[_Cell]


class Spread:
    """A page whose rows are spread over a sheet."""

    def __init__(self, picture: Picture) -> None:
        self._page = Image.frombytes("L", (picture.width, picture.height), picture.grey)
        self._picture = picture
        rows = list(self._laid_out())
        whole = _Row(0, picture.height, 0, [_Cell(0, picture.width, 0)], [])
        self._rows = rows if len(rows) * _APART <= picture.height else [whole]
        self._tops = [row.to - _APART / 2 for row in self._rows]

    def sheet(self) -> Picture:
        """The picture to be read in the page's stead."""
        width = max((row.cells[-1].to + row.cells[-1].right - row.cells[-1].left for row in self._rows), default=1)
        height = max((row.to + row.bottom - row.top for row in self._rows), default=1) + _MARGIN
        sheet = Image.new("L", (width + _MARGIN, height), _PAPER)
        for row in self._rows:
            for cell in row.cells:
                if cell in row.dots:
                    continue
                sheet.paste(self._page.crop((cell.left, row.top, cell.right, row.bottom)), (cell.to, row.to))
        return Picture(self._picture.page, sheet.width, sheet.height, self._picture.scale, sheet.tobytes())

    def on_page(self, words: Sequence[SeenWord]) -> list[SeenWord]:
        """Words of the sheet where they stand on the page."""
        if not self._rows:
            return []
        dots = [_seen_dot(row, dot, -at) for at, row in enumerate(self._rows, 1) for dot in row.dots]
        return [*(part for word in words for part in self._on_page(word)), *dots]

    def _on_page(self, word: SeenWord) -> Iterator[SeenWord]:
        """The word, or its parts where it was glued from what stands in several cells."""
        row = self._rows[max(0, bisect(self._tops, (word.y0 + word.y1) / 2) - 1)]
        down = row.top - row.to
        # Engines draw boxes as high as the white around a row lets them.
        y0, y1 = max(row.top, word.y0 + down), min(row.bottom, word.y1 + down)
        for part in _in_cells(row, word):
            yield part._replace(x0=_from(row, part.x0), x1=_until(row, part.x1), y0=min(y0, y1 - 1), y1=y1)

    def _laid_out(self) -> Iterator[_Row]:
        ink = self._page.point(lambda grey: 1 if grey < _INK else 0)
        to = _MARGIN
        for first, end in _rows_of_text(ink):
            top, bottom = max(0, first - _SLACK), min(ink.height, end + _SLACK)
            columns = _cells_of(ink, first, end)
            cells = list(_side_by_side(columns, ink.width))
            dots = [cell for cell in cells if _is_dot(ink.crop((cell.left, top, cell.right, bottom)))]
            yield _Row(top, bottom, to, cells, dots if len(dots) >= _FEWEST_DOTS else [])
            to += bottom - top + _APART


def _is_dot(ink: Image.Image) -> bool:
    """Whether the ink is one filled disc."""
    box = ink.getbbox()
    if box is None:
        return False
    disc = ink.crop(box)
    if min(disc.size) < _LEAST_DOT or max(disc.size) > _ROUND * min(disc.size):
        return False
    share = disc.histogram()[1] / (disc.width * disc.height)
    middle = disc.crop((disc.width // 3, disc.height // 3, 2 * disc.width // 3, 2 * disc.height // 3))
    return abs(share - pi / 4) < _ROUGH and middle.getextrema() == (1, 1)


def _seen_dot(row: _Row, dot: _Cell, line: int) -> SeenWord:
    return SeenWord(DOT, dot.left, row.top, dot.right, row.bottom, line, _SURE_OF_A_DOT)


def _rows_of_text(ink: Image.Image) -> Iterator[tuple[int, int]]:
    """From where to where each row reaches; two rows of a strip that only tails of letters join are two."""
    found = _runs(ink, across=True, least=_DIRT, join=_SLACK)
    usual = median(end - first for first, end in found) if found else 0
    for first, end in found:
        thick = _TWO_ROWS * usual < end - first and len(_cells_of(ink, first, end)) >= _MANY_CELLS
        cut = _thinnest(ink, first, end) if thick else None
        yield from [(first, cut), (cut, end)] if cut else [(first, end)]


def _cells_of(ink: Image.Image, first: int, end: int) -> list[tuple[int, int]]:
    return _runs(ink.crop((0, first, ink.width, end)), across=False, least=0.5, join=_NEAREST)


def _thinnest(ink: Image.Image, first: int, end: int) -> int | None:
    """The row of pixels with the least ink about the middle, if it has next to none."""
    sums = _sums(ink.crop((0, first, ink.width, end)), across=True)
    third = len(sums) // 3
    least = min(range(third, len(sums) - third), key=lambda row: sums[row])
    return first + least if sums[least] < _TAILS * max(sums) else None


def _side_by_side(columns: list[tuple[int, int]], width: int) -> Iterator[_Cell]:
    gap = _GAP if len(columns) < _MANY_CELLS else _STRIP_GAP
    to, end = _MARGIN, columns[0][0]
    for first, last in columns:
        left, right = max(0, first - _SLACK), min(width, last + _SLACK)
        to += min(gap, left - end)
        yield _Cell(left, right, to)
        to, end = to + right - left, right


def _in_cells(row: _Row, word: SeenWord) -> list[SeenWord]:
    """The word cut where one cell ends and the next begins, each letter taken to be as wide as the others."""
    starts = [cell.to for cell in row.cells]
    first, last = (max(0, bisect(starts, x) - 1) for x in (word.x0 + _BESIDE, word.x1 - _BESIDE))
    if first >= last or len(word.text) <= last - first:
        return [word]
    width = (word.x1 - word.x0) / len(word.text)
    parts: dict[int, str] = {}
    for at, letter in enumerate(word.text):
        place = max(first, bisect(starts, word.x0 + (at + 0.5) * width) - 1)
        parts[place] = parts.get(place, "") + letter
    ends = {at: row.cells[at].to + row.cells[at].right - row.cells[at].left for at in parts}
    return [word._replace(text=text, x0=float(starts[at]), x1=float(ends[at])) for at, text in parts.items()]


def _from(row: _Row, x: float) -> float:
    """Where on the page a word begins that begins at `x` of the sheet."""
    cell = next((c for c in row.cells if x + _BESIDE < c.to + c.right - c.left), row.cells[-1])
    return max(cell.left, x - cell.to + cell.left)


def _until(row: _Row, x: float) -> float:
    """Where on the page a word ends that ends at `x` of the sheet."""
    cell = next((c for c in reversed(row.cells) if x - _BESIDE > c.to), row.cells[0])
    return min(cell.right, x - cell.to + cell.left)


def _runs(ink: Image.Image, *, across: bool, least: float, join: int) -> list[tuple[int, int]]:
    """Where rows (or columns) of pixels hold ink; up to `least` is none; runs closer than `join` are one."""
    filled = [ink_there > least for ink_there in _sums(ink, across=across)]
    runs: list[tuple[int, int]] = []
    for at, is_filled in enumerate(filled):
        if not is_filled:
            continue
        if runs and at - runs[-1][1] <= join:
            runs[-1] = runs[-1][0], at + 1
        else:
            runs.append((at, at + 1))
    return runs


def _sums(ink: Image.Image, *, across: bool) -> list[float]:
    """The pixels of ink in each row, or in each column."""
    length, breadth = (ink.height, ink.width) if across else (ink.width, ink.height)
    shares = ink.convert("F").resize((1, length) if across else (length, 1), Image.Resampling.BOX).tobytes()
    return [share * breadth for share in memoryview(shares).cast("f")]
