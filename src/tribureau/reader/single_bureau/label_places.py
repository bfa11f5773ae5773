"""Where labels stand on the lines of a report, and what only looks like one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.reader.labels import Hit, LabelBook, Likeness, hits_in, tokens
from tribureau.reader.pages import Line, Segment, Word
from tribureau.reader.single_bureau.unknown_labels import UnknownLabels
from tribureau.reader.standing import days_late, marks
from tribureau.reader.values import is_absent
from tribureau.reader.vocabulary import account_type, responsibility

COLUMN_OF_LABELS: Final = 3
"""Labels that must begin at one left edge for it to be a column of labels."""
SAME_EDGE: Final = 3.0
"""Points within which two left edges are one column."""
NEXT_LINE: Final = 1.5
"""Line pitch, in text heights, up to which a line goes on in the next; a row of a table stands further off."""
SEPARATOR: Final = "|"
LEADER: Final = re.compile(r"[.·…_]{3,}")
"""Dots that lead from a label to its value."""
_AROUND: Final = 10
_APART: Final = 0.6
_FIGURES: Final = frozenset({"account_number", "limit_or_amount", *MONEY_FIELDS, *DATE_FIELDS})
"""Questions whose answers hold a figure, or a sign that there is none."""
_ANSWERS: Final[dict[str, Callable[[str], bool]]] = {
    "responsibility": lambda text: responsibility(text) is not None,
    "type_words": lambda text: account_type(text) is not None,
    "payment_words": lambda text: bool(marks(text)) or days_late(text) is not None or "as agreed" in text.lower(),
}
"""Whether words right behind a label without a colon answer its question; figures and dates need no such test."""


@dataclass(slots=True)
class Labels:
    """Labels by line, how many begin at each left edge (in whole points), and lines that only finish labels."""

    hits: dict[int, list[Hit]]
    edges: Counter[int]
    folded: set[int]


def find_labels(lines: Sequence[Line], book: LabelBook, closed: set[int], stops: set[int]) -> Labels:
    """The labels of all lines but those that are `closed` (grids, tables) or `stops` (headings)."""
    return _LabelFinder(lines, book, closed, stops).run()


def is_apart(word: Word, after: Word) -> bool:
    return after.x0 - word.x1 > _APART * word.size


class _LabelFinder:
    def __init__(self, lines: Sequence[Line], book: LabelBook, closed: set[int], stops: set[int]) -> None:
        self.lines, self.book, self.closed, self.stops = lines, book, closed, stops
        self.folded: set[int] = set()

    def run(self) -> Labels:
        open_lines = [at for at in range(len(self.lines)) if at not in self.closed and at not in self.stops]
        self.hits = {at: self._hits(at) for at in open_lines}
        for at in open_lines:
            self._fold(at)
        self.edges = self._edges()
        for at in self.hits:
            self.hits[at] = sorted({*self.hits[at], *self._abutting(at)})
        for at in self.hits:
            self.hits[at] = [hit for hit in self.hits[at] if self._may_be_answered(at, hit)]
        if self.book.guesses:
            self._add_unknown()
        self.sure_edges = {at: self._sure(at, hits) for at, hits in self.hits.items()}
        for at, hits in self.hits.items():
            self.hits[at] = [hit for k, hit in enumerate(hits) if not (k and self._is_value(at, hits[k - 1], hit))]
        return Labels(self.hits, self.edges, self.folded)

    def _add_unknown(self) -> None:
        unknown = UnknownLabels(self.lines, self.hits, self.edges, self.folded)
        for at in self.hits:
            if at not in self.folded and (more := list(unknown.on(at))):
                self.hits[at] = sorted([*self.hits[at], *more])

    def _fold(self, at: int) -> None:
        """A row of labels of which some take two lines: all go to the line that has a part of each."""
        below = at + 1
        if at in self.folded or below not in self.hits or not self._close(at, below):
            return
        upper, lower = self.lines[at].segments, self.lines[below].segments
        more, fewer = (at, below) if len(upper) >= len(lower) else (below, at)
        cells = self.lines[more].segments
        parts = [_aligned(cell, self.lines[fewer].segments) for cell in cells]
        if len(cells) < 2 or sum(part is not None for part in parts) != len(self.lines[fewer].segments):
            return
        hits, start = [], 0
        for cell, part in zip(cells, parts, strict=True):
            pieces = (cell, part) if more == at else (part, cell)
            text = " ".join(piece.text for piece in pieces if piece)
            question = self.book.question(text)
            if question is None:
                return
            hits.append(Hit(start, start + len(cell.words), question, text.rstrip(": "), colon=False))
            start += len(cell.words)
        self.hits[more], self.hits[fewer] = hits, []
        self.folded.add(fewer)

    def _close(self, at: int, below: int) -> bool:
        upper, lower = self.lines[at], self.lines[below]
        return upper.page == lower.page and lower.box.y0 - upper.box.y0 <= NEXT_LINE * upper.size

    def _hits(self, at: int) -> list[Hit]:
        line = self.lines[at]
        hits = [hit for hit in hits_in(line, self.book) if self._is_label(line, hit)]
        if at + 1 < len(self.lines):
            covered = {word for hit in hits for word in range(hit.start, hit.end)}
            hits += [hit for hit in self._wrapped_labels(at) if hit.start not in covered]
        return sorted(hits)

    def _wrapped_labels(self, at: int) -> list[Hit]:
        """Labels that begin at the end of a cell and end in the same column of the next line."""
        line, below = self.lines[at], self.lines[at + 1]
        hits, start = [], 0
        for segment in line.segments:
            for missing, question in self.book.begun(segment.text) if self.book.may_begin(segment.words[0]) else ():
                rest = [s for s in below.segments if abs(s.x0 - segment.x0) <= SAME_EDGE]
                if rest and _finishes(rest[0], missing):
                    end = start + len(segment.words)
                    hits.append(Hit(start, end, question, segment.text, rest[0].text.endswith(":")))
                    break
            start += len(segment.words)
        return hits

    def _is_label(self, line: Line, hit: Hit) -> bool:
        """A label without a colon must fill its cell, or be followed by something that looks like a value."""
        if hit.colon or hit.end == len(line.words):
            return True
        last, after = line.words[hit.end - 1], line.words[hit.end]
        if after.text == SEPARATOR or is_apart(last, after) or after.bold != last.bold:
            return True
        if LEADER.fullmatch(after.text) or after.text[0] in "$-*>#(" or after.text[0].isdigit():
            return True
        answers = _ANSWERS.get(hit.question)
        if answers is None:
            return False
        cell = next(segment for segment in line.segments if after in segment.words)
        inside = line.words[hit.end : hit.end + (4 if hit.likeness is Likeness.DECLARED else len(cell.words))]
        return answers(" ".join(word.text for word in inside if word in cell.words))

    def _edges(self) -> Counter[int]:
        edges: Counter[int] = Counter()
        for at, hits in self.hits.items():
            edges.update(round(self.lines[at].words[hit.start].x0) for hit in hits)
        return edges

    def _may_be_answered(self, at: int, hit: Hit) -> bool:
        """Whether a label that is only similar to a known one has a figure where its question asks for one.

        The figure stands behind the label or under it; a label in a column of labels may go without.
        """
        if hit.likeness is Likeness.DECLARED or hit.colon or hit.question not in _FIGURES:
            return True
        words, x = self.lines[at].words, self.lines[at].words[hit.start].x0
        if hit.end < len(words) and all(other.start != hit.end for other in self.hits[at]):
            answer = next(s for s in self.lines[at].segments if words[hit.end] in s.words)
            if _is_figure(answer.text):
                return True
        below = self._row_below(at)
        answers = [s.text for s in self.lines[below].segments if abs(s.x0 - x) <= SAME_EDGE] if below else []
        if answers:
            return _is_figure(answers[0])
        leads = hit.start == 0 or hit != self.hits[at][0]
        return leads and self.edges[round(x)] >= COLUMN_OF_LABELS

    def _row_below(self, at: int) -> int | None:
        """The next line, if it is no heading and holds no labels; lines that only finish labels are passed over."""
        below = next((line for line in range(at + 1, len(self.lines)) if line not in self.folded), None)
        if below is None or below in self.stops or below in self.closed or self.hits.get(below):
            return None
        return below

    def _abutting(self, at: int) -> Iterator[Hit]:
        """Labels that follow the value before them without a gap, in a column where labels begin."""
        words = self.lines[at].words
        covered = {word for hit in self.hits[at] for word in range(hit.start, hit.end)}
        least = max(COLUMN_OF_LABELS, max(self.edges.values(), default=0) // 4)
        for start in range(1, len(words) - 1) if self.hits[at] else ():
            if start in covered or self.edges[round(words[start].x0)] < least:
                continue
            hit = self.book.match(words, start, len(words))
            if hit and hit.end < len(words) and is_apart(words[hit.end - 1], words[hit.end]):
                yield hit

    def _sure(self, at: int, hits: list[Hit]) -> set[int]:
        """Where labels of a line begin that can't be the value of the label before them, in whole points."""
        words = self.lines[at].words
        sure = (hit for k, hit in enumerate(hits) if not k or hit.colon or hits[k - 1].end < hit.start)
        return {round(words[hit.start].x0) for hit in sure}

    def _is_value(self, at: int, before: Hit, hit: Hit) -> bool:
        """A label's words in the place of another label's value: where no label begins in the lines around."""
        x = self.lines[at].words[hit.start].x0
        if hit.colon or before.end < hit.start or self._heads_column(at, x):
            return False
        around = range(at - _AROUND, at + _AROUND + 1)
        return not any(abs(x - edge) < 1.6 for near in around for edge in self.sure_edges.get(near, ()))

    def _heads_column(self, at: int, x: float) -> bool:
        """Whether a row of values, itself without labels, has a cell right under this one."""
        below = self._row_below(at)
        if below is None:
            return False
        values = self.lines[below]
        return len(values.segments) > 1 and any(abs(word.x0 - x) <= SAME_EDGE for word in values.words)


def _finishes(cell: Segment, missing: tuple[str, ...]) -> bool:
    """Whether the cell holds the missing words, and nothing else but a value that can be told from them."""
    found = tokens(cell.text)
    return found[: len(missing)] == missing and (
        found == missing or any(word.text.endswith(":") or word.text[0].isdigit() for word in cell.words)
    )


def _is_figure(text: str) -> bool:
    return is_absent(text) or any(c.isdigit() for c in text)


def _aligned(cell: Segment, others: Sequence[Segment]) -> Segment | None:
    """The cell of another line that stands in the same column: same left edge or same middle."""
    return next(
        (o for o in others if abs(o.x0 - cell.x0) <= SAME_EDGE or abs(o.middle - cell.middle) <= SAME_EDGE), None
    )
