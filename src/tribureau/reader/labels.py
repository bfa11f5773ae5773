"""The labels that a layout prints and the question that each one answers."""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from tribureau.reader.pages import CELL_GAP, Line, Word
from tribureau.reader.thesaurus import Thesaurus, is_spelling

IGNORED: Final = ""
"""The question of a label that is known and says nothing we keep: its value must not run into another's."""

_LONGEST_SIMILAR: Final = 7
_LONGEST_BEFORE_TAIL: Final = 3
_VALUES: Final = frozenset({"current", "open", "closed", "paid", "collection", "individual", "joint", "revolving"})
_KEPT: Final = re.compile(r"[^a-z0-9#/&%]")


@lru_cache(maxsize=16384)
def token(text: str) -> str:
    """A word without case and punctuation, so that `Code(s):` meets `codes`."""
    return _KEPT.sub("", text.lower())


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[str, ...]:
    return tuple(t for t in map(token, text.split()) if t)


class Likeness(IntEnum):
    """How a label is known: declared word for word, by the sense of its words, or by its place and its answer."""

    DECLARED = 0
    SIMILAR = 1
    LIKELY = 2


TRUST: Final = {
    Likeness.DECLARED: ("label", 1.0),
    Likeness.SIMILAR: ("similar label", 0.85),
    Likeness.LIKELY: ("likely label", 0.7),
}
"""The rule by which a value beside a label was found, and how far it is to be trusted."""


class Hit(NamedTuple):
    """Words `start`..`end` of a line are the label of `question`."""

    start: int
    end: int
    question: str
    label: str
    colon: bool
    likeness: Likeness = Likeness.DECLARED


