"""Rows of months that follow each other at equal distances: what an engine lost is known from what it read.

Enough sound months in a row fix which month stands at which place. The others are named after their place, what stands
between two places is dirt, and the years beside or beneath, which change with January, are put right by their majority.
"""

import re
from calendar import month_abbr
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from tribureau.reader.dates import month_number
from tribureau.reader.ocr.confusions import MONTH_MISREAD
from tribureau.reader.pages import Line, Word
from tribureau.reader.vocabulary import month_code

_FEWEST: Final = 5
_AGREEING: Final = 0.6
"""The share of a row's months that must follow each other."""
_NEAR: Final = 0.4
"""Of the distance between two months: how far from its place a word may stand."""
_YEARS_AGREEING: Final = 0.25
_SHORT_YEAR: Final = re.compile(r"(?<!\d)(?:20)?(\d\d)")
_DIGITS: Final = str.maketrans("SsO", "550")
_LONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class MonthRun:
    """Places from left to right: their middles, their months 1..12, and years counted from the first place."""

    middles: list[float]
    months: list[int]
    years: list[int]
    words: list[Word]

    @property
    def pitch(self) -> float:
        return (self.middles[-1] - self.middles[0]) / (len(self.middles) - 1)

    @property
    def edge(self) -> float:
        """What stands left of it is no part of the run."""
        return self.middles[0] - 0.6 * self.pitch

    def place(self, word: Word) -> int | None:
        """The place under or over which a word stands."""
        at = round((word.middle - self.middles[0]) / self.pitch)
        near = 0 <= at < len(self.middles) and abs(word.middle - self.middles[at]) <= _NEAR * self.pitch
        return at if near else None


def run_of(line: Line) -> MonthRun | None:
    """The run of months that the line is, its words mended; None for any other line."""
    known = [(word, month) for word in line.words if (month := _month(word.text))]
    steps = [(b[0].middle - a[0].middle, (b[1] - a[1]) % 12) for a, b in pairwise(known)]
    near = [gap for gap, step in steps if step in {1, 11}]
    if len(known) < _FEWEST or 2 * len(near) < len(known) - 1:
        return None
    pitch = median(near)
    forwards = 1 if 2 * sum(step == 1 for _, step in steps) >= len(near) else -1
    at, indices = 0, [0]
    for gap, _ in steps:
        at += round(gap / pitch)
        indices.append(at)
    bases = Counter((month - forwards * index) % 12 for (_, month), index in zip(known, indices, strict=True))
    base, agreeing = bases.most_common(1)[0]
    if agreeing < max(_FEWEST, _AGREEING * len(known)):
        return None
    sound = {i: w for (w, m), i in zip(known, indices, strict=True) if (m - forwards * i) % 12 == base}
    return _mended(line, sound, base, forwards)


def years_under(run: MonthRun, line: Line) -> list[Word] | None:
    """The line's words as the years of a run, one at each place; None where it is no row of years."""
    words = [word for word in line.words if word.middle > run.edge]
    placed = {place: word for word in words if (place := run.place(word)) is not None}
    if len(placed) < _AGREEING * len(run.middles) or any(_letters(word) > _LONGEST for word in words):
        return None
    if 2 * sum(month_code(word.text) is not None for word in words) > len(words):
        return None
    first = _first_year(run.years, placed)
    if first is None:
        return None
    named = [f"'{(first + year) % 100:02d}" for year in run.years]
    return [_at_place(run, at, name, placed.get(at, words[0])) for at, name in enumerate(named)]


def _mended(line: Line, sound: dict[int, Word], base: int, forwards: int) -> MonthRun:
    low, high = min(sound), max(sound)
    pitch = (sound[high].middle - sound[low].middle) / (high - low)
    others = {
        round((word.middle - sound[low].middle) / pitch) + low: word
        for word in line.words
        if len(word.text) <= _LONGEST and not word.text.rstrip(":").lower().startswith(("month", "year", "date"))
    }
    while low - 1 in others and _in_place(others[low - 1], sound[min(sound)], low - 1 - min(sound), pitch):
        low -= 1
    while high + 1 in others and _in_place(others[high + 1], sound[min(sound)], high + 1 - min(sound), pitch):
        high += 1
    start = sound[min(sound)].middle + (low - min(sound)) * pitch
    middles = [sound[at].middle if at in sound else start + (at - low) * pitch for at in range(low, high + 1)]
    months = [(base + forwards * at - 1) % 12 + 1 for at in range(low, high + 1)]
    run = MonthRun(middles, months, list(_years(months, forwards)), [])
    januaries = {at: others[at + low] for at, month in enumerate(months) if month == 1 and at + low in others}
    printed = {at: word for at, word in januaries.items() if _SHORT_YEAR.search(word.text.translate(_DIGITS))}
    first = _first_year(run.years, printed, least=1) if printed else None
    for at, month in enumerate(months):
        known = sound.get(at + low)
        named = f"'{(first + run.years[at]) % 100:02d}" if first is not None and month == 1 else month_abbr[month]
        run.words.append(known if known and known.text.isalpha() else _at_place(run, at, named, line.words[0]))
    return run


def _in_place(word: Word, anchor: Word, steps: int, pitch: float) -> bool:
    return abs(word.middle - anchor.middle - steps * pitch) <= _NEAR * pitch


def _years(months: Sequence[int], forwards: int) -> Iterator[int]:
    year = 0
    yield year
    for before, month in pairwise(months):
        year += forwards if before + month == 13 and abs(before - month) == 11 else 0
        yield year


def _first_year(years: Sequence[int], placed: dict[int, Word], least: int | None = None) -> int | None:
    """The year of the first place by the majority of the numbers that were read."""
    texts = {at: word.text.translate(_DIGITS) for at, word in placed.items()}
    votes = Counter(int(found[1]) - years[at] for at, text in texts.items() if (found := _SHORT_YEAR.search(text)))
    (first, times), (_, others) = [*votes.most_common(2), (0, 0), (0, 0)][:2]
    enough = least or (3 if 3 * others <= times else max(3, _YEARS_AGREEING * len(years)))
    return first if times > others and times >= enough else None


def _letters(word: Word) -> int:
    return sum(c.isalnum() for c in word.text)


def _at_place(run: MonthRun, at: int, text: str, like: Word) -> Word:
    half = 0.3 * run.pitch
    return like._replace(text=text, x0=run.middles[at] - half, x1=run.middles[at] + half)


def _month(text: str) -> int | None:
    word = MONTH_MISREAD.get(text, text).strip(" .,:;'’‘_~—-=")
    return month_number(word) if word.isalpha() else None
