"""The shape that all accounts of a report share: the print of their headings, and what is printed alone in each.

No wording tells that an unknown line heads an account or a part of one; that the same print, or the same words, stand
in the same place in account after account does.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile
from math import ceil
from typing import Final, NamedTuple

from tribureau.reader.labels import tokens
from tribureau.reader.pages import Line

_LINES_ABOVE: Final = 8
_SHARE: Final = 0.6
_LEAST_ACCOUNTS: Final = 3
_MOST_WORDS: Final = 12
_EDGE: Final = 3.0


class Print(NamedTuple):
    """How a line is set: its left edge in steps of three points, its height in half points, whether it is bold."""

    left: int
    height: int
    bold: bool


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
    return Print(round(cell.x0 / _EDGE), round(2 * cell.size), cell.bold)


def shape_of(lines: Sequence[Line], starts: Sequence[int], labelled: set[int], barred: set[int]) -> Shape:
    """What accounts share whose labels begin at `starts`; `labelled` lines hold labels, `barred` ones head parts."""
    if len(starts) < _LEAST_ACCOUNTS:
        return Shape()
    least = ceil(_SHARE * len(starts))
    seen: Counter[Print] = Counter()
    for start in starts:
        seen.update({print_of(lines[at]) for at in _above(lines, start, labelled, barred)})
    shared = [one for one, times in seen.items() if times >= least]
    heading = max(shared, key=lambda one: (one.height * (1.2 if one.bold else 1.0), one.height), default=None)
    headed = (_nearest(lines, _above(lines, start, labelled, barred), heading) for start in starts)
    return Shape(heading, set().union(*headed), _repeated(lines, starts, labelled, least))


def _nearest(lines: Sequence[Line], above: Iterator[int], heading: Print | None) -> set[int]:
    """The lines in the headings' print that stand together next above an account's labels."""
    near = dropwhile(lambda at: print_of(lines[at]) != heading, above)
    return set(takewhile(lambda at: print_of(lines[at]) == heading, near))


def _above(lines: Sequence[Line], start: int, labelled: set[int], barred: set[int]) -> Iterator[int]:
    """The lines over an account's first label, up to another label or a part's heading, that may be words of a name."""
    for at in range(start - 1, max(0, start - _LINES_ABOVE) - 1, -1):
        if at in labelled or at in barred:
            return
        if len(lines[at].segments[0].words) <= _MOST_WORDS:
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