class LabelBook:
    """Labels by their first word. `labels` maps a question to its wordings, separated by `|`.

    Of several groups the last wins a wording; within a question a wording's rank is its place in the first group that
    has it, counted from the last group on. With `similar` wordings a label that is not declared word for word is known
    by its sense, the groups' own wordings before these.
    """

    def __init__(self, *labels: Mapping[str, str], similar: Mapping[str, str] | None = None) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        known: dict[tuple[str, ...], str] = {}
        self._ranks: dict[tuple[str, ...], int] = {}
        for group in labels:
            for question, wordings in group.items():
                known.update({tokens(wording): question for wording in wordings.split("|")})
        for group in reversed(labels):
            for wordings in group.values():
                for wording in wordings.split("|"):
                    self._ranks.setdefault(tokens(wording), len(self._ranks))
        for words, question in known.items():
            self._by_first.setdefault(words[0], []).append((words, question))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._thesaurus = None
        if similar is not None:
            listed = [(tokens(text), asked) for asked, texts in similar.items() for text in texts.split("|")]
            self._thesaurus = Thesaurus([*known.items(), *listed])

    def question(self, text: str) -> str | None:
        """The question of a label that is the whole text."""
        words = tokens(text)
        entries = self._by_first.get(words[0], ()) if words else ()
        declared = next((question for wanted, question in entries if wanted == words), None)
        return self._thesaurus.question(words) if declared is None and self._thesaurus else declared

    @property
    def guesses(self) -> bool:
        """Whether labels count that are not declared word for word."""
        return self._thesaurus is not None

    def rank(self, label: str) -> int:
        """How early the label is declared; what is declared first is the more telling answer."""
        return self._ranks.get(tokens(label), len(self._ranks))

    def match(self, words: tuple[Word, ...], start: int, stop: int) -> Hit | None:
        """The longest label that begins at `start`; a colon ends a label, so none runs across one."""
        declared = self._declared(words, start, stop)
        if self._thesaurus is None or (declared and declared.colon):
            return declared
        similar = self._similar(self._thesaurus, words, start, stop)
        if similar is None or (declared and not _is_longer(similar, declared, words)):
            return declared
        return None if self._ends_declared(words, similar) else similar

    def _ends_declared(self, words: tuple[Word, ...], hit: Hit) -> bool:
        """Whether a run that goes on from a value ends in a declared label (`Individual Account Credit Limit:`)."""
        before = words[hit.start - 1] if hit.start else None
        if before is None or words[hit.start].x0 - before.x1 > CELL_GAP * before.size or not before.text[-1].isalpha():
            return False
        tails = (self._declared(words, start, hit.end) for start in range(hit.start + 1, hit.end))
        return any(tail is not None and tail.end == hit.end for tail in tails)

    def _declared(self, words: tuple[Word, ...], start: int, stop: int) -> Hit | None:
        for wanted, question in self._by_first.get(token(words[start].text), ()):
            end = _matched(words, start, stop, wanted)
            if end is not None:
                return _hit(words, start, end, question)
        return None

    def _similar(self, thesaurus: Thesaurus, words: tuple[Word, ...], start: int, stop: int) -> Hit | None:
        """The longest run of words that stand together and have a known label's sense."""
        run = list(islice(_run(words, start, stop), _LONGEST_SIMILAR))
        for length in range(len(run), 0, -1):
            question = thesaurus.question(tuple(filter(None, run[:length]))) if run[length - 1] else None
            if question is not None and not _ends_sentence(words[start + length - 1]):
                return _hit(words, start, start + length, question, Likeness.SIMILAR)
        return None

    def may_begin(self, word: Word) -> bool:
        """Whether a label may begin with the word, at a quick look; a sign alone is passed over."""
        first = token(word.text)
        return not first or first in self._by_first

    def begun(self, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Labels that the text is the beginning of: what is missing, and the question."""
        have = tokens(text)
        if have:
            for wanted, question in self._by_first.get(have[0], ()):
                if len(have) < len(wanted) and wanted[: len(have)] == have:
                    yield wanted[len(have) :], question


def _matched(words: tuple[Word, ...], start: int, stop: int, wanted: tuple[str, ...]) -> int | None:
    at = start
    for position, expected in enumerate(wanted):
        if at >= stop or token(words[at].text) != expected:
            return None
        at += 1
        if words[at - 1].text.endswith(":") and position < len(wanted) - 1:
            return None
    return at


def _hit(words: tuple[Word, ...], start: int, end: int, question: str, likeness: Likeness = Likeness.DECLARED) -> Hit:
    text = " ".join(w.text for w in words[start:end]).rstrip(": ")
    colon = words[end - 1].text.endswith(":") or (end < len(words) and words[end].text == ":")
    return Hit(start, end, question, text, colon, likeness)


def _ends_sentence(word: Word) -> bool:
    return word.text.endswith(".") and not is_spelling(token(word.text))


def _is_longer(similar: Hit, declared: Hit, words: tuple[Word, ...]) -> bool:
    """Whether a similar label goes on beyond a declared one, but not into its value (`Payment Status Current`)."""
    more = {token(word.text) for word in words[declared.end : similar.end]}
    return bool(more) and more.isdisjoint(_VALUES)


def _run(words: tuple[Word, ...], start: int, stop: int) -> Iterator[str]:
    """The tokens of one cell in one print up to a colon."""
    for at in range(start, stop):
        word, before = words[at], words[at - 1]
        if at > start and (word.x0 - before.x1 > CELL_GAP * word.size or word.bold != before.bold):
            return
        if word.text == "|":
            return
        yield token(word.text)
        if word.text.endswith(":"):
            return


def hits_in(line: Line, book: LabelBook) -> list[Hit]:
    """Labels of a line: at the start of a cell, behind a `|`, or anywhere before a colon of their own."""
    starts = _cell_starts(line)
    words, size = line.words, len(line.words)
    hits: list[Hit] = []
    at = 0
    for start in range(size) if ":" in line.text else _openings(line, starts):
        if start < at:
            continue
        hit = book.match(words, start, size)
        if hit and book.guesses and hit.colon and _is_tail(words, starts, hits, start):
            continue
        if hit and (hit.colon or start in starts or words[start - 1].text == "|"):
            hits.append(hit)
            at = hit.end
    return hits


def _is_tail(words: tuple[Word, ...], starts: list[int], hits: list[Hit], start: int) -> bool:
    """Whether it only ends a longer label that nobody knows (`Originating lender:`), from its cell's start on."""
    opening = max((at for at in starts if at <= start), default=0)
    before = words[opening:start]
    if not before or len(before) > _LONGEST_BEFORE_TAIL or any(hit.end > opening for hit in hits):
        return False
    return all(word.text.isalpha() and not word.text[1:].isupper() for word in before)


def _openings(line: Line, starts: list[int]) -> list[int]:
    """Where a label may begin on a line without a colon."""
    if "|" not in line.text:
        return starts
    return sorted({*starts, *(at + 1 for at, word in enumerate(line.words[:-1]) if word.text == "|")})


def _cell_starts(line: Line) -> list[int]:
    starts, at = [], 0
    for segment in line.segments:
        starts.append(at)
        at += len(segment.words)
    return starts
