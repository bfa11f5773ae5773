"""Where one is among the values to check, and what is shown of the one at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, NamedTuple
from uuid import UUID

from tribureau.web import formats, wording
from tribureau.web.pages.account_facts import Fact, fact

_LEAST_WIDTH: Final = 300.0
"""Points of the page that are shown at least: about half of a line, so that the value's label is in sight."""
_AROUND: Final = 130.0
_HEIGHT: Final = 0.42
"""Height of the piece of page as a share of its width."""
_LEFT_SHARE: Final = 0.62
"""How far to the right in the piece a value stands: labels are printed at the left of it, or above."""
_MARGIN: Final = 3.0


class Key(NamedTuple):
    tradeline_id: UUID
    field: str

    def __str__(self) -> str:
        return f"{self.tradeline_id}.{self.field}"


@dataclass(frozen=True)
class Queue:
    """All values of little confidence in the order in which they are gone through, and whether each still asks."""

    report: UUID | None
    is_open: dict[Key, bool]

    @property
    def keys(self) -> list[Key]:
        return list(self.is_open)

    @property
    def left(self) -> int:
        return sum(self.is_open.values())

    @property
    def done(self) -> int:
        return len(self.is_open) - self.left

    @property
    def first_open(self) -> Key | None:
        return next((key for key, asks in self.is_open.items() if asks), None)

    def known(self, text: str) -> Key | None:
        return next((key for key in self.is_open if str(key) == text), None)

    def place(self, key: Key) -> int:
        """From 1; 0 for a value that is not, or no longer, among them."""
        return self.keys.index(key) + 1 if key in self.is_open else 0

    def neighbour(self, key: Key, step: int) -> Key | None:
        at = self.place(key) - 1 + step
        return self.keys[at] if 0 <= at < len(self.keys) else None

    def open_after(self, key: Key) -> Key | None:
        """The next that still asks, from the start again after the last one; never `key` itself."""
        at = self.place(key)
        return next((k for k in chain(self.keys[at:], self.keys[:at]) if self.is_open[k] and k != key), None)


@dataclass(frozen=True)
class Crop:
    """A piece of a page around a value, in PDF points from the page's top left; the box is the value's frame."""

    page: int
    width: float
    height: float
    view: tuple[float, float, float, float]
    box: tuple[float, float, float, float]

    @property
    def view_box(self) -> str:
        return " ".join(f"{length:g}" for length in self.view)


def crop_of(place: Mapping[str, Any], page_sizes: Sequence[Sequence[float]]) -> Crop | None:
    """None where the page is not known."""
    if place["page"] > len(page_sizes):
        return None
    page_width, page_height = page_sizes[place["page"] - 1]
    box_width, box_height = place["x1"] - place["x0"], place["y1"] - place["y0"]
    width = min(page_width, max(_LEAST_WIDTH, box_width + _AROUND))
    height = min(page_height, max(width * _HEIGHT, box_height + _AROUND / 2))
    middle = (place["x0"] + place["x1"]) / 2, (place["y0"] + place["y1"]) / 2
    beginning = max(middle[0] - _LEFT_SHARE * width, place["x1"] + _MARGIN - width)
    left = min(max(0.0, beginning), page_width - width)
    top = min(max(0.0, middle[1] - height / 2), page_height - height)
    view = tuple(round(length, 1) for length in (left, top, width, height))
    framed = (place["x0"] - _MARGIN, place["y0"] - _MARGIN, box_width + 2 * _MARGIN, box_height + 2 * _MARGIN)
    return Crop(place["page"], page_width, page_height, view, tuple(round(length, 1) for length in framed))


def checked_fact(found: Mapping[str, Any], typed: str | None = None) -> Fact:
    """The value as the account's page shows it; a month of the payment history too. `typed` is what was refused."""
    tradeline, place = found["tradeline"], found["place"]
    was_read = {row["field"]: row["read_value"] for row in found["corrections"]}
    field, _, month = place["field"].partition("/")
    shown = _month(place, tradeline[field], was_read, month) if month else fact(field, tradeline, place, was_read)
    return shown if typed is None else replace(shown, raw=typed)


def _month(place: Mapping[str, Any], history: Mapping[str, str], was_read: Mapping[str, Any], month: str) -> Fact:
    year, number = month.split("-")
    name = f"{formats.MONTHS[int(number) - 1]} {year}"
    code = history.get(month)
    before = was_read.get("payment_history", history).get(month)
    return Fact(
        place["field"],
        f"Payment in {name}",
        "A cell of the payment history.",
        _meaning(code),
        code or "",
        "month",
        page=place["page"],
        printed=place["printed_text"],
        rule=wording.rule_in_words(place["rule"]),
        corrected=before != code,
        read_as=_meaning(before) if before != code else None,
    )


def _meaning(code: str | None) -> str:
    if not code:
        return "not printed"
    meaning = wording.term(wording.MONTHS_OF_HISTORY, code).explanation
    return meaning[0].upper() + meaning[1:] if meaning else code
