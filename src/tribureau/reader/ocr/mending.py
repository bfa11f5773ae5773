"""The words of a scanned page, put right where the rows they stand in leave no other reading."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.ocr.grid_cells import LOWERED, with_cells_named
from tribureau.reader.ocr.month_headings import with_months_parted
from tribureau.reader.ocr.month_strips import strips_mended
from tribureau.reader.ocr.strip_labels import with_bureaus_named
from tribureau.reader.pages import Line, Page, Word

SureWords = list[tuple[Word, float]]
"""Words with the confidence of whoever read them, 0 to 1."""

_DIRT: Final = 3
"""The longest word that may be dirt beside bureaus' names."""
_MARK: Final = 2
"""Characters that a trademark's sign behind a name may be read as."""
_AROUND_A_NAME: Final = "®©@:.,'’"
_ALIKE: Final = str.maketrans("lI1|íìït", "iiiiiiif")
_NAMES: Final = {bureau.value.translate(_ALIKE): bureau.value for bureau in Bureau}


def mended(seen: SureWords) -> SureWords:
    """The words that are printed there, as far as they can be told; what was changed is less sure than it was."""
    for rule in (_bureaus, _headers, with_months_parted, strips_mended_by_word, _cells):
        replaced = {id(word): parts for word, parts in rule(_lines(seen))}
        seen = [
            (part, confidence if part is word else LOWERED * confidence)
            for word, confidence in seen
            for part in replaced.get(id(word), [word])
        ]
    return seen


def strips_mended_by_word(lines: Sequence[Line]) -> Iterator[tuple[Word, list[Word]]]:
    """The first word of each mended row stands for all that is new in it."""
    taken: set[int] = set()
    for line, words in strips_mended(lines):
        if id(line) in taken:
            continue
        taken.add(id(line))
        kept = {id(word) for word in words}
        new = [word for word in words if id(word) not in {id(old) for old in line.words}]
        for at, old in enumerate(line.words):
            yield old, [*([old] if id(old) in kept else []), *(new if at == 0 else [])]


def _lines(seen: SureWords) -> list[Line]:
    return Page(0, 0, 0, [word for word, _ in seen]).lines


def _bureaus(lines: Iterable[Line]) -> Iterator[tuple[Word, list[Word]]]:
    """`Experlan®`, `Equlfax` and `Equifaxe` by their names."""
    for word in chain.from_iterable(line.words for line in lines):
        read = word.text.translate(_ALIKE)
        name = next((name for alike, name in _NAMES.items() if read.startswith(alike)), None)
        if name and word.text.rstrip(_AROUND_A_NAME) != name and len(read) <= len(name) + _MARK:
            yield word, [word._replace(text=name)]


def _headers(lines: Iterable[Line]) -> Iterator[tuple[Word, list[Word]]]:
    """Specks in a row of three bureaus' names, which would be no such row with them."""
    names = {bureau.value for bureau in Bureau}
    for line in lines:
        others = [word for word in line.words if word.text.strip(_AROUND_A_NAME) not in names]
        if len(line.words) - len(others) == len(names) and all(len(word.text) <= _DIRT for word in others):
            yield from ((word, []) for word in others)


def _cells(lines: list[Line]) -> Iterator[tuple[Word, list[Word]]]:
    for rule in (with_cells_named, with_bureaus_named):
        yield from ((word, [word._replace(text=text)]) for word, text in rule(lines))
