"""The shape that all accounts of a report share: the print of their headings, and what is printed alone in each.

No wording tells that an unknown line heads an account or a part of one; that the same print, or the same words, stand
in the same place in account after account does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice, takewhile
from math import ceil
from typing import Final, NamedTuple

from tribureau.reader.labels import tokens
from tribureau.reader.pages import Line

_LINES_ABOVE: Final = 8
_SHARE: Final = 0.6
_LEAST_ACCOUNTS: Final = 3
_MOST_WORDS: Final = 12
_EDGE: Final = 3.0
_SAME_EDGE: Final = 1.5
_SAME_HEIGHT: Final = 0.03


class Print(NamedTuple):
    """How a line is set: its left edge and height in points, and whether it is bold."""

    left: float
    height: float
    bold: bool

    def is_like(self, other: "Print") -> bool:
        """Of one print, as far as the words of a line, which stand higher or lower by their letters, can tell."""
        near = (
            abs(self.left - other.left) <= _SAME_EDGE and abs(self.height - other.height) <= _SAME_HEIGHT * self.height
        )
        return near and self.bold == other.bold

    @property
    def prominence(self) -> float:
        return self.height * (1.2 if self.bold else 1.0)


@dataclass(slots=True)
class Shape:
    """`heading` is the print over most accounts, `headings` are the lines in it that stand nearest to their labels.

    `subheadings` are lines that stand alone in most accounts.
    """

    heading: Print | None = None
    headings: set[int] = field(default_factory=set)
    subheadings: set[int] = field(default_factory=set)

    @property
    def stops(self) -> set[int]:
        return self.headings | self.subheadings


def print_of(line: Line) -> Print:
    cell = line.segments[0]
    return Print(cell.x0, cell.size, cell.bold)


def shape_of(lines: Sequence[Line], starts: Sequence[int], labelled: set[int], barred: set[int]) -> Shape:
    """What accounts share whose labels begin at `starts`; `labelled` lines hold labels, `barred` ones head parts."""
    if len(starts) < _LEAST_ACCOUNTS:
        return Shape()
    least = ceil(_SHARE * len(starts))
    subheadings = _repeated(lines, starts, labelled, least)
    subheadings -= _only_ones(lines, starts, labelled | barred, subheadings)
    over = [list(_above(lines, start, labelled | barred, subheadings)) for start in starts]
    heading = _shared([{print_of(lines[at]) for at in above} for above in over], least)
    if heading is None:
        return Shape(subheadings=subheadings)
    headed = {at for above in over for at in _nearest(lines, above, heading)}
    return Shape(heading, headed, subheadings)


def _shared(prints: Sequence[set[Print]], least: int) -> Print | None:
    """The most prominent print that stands over so many accounts at least."""
    known: list[Print] = []
    for one in sorted({one for over in prints for one in over}, key=lambda one: -one.prominence):
        if not any(one.is_like(other) for other in known):
            known.append(one)
    times = (sum(any(one.is_like(other) for other in over) for over in prints) for one in known)
    return next((one for one, count in zip(known, times, strict=True) if count >= least), None)


def _nearest(lines: Sequence[Line], above: Sequence[int], heading: Print) -> Iterator[int]:
    """The lines in the headings' print that stand together next above an account's labels."""
    near = dropwhile(lambda at: not heading.is_like(print_of(lines[at])), above)
    return takewhile(lambda at: heading.is_like(print_of(lines[at])), near)


def _only_ones(lines: Sequence[Line], starts: Sequence[int], ends: set[int], repeated: set[int]) -> set[int]:
    """Repeated lines over accounts that nothing else heads: one creditor's name over account after account."""
    bare = [start for start in starts if not list(_above(lines, start, ends, repeated))]
    return {at for start in bare for at in islice(_above(lines, start, ends, set()), 1)}


def _above(lines: Sequence[Line], start: int, ends: set[int], passed: set[int]) -> Iterator[int]:
    """The lines over an account's first label, up to another label or a part's heading, that may be words of a name."""
    for at in range(start - 1, max(0, start - _LINES_ABOVE) - 1, -1):
        if at in ends:
            return
        if at not in passed and len(lines[at].segments[0].words) <= _MOST_WORDS:
            yield at


def _repeated(lines: Sequence[Line], starts: Sequence[int], labelled: set[int], least: int) -> set[int]:
    """Words without figures that stand alone at the left edge in most accounts: they head a part of the account."""
    left = min(lines[at].box.x0 for at in labelled) if labelled else 0.0
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(starts[0], len(lines)):
        line = lines[at]
        if at in labelled or len(line.segments) > 1 or line.box.x0 > left + _EDGE or len(line.words) > _MOST_WORDS:
            continue
        if not any(c.isdigit() for c in line.text):
            places.setdefault(tokens(line.text), []).append(at)
    return {at for found in places.values() if len(found) >= least for at in found}
