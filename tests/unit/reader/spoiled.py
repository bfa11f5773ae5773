"""Reports spoiled by chance: PDFs with mutated bytes, and pages of words in places where no report has them."""

import re
import zlib
from collections.abc import Callable
from functools import cache
from random import Random

from tribureau.reader.pages import Line, Page, Word
from tribureau.reader.pdf_text import pages_of
from tribureau.samples import FAMILIES, make_report

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FAR = (-9000.0, -1.0, 0.0, 1e6)
_STRANGE = ("$", "-", "--", "****", "XXXX", "$-1", "99/99/9999", "00/0000", "12/2024", "(", "…", "İ", "١٢", "9" * 400)


@cache
def pdfs() -> list[bytes]:
    return [make_report(family, style=style, seed=61, accounts=5).pdf for family in FAMILIES for style in "AB"]


@cache
def texts() -> list[list[Page]]:
    return [list(pages_of(pdf)) for pdf in pdfs()]


def spoiled_pdf(seed: int) -> bytes:
    """A sample with one to three injuries."""
    random = Random(seed)  # noqa: S311
    pdf = random.choice(pdfs())
    for _ in range(random.randint(1, 3)):
        pdf = random.choice(_INJURIES)(pdf, random)
    return pdf


def spoiled_pages(seed: int) -> list[Page]:
    """The words of a sample, moved, lost, exchanged and mixed with strange ones."""
    random = Random(seed)  # noqa: S311
    pages = random.choice(texts())
    lines = [[line.words for line in page.lines] for page in pages]
    for _ in range(random.randint(1, 4)):
        change = random.choice(_CHANGES)
        lines = [change(page, random) for page in lines]
    return [_page(page, words, random) for page, words in zip(pages, lines, strict=True)]


def _flip(pdf: bytes, random: Random) -> bytes:
    spoiled = bytearray(pdf)
    for _ in range(random.randint(1, 40)):
        spoiled[random.randrange(len(spoiled))] ^= 1 << random.randrange(8)
    return bytes(spoiled)


def _cut(pdf: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(pdf)) for _ in range(2))
    return random.choice((pdf[:end], pdf[:start] + pdf[end:]))


def _splice(pdf: bytes, random: Random) -> bytes:
    """Part of another report in the midst of this one."""
    other = random.choice(pdfs())
    start, at = random.randrange(len(other)), random.randrange(len(pdf))
    part = other[start : start + random.randint(1, 4000)]
    return pdf[:at] + part + pdf[at + random.choice((0, len(part))) :]


def _swap_streams(pdf: bytes, random: Random) -> bytes:
    found = list(_STREAM.finditer(pdf))
    if len(found) < 2:
        return pdf
    one, other = sorted(random.sample(found, 2), key=lambda match: match.start())
    (a, b), (c, d) = one.span(1), other.span(1)
    return pdf[:a] + pdf[c:d] + pdf[b:c] + pdf[a:b] + pdf[d:]


def _flip_inside_stream(pdf: bytes, random: Random) -> bytes:
    """What a page says is spoiled, its compression holds."""
    found = list(_STREAM.finditer(pdf))
    if not found:
        return pdf
    start, end = random.choice(found).span(1)
    try:
        content = zlib.decompress(pdf[start:end])
    except zlib.error:
        return pdf
    return pdf[:start] + zlib.compress(_flip(content, random) if content else content) + pdf[end:]


_INJURIES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _cut, _splice, _swap_streams, _flip_inside_stream, _flip_inside_stream,
)  # fmt: skip

_Rows = list[tuple[Word, ...]]


def _permute_lines(rows: _Rows, random: Random) -> _Rows:
    order = random.sample(rows, len(rows))
    return [tuple(_moved(w, y=old[0].y0) for w in new) for old, new in zip(rows, order, strict=True)]


def _drop(rows: _Rows, random: Random) -> _Rows:
    """One word in ten and one line in ten are lost."""
    kept = [tuple(word for word in row if random.random() > 0.1) for row in rows if random.random() > 0.1]
    return [row for row in kept if row]


def _shuffle_columns(rows: _Rows, random: Random) -> _Rows:
    """The cells of a third of all lines change their places."""
    return [_shuffled(row, random) if random.random() < 0.3 else row for row in rows]


def _shuffled(row: tuple[Word, ...], random: Random) -> tuple[Word, ...]:
    cells = Line(row).segments
    places = random.sample([cell.x0 for cell in cells], len(cells))
    return tuple(
        _moved(word, x=word.x0 - cell.x0 + place)
        for cell, place in zip(cells, places, strict=True)
        for word in cell.words
    )


def _exchange_words(rows: _Rows, random: Random) -> _Rows:
    said = [word.text for row in rows for word in row] + list(_STRANGE) * 5
    return [tuple(w._replace(text=random.choice(said)) if random.random() < 0.05 else w for w in row) for row in rows]


def _shake(rows: _Rows, random: Random) -> _Rows:
    return [tuple(_moved(w, w.x0 + random.gauss(0, 4), w.y0 + random.gauss(0, 2)) for w in row) for row in rows]


def _send_far(rows: _Rows, random: Random) -> _Rows:
    return [
        tuple(_moved(w, random.choice(_FAR), random.choice(_FAR)) if random.random() < 0.02 else w for w in row)
        for row in rows
    ]


_CHANGES: tuple[Callable[[_Rows, Random], _Rows], ...] = (
    _permute_lines, _drop, _shuffle_columns, _exchange_words, _shake, _send_far,
)  # fmt: skip


def _moved(word: Word, x: float | None = None, y: float | None = None) -> Word:
    left, top = word.x0 if x is None else x, word.y0 if y is None else y
    return word._replace(x0=left, y0=top, x1=left + word.x1 - word.x0, y1=top + word.size)


def _page(page: Page, rows: _Rows, random: Random) -> Page:
    words = [word for row in rows for word in row]
    if random.random() < 0.1:
        words = random.sample(words, len(words) // 2)
    return Page(page.number, page.width, page.height, words, marks=page.marks)
