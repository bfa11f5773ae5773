"""Which family a report belongs to, by the weight of its cues: never by one word alone."""

from collections.abc import Iterable
from typing import Final

from tribureau.reader.document import Document
from tribureau.reader.layouts.declaration import Layout

RECOGNISED: Final = 3.0
"""The weight from which on a text counts as a report of the family."""


def weigh(document: Document, layout: Layout) -> float:
    """The weight of the layout's cues that the report contains."""
    text = document.text
    return sum(weight for cue, weight in layout.cues.items() if cue in text)


def heaviest(document: Document, layouts: Iterable[Layout]) -> float:
    """How much speaks for a report, of whatever family."""
    return max(weigh(document, layout) for layout in layouts)


def recognise(document: Document, layouts: Iterable[Layout]) -> Layout | None:
    """The layout that weighs most, if that is enough; None for a text that is no credit report."""
    weight, best = max(((weigh(document, layout), layout) for layout in layouts), key=lambda pair: pair[0])
    return best if weight >= RECOGNISED else None


def shows_a_cue(document: Document, layouts: Iterable[Layout]) -> bool:
    """Whether anything in the text speaks for a credit report."""
    return any(weigh(document, layout) > 0 for layout in layouts)
