"""Bureau columns: the header row that names them, and where each begins, learnt from the rows below it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.reader.pages import Line, Segment, Word
from tribureau.reader.values import is_absent

_BUREAUS: Final = {bureau.value.lower(): bureau for bureau in Bureau}
_LETTERS: Final = re.compile(r"[^a-z]")
_HEADER_GAP: Final = 1.2
"""Bureau names that head columns stand at least this many text heights apart; in prose they do not."""
_SAME_X: Final = 2.0
"""Points within which two edges count as aligned."""
_NUDGE: Final = 2.0
_ENOUGH_ROWS: Final = 150
"""Rows from which the columns of one kind of header are learnt."""


class Header(NamedTuple):
    """A row of bureau names: which, where, and what stands on the same line before them."""

    bureaus: tuple[Bureau, ...]
    names: tuple[tuple[float, float], ...]
    lead: tuple[Word, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """Tables with the same key share their columns."""
        return self.bureaus, tuple(round(x0 / 3) for x0, _ in self.names)


class Columns(NamedTuple):
    """Where each bureau's column begins and the last one ends, in points from the left."""

    bureaus: tuple[Bureau, ...]
    starts: tuple[float, ...]
    end: float

    def of(self, word: Word) -> int:
        """The column that a word stands in; -1 for the label column before the first."""
        return bisect_right(self.starts, word.middle) - 1

    def right_edge(self, column: int) -> float:
        return self.starts[column + 1] if column + 1 < len(self.starts) else self.end


def bureau_of(words: Sequence[Word]) -> tuple[Bureau, int] | None:
    """The bureau that the words begin with, and how many words its name takes (`Trans Union` two)."""
    if not words:
        return None
    bureau = _named(words[0].text)
    if bureau:
        return bureau, 1
    if len(words) > 1 and words[0].text.lower() == "trans":
        bureau = _named(words[0].text + words[1].text)
    return (bureau, 2) if bureau else None


@lru_cache(maxsize=4096)
def _named(text: str) -> Bureau | None:
    return _BUREAUS.get(_LETTERS.sub("", text.lower()))


def header_of(line: Line) -> Header | None:
    """The header if the line names two or three bureaus, wide apart, and nothing after them."""
    words = line.words
    start = next((at for at, word in enumerate(words) if _named(word.text) or word.text.lower() == "trans"), None)
    if start is None:
        return None
    bureaus: list[Bureau] = []
    names: list[tuple[float, float]] = []
    at = start
    while at < len(words):
        found = bureau_of(words[at : at + 2])
        if not found or found[0] in bureaus:
            return None
        name = words[at : at + found[1]]
        if names and name[0].x0 - names[-1][1] < _HEADER_GAP * line.size:
            return None
        bureaus.append(found[0])
        names.append((name[0].x0, name[-1].x1))
        at += found[1]
    lead = words[:start]
    if len(bureaus) < 2 or (lead and names[0][0] - lead[-1].x1 < _HEADER_GAP * line.size):
        return None
    return Header(tuple(bureaus), tuple(names), tuple(lead))


def learn_columns(header: Header, lines: Iterable[Line]) -> Columns:
    """The columns under a header, from the alignment of rows that fill all of them.

    A header may be centred over left-aligned values, so its own position only serves where no such row exists.
    """
    width = len(header.bureaus)
    rows = [line.segments for line in islice(lines, _ENOUGH_ROWS)]
    rows = [row for row in rows if all(cell.x1 < after.x0 for cell, after in pairwise(row))]
    labelled = [row for row in rows if len(row) == width + 1 and _under(header, row[1:])]
    unlabelled = [row for row in rows if len(row) == width]
    full = [row[1:] for row in labelled] or [row for row in unlabelled if _is_tally(row) or _under(header, row)]
    labels_end = max((row[0].x1 for row in labelled), default=0.0)
    starts = _aligned_starts(full, width, labels_end) if full else _starts_of_header(header, rows)
    step = (starts[-1] - starts[0]) / (width - 1)
    return Columns(header.bureaus, starts, starts[-1] + step)


def _under(header: Header, row: Sequence[Segment]) -> bool:
    """Whether each cell stands nearest to its own bureau's name."""
    pitch = (header.names[-1][0] - header.names[0][0]) / (len(header.names) - 1)
    return all(
        min(abs(cell.x0 - x0), abs(cell.middle - (x0 + x1) / 2), abs(cell.x1 - x1)) < 0.4 * pitch
        for cell, (x0, x1) in zip(row, header.names, strict=True)
    )


def _is_tally(row: Sequence[Segment]) -> bool:
    """Counts of late payments, which may stand left under names that are set right."""
    return all(cell.text.startswith("30:") or is_absent(cell.text) for cell in row)


def _aligned_starts(rows: Sequence[Sequence[Segment]], width: int, labels_end: float) -> tuple[float, ...]:
    columns = [[row[at] for row in rows] for at in range(width)]
    lefts = [_most_common(cell.x0 for cell in column) for column in columns]
    rights = [_most_common(cell.x1 for cell in column) for column in columns]
    centres = [_most_common(cell.middle for cell in column) for column in columns]
    agreed = {name: sum(times for _, times in found) for name, found in (("l", lefts), ("r", rights), ("c", centres))}
    if agreed["l"] >= max(agreed["r"], agreed["c"]):
        return tuple(x - _NUDGE for x, _ in lefts)
    inner = [
        rights[at - 1][0] + _NUDGE if agreed["r"] >= agreed["c"] else (centres[at - 1][0] + centres[at][0]) / 2
        for at in range(1, width)
    ]
    first = min(cell.x0 for cell in columns[0])
    return ((first + labels_end) / 2 if labels_end < first else first - _NUDGE, *inner)


def _starts_of_header(header: Header, rows: list[list[Segment]]) -> tuple[float, ...]:
    lefts = [x0 for x0, _ in header.names]
    edges = [cell.x0 for row in rows for cell in row]
    if not edges or any(abs(edge - left) < _SAME_X for edge in edges for left in lefts):
        return tuple(left - _NUDGE for left in lefts)
    middles = [(x0 + x1) / 2 for x0, x1 in header.names]
    half = (middles[-1] - middles[0]) / (len(middles) - 1) / 2
    return tuple(middle - half for middle in middles)


def _most_common(edges: Iterable[float]) -> tuple[float, int]:
    """The most frequent position and how many share it."""
    found = list(edges)
    (rounded, _), *_ = Counter(round(x / _SAME_X) for x in found).most_common(1)
    near = [x for x in found if abs(x - rounded * _SAME_X) <= _SAME_X]
    return min(near), len(near)
