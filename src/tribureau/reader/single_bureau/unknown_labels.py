"""Cells that must be labels although no book has them: they come again and again where labels stand.

What such a label asks is told by the answer beside or under it; if nothing tells, it still ends the value before it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from tribureau.reader.labels import IGNORED, Hit, Likeness, tokens
from tribureau.reader.likely_labels import likely_question, question_by_look
from tribureau.reader.pages import Line, Segment

_LONGEST: Final = 7
_LONGEST_ANSWER: Final = 10
_LEAST_TIMES: Final = 3
_EDGE: Final = 3.0
_COLUMN: Final = 3
_NEAR: Final = 3.0
_FIGURE: Final = re.compile(r"[\d$*<>]")
_LETTER: Final = re.compile(r"[^\W\d_]")
Key = tuple[tuple[str, ...], int]


class UnknownLabels:
    """Looks through lines whose known labels are `hits`; `edges` count how many labels begin at each left edge.

    `folded` lines only finish the labels of the line above.
    """

    def __init__(
        self, lines: Sequence[Line], hits: Mapping[int, Sequence[Hit]], edges: Counter[int], folded: set[int]
    ) -> None:
        self.lines, self.hits, self.edges, self.folded = lines, hits, edges, folded
        self.times: Counter[Key] = Counter(
            key for at in hits for cell in lines[at].segments if (key := _key(cell)) is not None
        )

    def on(self, at: int) -> Iterator[Hit]:
        """The unknown labels of a line, unless it is a row of values under a row of labels."""
        line, known = self.lines[at], {hit.start for hit in self.hits[at]}
        above = at - 2 if at - 1 in self.folded else at - 1
        if self._is_row_of_labels(above) and not known:
            return
        start, ends, row_of_labels = 0, {hit.end for hit in self.hits[at]}, self._is_row_of_labels(at)
        for number, cell in enumerate(line.segments):
            end = start + len(cell.words)
            label = _label_of(cell)
            is_value = start in ends and not (row_of_labels or self._stands_over(at, cell))
            if label and not is_value and known.isdisjoint(range(start, end)):
                found = self._hit(at, number, label, start)
                if found:
                    yield found
            start = end

    def _hit(self, at: int, number: int, label: Sequence[str], start: int) -> Hit | None:
        """The label if its place is a label's, and if its answer tells what it asks or its words come again there."""
        cell, colon = self.lines[at].segments[number], label[-1].endswith(":")
        in_column = self._in_column(cell) or self._is_row_of_labels(at)
        answers = self._answers(at, number, label)
        words = tokens(" ".join(label))
        asked = next(filter(None, (likely_question(words, answer) for answer in answers)), None)
        if self.times[words, _column(cell)] >= _LEAST_TIMES and (colon or (in_column and answers)):
            asked = asked or next(filter(None, map(question_by_look, answers)), IGNORED)
        elif asked is None or not in_column:
            return None
        return Hit(start, start + len(label), asked, " ".join(label).rstrip(":. "), colon, Likeness.LIKELY)

    def _in_column(self, cell: Segment) -> bool:
        return any(self.edges[round(cell.x0) + d] >= _COLUMN for d in (-1, 0, 1))

    def _is_row_of_labels(self, at: int) -> bool:
        """Several cells of which most are known labels without anything beside them."""
        if at not in self.hits or len(self.lines[at].segments) < 2:
            return False
        ends = set(accumulate(len(cell.words) for cell in self.lines[at].segments))
        return 2 * sum(hit.end in ends for hit in self.hits[at]) > len(ends)

    def _stands_over(self, at: int, cell: Segment) -> bool:
        """Whether a line without labels has a cell right under this one."""
        below = self.lines[at + 1] if self.hits.get(at + 1) == [] else None
        return below is not None and any(abs(other.x0 - cell.x0) <= _EDGE for other in below.segments)

    def _answers(self, at: int, number: int, label: Sequence[str]) -> list[str]:
        """What stands behind a label in its cell; or in the next cell, and under it in a row of several."""
        line, cells = self.lines[at], self.lines[at].segments
        rest = cells[number].words[len(label) :]
        if rest:
            return [" ".join(word.text for word in rest)] if len(rest) <= _LONGEST_ANSWER else []
        beside = [cell.text for cell in cells[number + 1 : number + 2] if not self._begins_label(at, cell)]
        below = self.lines[at + 1] if at + 1 in self.hits and len(cells) > 1 else None
        if below is None or below.page != line.page or below.box.y0 - line.box.y0 > _NEAR * line.size:
            return beside
        return beside + [cell.text for cell in below.segments if abs(cell.x0 - cells[number].x0) <= _EDGE]

    def _begins_label(self, at: int, cell: Segment) -> bool:
        return any(self.lines[at].words[hit.start] is cell.words[0] for hit in self.hits[at])


def _label_of(cell: Segment) -> list[str]:
    """The words of the cell up to its first colon, all without figures; none if it can be no label."""
    return list(_label_in(cell.text))


@lru_cache(maxsize=8192)
def _label_in(text: str) -> tuple[str, ...]:
    words = text.split(" ")
    end = next((at for at, word in enumerate(words, 1) if word.endswith(":")), len(words))
    if end > _LONGEST or not _LETTER.search(text) or any(map(_FIGURE.search, words[:end])):
        return ()
    return tuple(words[:end])


def _key(cell: Segment) -> Key | None:
    label = _label_of(cell)
    return (tokens(" ".join(label)), _column(cell)) if label else None


def _column(cell: Segment) -> int:
    return round(cell.x0 / _EDGE)
