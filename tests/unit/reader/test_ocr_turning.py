"""Pages that lay on their side or upside down."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.turning import lies_on_its_side, on_paper, turned
from tribureau.reader.ocr.words import Picture, SeenWord
from tribureau.reader.report import Box

WIDTH, HEIGHT = 850, 1100


def printed_page() -> Picture:
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    for y in range(60, HEIGHT - 300, 24):
        for x in range(60, WIDTH - 60, 11):
            draw.rectangle((x, y, x + 6, y + 11), fill=20)
    return Picture(1, WIDTH, HEIGHT, 1.0, image.tobytes())


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_lines_that_run_down_the_page_are_noticed(quarters: int) -> None:
    assert lies_on_its_side(turned(printed_page(), quarters)) is (quarters % 2 == 1)


@given(st.integers(0, 3), st.floats(0, 500), st.floats(0, 700))
def test_a_place_on_the_upright_page_is_found_on_the_paper(quarters: int, x: float, y: float) -> None:
    """Turning by a quarter takes (x, y) of a paper of height h to (h - y, x)."""
    wide, high = (792.0, 612.0) if quarters % 2 else (612.0, 792.0)
    point, sides = (x, y), (wide, high)
    for _ in range(quarters):
        point, sides = (sides[1] - point[1], point[0]), (sides[1], sides[0])
    box = on_paper(Box(*point, *point), quarters, *sides)
    assert (box.x0, box.y0) == pytest.approx((x, y), abs=1e-6)


class ReadsUprightOnly:
    """An engine that is sure of its words where most of the page's ink stands in its upper half."""

    name = "Stand-in"

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        image = Image.frombytes("L", (picture.width, picture.height), picture.grey)
        upper = image.crop((0, 0, image.width, image.height // 2)).resize((1, 1), Image.Resampling.BOX)
        lower = image.crop((0, image.height // 2, image.width, image.height)).resize((1, 1), Image.Resampling.BOX)
        sure = 0.95 if upper.getpixel((0, 0)) < lower.getpixel((0, 0)) else 0.2
        return [SeenWord("Balance", 40, 40 + 20 * at, 100, 55 + 20 * at, at, sure) for at in range(20)]

    async def close(self) -> None:
        """Nothing to end."""


@pytest.mark.parametrize("lay", [0, 1, 2, 3])
def test_a_page_is_turned_until_its_words_make_sense(lay: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tribureau.reader.ocr.scan_reader.Spread", _AsItIs)
    reader = ScanReader(ReadsUprightOnly(), seconds_a_page=60, seconds=60)
    read = asyncio.run(reader.read(turned(printed_page(), lay)))
    assert read.quarters == (4 - lay) % 4
    assert read.words
    assert min(word.confidence for word in read.words) > 0.9


class _AsItIs:
    """A page that is its own sheet."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def sheet(self) -> Picture:
        return self._picture

    def on_page(self, words: list[SeenWord]) -> list[SeenWord]:
        return words
