"""Pictures of pages in, their words in PDF points out, a few pages at a time on an engine that is shared by all."""

import asyncio
import math
import os
from copy import copy
from statistics import median
from typing import Final, Protocol

import structlog
from PIL import Image

from tribureau.reader.ocr.cleaning import cleaned
from tribureau.reader.ocr.masks import masked_numbers
from tribureau.reader.ocr.rereading import sheet_of, with_numbers
from tribureau.reader.ocr.spread_rows import Spread
from tribureau.reader.ocr.turning import lies_on_its_side, may_stand_on_its_head, sense, turned
from tribureau.reader.ocr.words import Engine, EngineFailed, Picture, PictureRead, SeenWord
from tribureau.reader.pdf_text import PLAIN

MOST_PIXELS: Final = 24_000_000
MOST_WORDS: Final = 20_000
_FLAT: Final = 0.4
_LONGEST_DASH: Final = 3
_DIRT: Final = 0.6
_LINE_HEIGHT: Final = 1.15
_CAPITAL, _X_HEIGHT, _CLIMB, _DESCENT = 0.72, 0.52, 0.2, 0.21
"""In sizes of the type, as Latin text faces have them."""
_TALL: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789bdfhiklt$#/|()[]")
_TAILED: Final = frozenset("gjpqyQ,;$/|()[]")
_log = structlog.get_logger(__name__)


class Sharper(Protocol):
    """Somebody outside who may read a page better, given what was read of it here; None where they did not."""

    name: str
    seconds: float

    async def words_of(self, picture: Picture, words: list[SeenWord] | None) -> list[SeenWord] | None: ...


class ScanReader:
    """`seconds_a_page` bounds one page, `seconds` all pages of one file."""

    def __init__(self, engine: Engine, *, seconds_a_page: int, seconds: int, at_once: int | None = None) -> None:
        self._engine = engine
        self._room = asyncio.Semaphore(at_once or min(4, os.cpu_count() or 1))
        self.seconds_a_page = seconds_a_page
        self.seconds = seconds
        self._sharper: Sharper | None = None

    def sharpened(self, sharper: "Sharper") -> "ScanReader":
        """The same reader, whose words somebody else may better."""
        other = copy(self)
        other._sharper = sharper
        other.seconds_a_page = self.seconds_a_page + math.ceil(sharper.seconds)
        return other

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def outside(self) -> str | None:
        """Who may better its words."""
        return self._sharper.name if self._sharper else None

    async def read(self, picture: Picture) -> PictureRead:
        """The page's words; none where the picture is not what it says, the engine failed or time ran out."""
        if not _is_sound(picture):
            return PictureRead(picture.page, None)
        async with self._room:
            side = int(await asyncio.to_thread(lies_on_its_side, picture))
            straight, tilt = await asyncio.to_thread(cleaned, turned(picture, side))
            words = await self._words_or_none(straight)
            if words and may_stand_on_its_head(words):
                upended = turned(straight, 2)
                others = await self._words_or_none(upended)
                if others and sense(others) > sense(words):
                    straight, words, side = upended, others, side + 2
        better = await self._sharper.words_of(straight, words) if self._sharper else None
        if better is not None and self._sharper:
            best = levelled(better[:MOST_WORDS], picture.scale)
            return PictureRead(picture.page, best, tilt, self._sharper.name, side)
        return PictureRead(picture.page, None if words is None else levelled(words, picture.scale), tilt, None, side)

    async def _words_or_none(self, picture: Picture) -> list[SeenWord] | None:
        try:
            return await self._words(picture)
        except (TimeoutError, EngineFailed) as error:
            _log.warning("page_not_recognised", page=picture.page, why=type(error).__name__)
            return None

    async def _words(self, picture: Picture) -> list[SeenWord]:
        """The words of a clean page, with its masked numbers read a second time by themselves."""
        async with asyncio.timeout(self.seconds_a_page):
            spread = await asyncio.to_thread(Spread, picture)
            words = spread.on_page(await self._engine.words_of(spread.sheet()))[:MOST_WORDS]
            image = Image.frombytes("L", (picture.width, picture.height), picture.grey)
            numbers = await asyncio.to_thread(masked_numbers, image, words)
            if not numbers:
                return words
            sheet, middles = sheet_of(image, numbers, picture.scale)
            return with_numbers(words, numbers, middles, await self._engine.words_of(sheet))

    async def close(self) -> None:
        await self._engine.close()


def _is_sound(picture: Picture) -> bool:
    pixels = len(picture.grey)
    return (
        min(picture.width, picture.height, picture.scale) > 0
        and picture.width * picture.height == pixels <= MOST_PIXELS
    )


def levelled(words: list[SeenWord], scale: float) -> list[SeenWord]:
    """The words in points, those of a line in boxes of one height: what a dash and a capital share is their line."""
    lines: dict[int, list[SeenWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [word for line in lines.values() for word in _level(line, scale)]


def _level(line: list[SeenWord], scale: float) -> list[SeenWord]:
    sizes = [(word.y1 - word.y0) / _reach(word.text) for word in line if len(word.text) > 1 and word.text[0].isalnum()]
    size = median(sizes or [word.y1 - word.y0 for word in line])
    tall = [word for word in line if word.y1 - word.y0 > 0.4 * size]
    baseline = median(word.y1 - _DESCENT * size * _descends(word.text) for word in tall or line)
    middle = baseline - _CAPITAL / 2 * size
    top, bottom = ((middle + side * _LINE_HEIGHT * size / 2) / scale for side in (-1, 1))
    return [
        SeenWord(text, word.x0 / scale, top, word.x1 / scale, bottom, word.line, word.confidence)
        for word in line
        if (text := _text(word, _CAPITAL * size, middle))
    ]


def _reach(text: str) -> float:
    """The height of a word's ink in sizes of its type: capitals and tails reach further than an `x`."""
    return _X_HEIGHT + _CLIMB * any(c in _TALL for c in text) + _DESCENT * _descends(text)


def _descends(text: str) -> bool:
    return any(c in _TAILED for c in text)


def _text(word: SeenWord, height: float, middle: float) -> str:
    """The word as print has it: a flat mark halfway up is a dash however it was read, a doubtful dot is dirt."""
    text = word.text.translate(PLAIN)
    if word.y1 - word.y0 > _FLAT * height or len(text) > _LONGEST_DASH:
        return text
    if word.x1 - word.x0 > word.y1 - word.y0 and abs((word.y0 + word.y1) / 2 - middle) < _FLAT * height:
        return "-" if word.x1 - word.x0 < 0.6 * height else "--"
    return text if word.confidence > _DIRT or text.isalnum() else ""
