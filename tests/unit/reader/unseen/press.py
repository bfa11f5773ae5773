"""Sets pages of words for styles that nobody prints: no PDF, only what a text layer would give."""

from collections.abc import Sequence
from typing import Final

from tribureau.reader.pages import Page, Word

WIDTH: Final = 612.0
BOTTOM: Final = 740.0
TOP: Final = 52.0
_NARROW: Final = frozenset("iljtfrI.,:;'|!()/- ")
_WIDE: Final = frozenset("mwMWABCDEGHKNOQRUVX%@&")

Cells = Sequence[tuple[float, str]]


def width_of(text: str, size: float) -> float:
    """About what a sans serif takes."""
    return size * sum(0.28 if c in _NARROW else 0.66 if c in _WIDE else 0.52 for c in text)


class Press:
    """Sets lines from the top of a page down; `footer` stands at the bottom of each page."""

    def __init__(self, footer: str = "", size: float = 8.0) -> None:
        self.pages: list[Page] = []
        self.size, self.footer = size, footer
        self.y = BOTTOM

    def space(self, points: float) -> None:
        self.y += points

    def keep(self, points: float) -> None:
        """A new page, unless this much fits on the present one."""
        if self.y + points > BOTTOM:
            self._turn()

    def line(self, text: str, x: float = 40.0, *, size: float | None = None, bold: bool = False) -> None:
        self.row([(x, text)], size=size, bold=bold)

    def row(
        self,
        cells: Cells,
        *,
        size: float | None = None,
        bold: bool = False,
        strong: Sequence[int] = (),
        right: Sequence[int] = (),
    ) -> None:
        """Cells at their left edges; those in `right` end there, those in `strong` are bold. A `\\n` opens a line."""
        height = size or self.size
        lines = max((text.count("\n") for _, text in cells), default=0) + 1
        self.keep(lines * 1.25 * height)
        for at, (x, text) in enumerate(cells):
            for step, part in enumerate(text.split("\n")):
                left = x - width_of(part, height) if at in right else x
                self._put(left, self.y + step * 1.25 * height, part, height, bold or at in strong)
        self.y += lines * 1.25 * height + 0.35 * self.size

    def _put(self, x: float, y: float, text: str, size: float, bold: bool) -> None:
        page = self.pages[-1]
        for word in text.split():
            end = x + width_of(word, size)
            page.words.append(Word(word, x, y, end, y + size, page.number, bold))
            x = end + 0.28 * size

    def _turn(self) -> None:
        self.pages.append(Page(len(self.pages) + 1, WIDTH, 792.0))
        self.y = TOP
        if self.footer:
            self._put(40.0, 764.0, self.footer, 6.5, bold=False)
            self._put(540.0, 764.0, f"Page {len(self.pages)}", 6.5, bold=False)
