"""Labels with their values, however the two are laid out.

`Label: value` in one run, a label column beside a value column, a value under its label, and a row of labels over a
row of values are told apart by position. A value ends where the next label begins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tribureau.reader.labels import TRUST, Hit, LabelBook, Likeness
from tribureau.reader.pages import CELL_GAP, Line, Segment, Word, enclosing
from tribureau.reader.rejoining import rejoined
from tribureau.reader.report import Evidence
from tribureau.reader.single_bureau.label_places import (
    COLUMN_OF_LABELS,
    LEADER,
    NEXT_LINE,
    SAME_EDGE,
    SEPARATOR,
    find_labels,
)

_ROW_BELOW: Final = 2.6
"""Pitch up to which a row of values belongs to the row of labels above it."""
_MOST_CONTINUATIONS: Final = 6
_BLANK: Final = 0.45
"""Text heights up to which a gap is a blank between words."""
_LISTS: Final = frozenset({"remarks"})
"""Questions whose answers may fill several rows, each an answer of its own."""


@dataclass(slots=True)
class Pair:
    """A label that stands on line `line` (an index), and its value if one is printed."""

    question: str
    label: str
    line: int
    value: Evidence | None
    likeness: Likeness = Likeness.DECLARED


@dataclass(slots=True)
class Pairs:
    """Pairs in reading order, and the indices of all lines that labels and values take up."""

    pairs: list[Pair]
    lines: set[int]
    label_lines: set[int]


@dataclass(slots=True)
class _Found:
    """A label and the rows of its value; `right` is where the next label of its line begins, or infinity."""

    hit: Hit
    line: int
    rows: list[list[Word]]
    right: float

    @property
    def words(self) -> list[Word]:
        return [word for row in self.rows for word in row]


def find_pairs(lines: Sequence[Line], book: LabelBook, closed: set[int], stops: set[int]) -> Pairs:
    """All pairs among the lines. `closed` lines belong to grids and tables; values do not run into `stops`."""
    return _Finder(lines, book, closed, stops).run()


class _Finder:
    def __init__(self, lines: Sequence[Line], book: LabelBook, closed: set[int], stops: set[int]) -> None:
        self.lines, self.book, self.closed, self.stops = lines, book, closed, stops
        self.labels = find_labels(lines, book, closed, stops)
        self.hits, self.label_edges = self.labels.hits, self.labels.edges
        self.taken: set[int] = set()
        self.reaches: dict[int, float] = {}
        for segment in (segment for line in lines for segment in line.segments):
            at = round(segment.x0)
            self.reaches[at] = max(segment.x1, self.reaches.get(at, 0.0))

    def run(self) -> Pairs:
        pairs: list[Pair] = []
        for at, hits in self.hits.items():
            if not hits:
                continue
            found = [self._inside_row(at, hits, k) for k in range(len(hits))]
            heading_row = len(found) > 1 and not any(f.words for f in found)
            for one in found:
                self.taken.add(at)
                if one.hit.question in _LISTS and not one.rows and len(self.lines[at].segments) == 1:
                    self._text_below(one)
                else:
                    self._go_on(one, heading_row=heading_row)
                pairs.append(self._pair(one))
        label_lines = {i for i, hits in self.hits.items() if hits}
        return Pairs(pairs, self.taken | self.labels.folded, label_lines)

    def _inside_row(self, at: int, hits: list[Hit], k: int) -> _Found:
        line, hit = self.lines[at], hits[k]
        stop = hits[k + 1].start if k + 1 < len(hits) else len(line.words)
        right = line.words[stop].x0 if stop < len(line.words) else float("inf")
        words: list[Word] = []
        for word in line.words[hit.end : stop]:
            if word.text == SEPARATOR or (words and self._leaves_value(word, words, line.words[hit.end - 1])):
                break
            if word.text != ":" and not LEADER.fullmatch(word.text):
                words.append(word)
        return _Found(hit, at, [words] if words else [], right)

    def _leaves_value(self, word: Word, value: list[Word], label: Word) -> bool:
        """A new cell is another matter when the value goes with its label in one run, or in a column of labels."""
        if word.x0 - value[-1].x1 <= CELL_GAP * word.size:
            return False
        inline = value[0].x0 - label.x1 <= CELL_GAP * label.size
        return inline or any(self.label_edges[round(word.x0) + d] >= COLUMN_OF_LABELS for d in (-1, 0, 1))

    def _go_on(self, found: _Found, *, heading_row: bool) -> None:
        """Add the lines under the row that belong to the value."""
        line = self.lines[found.line]
        label_x = line.words[found.hit.start].x0
        last_line, pitch = line, _ROW_BELOW if heading_row else NEXT_LINE
        for at in range(found.line + 1, min(found.line + 1 + _MOST_CONTINUATIONS, len(self.lines))):
            below = self.lines[at]
            if at in self.labels.folded:
                last_line = below
                continue
            if at in self.closed or at in self.stops:
                return
            distance = self._distance(last_line, below, over_page=heading_row and not found.rows)
            if distance is None or distance > pitch * last_line.size:
                return
            words = self._continuation(below, at, found, label_x, heading_row=heading_row)
            if not words or (found.rows and not _alike(words[0], found.rows[-1][0])):
                return
            if found.rows and distance <= NEXT_LINE * last_line.size:
                found.rows[-1].extend(words)
            else:
                found.rows.append(words)
            self.taken.add(at)
            last_line = below
            if found.hit.question not in _LISTS:
                pitch = NEXT_LINE

    def _distance(self, line: Line, below: Line, *, over_page: bool) -> float | None:
        """From one line down to the next; none over a page break, unless a row of labels stands last on its page."""
        if line.page == below.page:
            return below.box.y0 - line.box.y0
        return line.size if over_page and below.page == line.page + 1 else None

    def _text_below(self, found: _Found) -> None:
        """The lines under a label that stands alone as a heading: all of one print, up to the next heading."""
        for at in range(found.line + 1, min(found.line + 1 + _MOST_CONTINUATIONS, len(self.lines))):
            below = self.lines[at]
            if at in self.closed or at in self.stops or self.hits.get(at):
                return
            if found.rows:
                above = found.rows[-1][0]
                spaced = below.page == above.page and below.box.y0 - above.y0 > 2.2 * above.size
                far = below.page > found.rows[0][0].page + 1
                if spaced or far or not _alike(below.words[0], above):
                    return
            elif below.size > 1.25 * self.lines[found.line].size or (below.bold and not self.lines[found.line].bold):
                return
            found.rows.append(list(below.words))
            self.taken.add(at)

    def _continuation(self, below: Line, at: int, found: _Found, label_x: float, *, heading_row: bool) -> list[Word]:
        starts = {below.words[hit.start].x0 for hit in self.hits.get(at, ())}
        if heading_row:
            inside = [w for w in below.words if label_x - SAME_EDGE <= w.x0 < found.right - 1]
            return [] if starts or _begins_inside_a_phrase(inside, below) else inside
        edge = found.words[0].x0 if found.words else label_x
        label = self.lines[found.line].words[found.hit.end - 1]
        inline = bool(found.words) and found.words[0].x0 - label.x1 <= CELL_GAP * label.size
        for segment in below.segments:
            wrapped = inline and abs(segment.x0 - label_x) <= SAME_EDGE and not self._fits(segment, found, label_x)
            aligned = abs(segment.x0 - edge) <= SAME_EDGE or wrapped
            if aligned and segment.x0 not in starts and self._same_print(segment.words[0], found):
                return [] if self._opens_row(below, segment.x0) else list(segment.words)
        return []

    def _fits(self, segment: Segment, found: _Found, edge: float) -> bool:
        """Whether the next word would have stood on the value's own line, by what begins at this edge elsewhere."""
        last, word = found.words[-1], segment.words[0]
        widest = max(self.reaches.get(round(edge) + d, 0.0) for d in (-2, -1, 0, 1, 2))
        return last.x1 + word.x1 - word.x0 + last.size < widest

    def _same_print(self, word: Word, found: _Found) -> bool:
        if found.rows:
            return _alike(word, found.words[-1])
        label = self.lines[found.line].words[found.hit.start]
        return abs(word.size - label.size) <= 0.12 * label.size

    def _opens_row(self, line: Line, edge: float) -> bool:
        """Whether something stands left of the value on this line, as a label would."""
        return any(
            segment.x1 < edge and edge - segment.x0 < 260 and self.label_edges[round(segment.x0)] >= COLUMN_OF_LABELS
            for segment in line.segments
        )

    def _pair(self, found: _Found) -> Pair:
        hit = found.hit
        if not found.words:
            return Pair(hit.question, hit.label, found.line, None, hit.likeness)
        texts = [rejoined([" ".join(w.text for w in line) for line in _lines(row)]) for row in found.rows]
        text = "; ".join(texts) if hit.question in _LISTS else " ".join(texts)
        page = found.words[0].page
        box = enclosing(w for w in found.words if w.page == page)
        rule, confidence = TRUST[hit.likeness]
        value = Evidence(page, box, text, f"{rule}:{hit.label}", confidence)
        return Pair(hit.question, hit.label, found.line, value, hit.likeness)


def _begins_inside_a_phrase(words: list[Word], line: Line) -> bool:
    """Whether the words go on what begins left of their column, as a heading below a narrow column does."""
    at = line.words.index(words[0]) if words else 0
    return at > 0 and words[0].x0 - line.words[at - 1].x1 < _BLANK * words[0].size


def _alike(word: Word, other: Word) -> bool:
    """Whether two words are of one print."""
    return word.bold == other.bold and abs(word.size - other.size) <= 0.1 * other.size


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of one value by the lines that they stand on."""
    line: list[Word] = []
    for word in words:
        if line and (word.page != line[-1].page or word.y0 > line[-1].y0 + 0.5 * word.size):
            yield line
            line = []
        line.append(word)
    if line:
        yield line
