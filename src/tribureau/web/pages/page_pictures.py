"""The report's own pages beside the facts: which to show, and the boxes to draw on each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tribureau.web import wording

_MARGIN: Final = 2.0
"""Points of air between a box and the text that it frames."""


@dataclass(frozen=True)
class Box:
    """A frame around a printed value, in PDF points from the page's top left."""

    field: str
    label: str
    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True)
class PagePicture:
    number: int
    width: float
    height: float
    boxes: list[Box]

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width:g} {self.height:g}"


def page_pictures(
    provenance: Sequence[Mapping[str, Any]], page_sizes: Sequence[Any], negative: set[str]
) -> list[PagePicture]:
    """Pages that hold a value of the account, in order; `negative` names the fields that a negative mark rests on."""
    pages = sorted({place["page"] for place in provenance if place["page"] <= len(page_sizes)})
    return [_picture(page, page_sizes[page - 1], provenance, negative) for page in pages]


def _picture(
    page: int, size: Sequence[float], provenance: Sequence[Mapping[str, Any]], negative: set[str]
) -> PagePicture:
    width, height = size
    return PagePicture(page, width, height, [_box(place, negative) for place in provenance if place["page"] == page])


def _box(place: Mapping[str, Any], negative: set[str]) -> Box:
    field = place["field"]
    base, _, month = field.partition("/")
    label = wording.term(wording.FIELDS, base).word + (f", {month}" if month else "")
    bad = field in negative or bool(month)
    return Box(
        field,
        f"{label}: {place['printed_text']}",
        round(place["x0"] - _MARGIN, 1),
        round(place["y0"] - _MARGIN, 1),
        round(place["x1"] - place["x0"] + 2 * _MARGIN, 1),
        round(place["y1"] - place["y0"] + 2 * _MARGIN, 1),
        "bad" if bad else "warn" if place["is_doubtful"] else "plain",
    )
