"""Where one account ends and the next begins.

A block begins at its heading. It is found from its labels: when a label that an account prints once comes again, a new
account has begun, and its heading stands right above the run of labels that this one belongs to.
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tribureau.reader.labels import tokens
from tribureau.reader.months import month_label
from tribureau.reader.pages import Line
from tribureau.reader.single_bureau.pairs import Pair, Pairs
from tribureau.reader.single_bureau.shape import Print, print_of
from tribureau.reader.vocabulary import month_code

_PRINTED_ONCE: Final = frozenset(
    {"creditor_name", "account_number", "type_words", "responsibility", "date_opened", "payment_words"}
)
_LINES_ABOVE: Final = 8
_LONGEST_NAME: Final = 12
_SENTENCE: Final = re.compile(r"[a-z]{3,}[.!?:]$|^(?:no|view|this|these|the following|you)\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|^\(?\d{3}\)?[ \-.]\d{3}[\-.]\d{4}\b|^p\.?\s?o\.? box", re.IGNORECASE
)
_FACT: Final = re.compile(r"\$\d|\d{1,2}/\d{1,2}/\d{4}|\b[A-Z][a-z]{2,8}\.? (?:\d{1,2}[,.] ?)?20\d\d\b")
"""An amount or a date: a line that says something of an account, not its name."""
_NUMBER_AT_END: Final = re.compile(
    r"(?P<name>.*?)\s*#?\s*(?P<number>(?=[A-Z0-9\-]*\d)[A-Z0-9\-]{2,}[*•.xX]{2,}\d{0,4}|[*•]{2,}\s?\d{2,4})\s*$"
)
_MASK: Final = re.compile(r"[*•]|[.xX]{2}")


def number_at_end(heading: str) -> re.Match[str] | None:
    """Takes `NAME 431196001234****` apart into `name`, which may be empty, and the masked `number`."""
    return _NUMBER_AT_END.match(heading) if _MASK.search(heading) else None


@dataclass(slots=True)
class Block:
    """Lines `first`..`last`; `headings` the lines of the creditor's name, empty if only a label gives it.

    `labels` is the line of its first label, `number` a line of the heading that holds the account's number alone.
    """

    first: int
    last: int
    labels: int
    headings: list[int] = field(default_factory=list)
    number: int | None = None
    pairs: list[Pair] = field(default_factory=list)


def find_blocks(
    lines: Sequence[Line], found: Pairs, closed: set[int], barred: set[int], passed: set[int], heading: Print | None
) -> list[Block]:
    """Blocks in order. `barred` lines head parts of the report, `passed` lines head parts of an account.

    `heading` is the print that the accounts' headings are known to share.
    """
    return _BlockFinder(lines, found, closed, barred, passed, heading).run()


class _BlockFinder:
    def __init__(
        self,
        lines: Sequence[Line],
        found: Pairs,
        closed: set[int],
        barred: set[int],
        passed: set[int],
        heading: Print | None,
    ) -> None:
        self.lines, self.found, self.heading = lines, found, heading
        self.closed, self.barred, self.passed = closed, barred, passed
        self.pairs_on: dict[int, list[Pair]] = {}
        for pair in found.pairs:
            self.pairs_on.setdefault(pair.line, []).append(pair)

    def run(self) -> list[Block]:
        starts = self._starts()
        blocks = [self._block(start, floor) for start, floor in starts]
        bars = sorted(self.barred)
        on_line = [pair.line for pair in self.found.pairs]
        ends = [*(block.first for block in blocks[1:]), len(self.lines)]
        for block, end in zip(blocks, ends, strict=False):
            block.last = min([end, *bars[bisect(bars, block.first) :][:1]]) - 1
            block.pairs = self.found.pairs[bisect_left(on_line, block.first) : bisect(on_line, block.last)]
        return blocks

    def _starts(self) -> list[tuple[int, int]]:
        """For each account the first line of its labels, and the line above which its heading can't stand."""
        starts: list[tuple[int, int]] = []
        seen: set[tuple[str, ...]] = set()
        floor = 0
        for at in sorted(self.pairs_on):
            if any(floor <= bar < at for bar in self.barred):
                floor = max(bar for bar in self.barred if bar < at) + 1
                seen = set()
            once = [tokens(p.label) for p in self.pairs_on[at] if p.question in _PRINTED_ONCE]
            if once and (not seen or seen.intersection(once)):
                start = self._first_label_line(at, floor)
                starts.append((start, floor))
                seen = {label for line in range(start, at) for label in self._once(line)}
                floor = at + 1
            seen.update(once)
        return starts

    def _once(self, line: int) -> Iterator[tuple[str, ...]]:
        return (tokens(p.label) for p in self.pairs_on.get(line, ()) if p.question in _PRINTED_ONCE)

    def _first_label_line(self, at: int, floor: int) -> int:
        """Up through the run of label lines that `at` stands in, as far as no label comes twice."""
        labels = {tokens(p.label) for p in self.pairs_on[at]}
        first = at
        for above in range(at - 1, floor - 1, -1):
            if above not in self.found.lines or self._is_named(first):
                break
            here = [tokens(p.label) for p in self.pairs_on.get(above, ())]
            if labels.intersection(here):
                break
            labels.update(here)
            first = above
        return first

    def _block(self, start: int, floor: int) -> Block:
        if self._is_named(start):
            return Block(start, start, start)
        headings = self._headings(start, floor)
        numbers = [at for at in range(headings[0] if headings else start, start) if self._is_number(at)]
        return Block(headings[0] if headings else start, start, start, headings, numbers[0] if numbers else None)

    def _is_named(self, start: int) -> bool:
        """Whether the first labels give the creditor's name, so that no heading above needs to."""
        return any(p.value for p in self.pairs_on.get(start, ()) if p.question == "creditor_name")

    def _headings(self, start: int, floor: int) -> list[int]:
        """The lines of the name above the labels: in the print that all accounts share, or else the most prominent."""
        candidates: list[int] = []
        for at in range(start - 1, max(floor, start - _LINES_ABOVE) - 1, -1):
            if at in self.barred or at in self.closed or at in self.found.lines:
                break
            if at not in self.passed and not self._is_number(at) and self._may_name(self.lines[at]):
                candidates.append(at)
        if not candidates:
            return self._name_beyond_labels(start, floor)
        shared = [at for at in candidates if self.heading and self.heading.is_like(print_of(self.lines[at]))]
        best = max(shared or candidates, key=lambda at: (_prominence(self.lines[at]), at))
        headings = [best]
        while headings[0] - 1 in candidates and self._one_heading(headings[0] - 1, headings[0]):
            headings.insert(0, headings[0] - 1)
        return headings

    def _name_beyond_labels(self, start: int, floor: int) -> list[int]:
        """A name with its number, or in the print of all names, above a line that merely remarks on the account."""
        for at in range(start - 1, max(floor, start - _LINES_ABOVE) - 1, -1):
            if at in self.barred or at in self.closed:
                break
            if at in self.found.lines or at in self.passed or not self._may_name(self.lines[at]):
                continue
            masked = number_at_end(self.lines[at].text)
            if (masked and masked["name"].strip(" #")) or (
                self.heading and self.heading.is_like(print_of(self.lines[at]))
            ):
                return [at]
        return []

    def _is_number(self, at: int) -> bool:
        found = number_at_end(self.lines[at].text)
        return found is not None and not found["name"].strip(" #")

    def _may_name(self, line: Line) -> bool:
        text = line.segments[0].text
        if not any(c.isalpha() for c in text) or len(text.split()) > _LONGEST_NAME:
            return False
        if len(line.words) > 1 and all(month_code(w.text) or month_label(w.text) for w in line.words):
            return False
        return not any(shape.search(text) for shape in (_SENTENCE, _ADDRESS, _FACT))

    def _one_heading(self, above: int, below: int) -> bool:
        first, second = self.lines[above], self.lines[below]
        near = first.page == second.page and second.box.y0 - first.box.y0 <= 1.5 * first.size
        return near and _prominence(first) == _prominence(second) and abs(first.box.x0 - second.box.x0) < 3


def _prominence(line: Line) -> float:
    """Print size, bold counting a fifth more, in steps of a quarter point."""
    segment = line.segments[0]
    return round(4 * segment.size * (1.2 if segment.bold else 1.0))
