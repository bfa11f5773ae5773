"""What a page is made of: the vocabulary that `report.typ` draws."""

from dataclasses import asdict, dataclass
from typing import Any

Cell = str | dict[str, Any]
Block = dict[str, Any]

CHECK: Cell = {"mark": "check"}
DOT: Cell = {"mark": "dot"}
SQUARE: Cell = {"mark": "square"}


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, font and page furniture of a style.

    `{page}` and `{pages}` in the furniture are counted; `middle` centres the cells of a row vertically.
    """

    title: str
    accent: str = "#222222"
    bar: str = "#eeeeee"
    bar_ink: str = "#000000"
    head: str = "#f2f2f2"
    line: str = "#c8c8c8"
    font: str = "Aileron"
    size: float = 7.5
    middle: bool = False
    paper: str = "us-letter"
    header: tuple[str, str] = ("", "")
    footer: tuple[str, str] = ("", "")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def title(text: str) -> Block:
    return {"kind": "title", "text": text}


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def subheading(text: str, width: float = 500) -> Block:
    return {"kind": "subheading", "text": text, "width": width}


def caption(text: str) -> Block:
    return {"kind": "caption", "text": text}


def line(text: str) -> Block:
    return {"kind": "line", "text": text}


def note(text: str) -> Block:
    return {"kind": "note", "text": text}


def bar(text: str, right: str = "", width: float = 380) -> Block:
    """A band that opens an account; `width` in points is where a long name wraps."""
    return {"kind": "bar", "text": text, "right": right, "width": width}


def table(rows: list[list[Cell]], widths: list[float | str], head: list[Cell] | None = None, **options: Any) -> Block:
    """Options: repeat, labels (bold columns), centred, centred_head, zebra, rules, size, tight, inset."""
    return {"kind": "table", "rows": rows, "widths": widths, "head": head, **options}


def side_by_side(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> list[list[Cell]]:
    """Rows of two label and value pairs; the shorter side is filled up with blanks."""
    height = max(len(left), len(right))
    blank = [("", "")]
    pairs = zip(left + blank * (height - len(left)), right + blank * (height - len(right)), strict=True)
    return [[*a, *b] for a, b in pairs]


def in_columns(cells: list[str], count: int) -> list[list[Cell]]:
    """Cells read down one column, then the next."""
    height = -(-len(cells) // count)
    padded = cells + [""] * (height * count - len(cells))
    return [[padded[column * height + row] for column in range(count)] for row in range(height)]
