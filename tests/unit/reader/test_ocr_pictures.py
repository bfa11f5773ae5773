"""What is done to a scan before an engine sees it, and to its words after."""

from random import Random

import pytest
from PIL import Image, ImageDraw

from tribureau.reader.ocr.cleaning import cleaned, tilt_of
from tribureau.reader.ocr.dark_bars import dark_on_light
from tribureau.reader.ocr.scan_reader import levelled
from tribureau.reader.ocr.tesseract import words_in
from tribureau.reader.ocr.words import Picture, SeenWord


def rows_of_print(width: int = 1200, height: int = 900) -> Image.Image:
    page = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(page)
    for y in range(60, height - 60, 36):
        for x in range(80, width - 80, 14):
            draw.rectangle((x, y, x + 7, y + 16), fill=20)
    return page


@pytest.mark.parametrize("degrees", [-1.5, -0.6, 0.0, 0.4, 2.0])
def test_a_tilted_page_is_set_straight(degrees: float) -> None:
    askew = rows_of_print().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert tilt_of(askew) == pytest.approx(degrees, abs=0.11)


def test_specks_go_and_print_stays() -> None:
    page = rows_of_print()
    specked, random = page.copy(), Random(3)  # noqa: S311
    for _ in range(2000):
        specked.putpixel((random.randrange(page.width), random.randrange(page.height)), random.randrange(90))
    clean, _ = cleaned(Picture(1, page.width, page.height, 2.8, specked.tobytes()))
    ink = sum(1 for grey in clean.grey if grey < 128)
    assert ink == pytest.approx(sum(1 for grey in page.tobytes() if grey < 128), rel=0.05)
    margin = Image.frombytes("L", page.size, clean.grey).crop((0, 0, page.width, 40))
    assert margin.getextrema() == (255, 255)


def test_a_dark_bar_becomes_dark_on_light() -> None:
    page = rows_of_print()
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 395, page.width, 440), fill=255)
    draw.rectangle((80, 400, 1100, 434), fill=50)
    for x in range(100, 500, 14):
        draw.rectangle((x, 410, x + 7, 424), fill=250)
    turned = dark_on_light(page.copy())
    assert turned.getpixel((103, 417)) < 60
    assert turned.getpixel((800, 417)) > 240
    assert turned.crop((0, 0, 1200, 390)).tobytes() == page.crop((0, 0, 1200, 390)).tobytes()


def test_words_of_one_line_share_its_height_and_flat_marks_are_dashes() -> None:
    line = [
        SeenWord("Balance", 100, 200, 180, 222, 0, 0.95),
        SeenWord("=", 300, 209, 308, 212, 0, 0.4),
        SeenWord("~~", 400, 209, 420, 212, 0, 0.4),
        SeenWord(".", 500, 219, 502, 222, 0, 0.2),
    ]
    words = levelled(line, 2.0)
    assert [word.text for word in words] == ["Balance", "-", "--"]
    assert len({(word.y0, word.y1) for word in words}) == 1
    assert words[0].x0 == 50


def test_a_table_with_noise_in_it_gives_the_words_that_are_there() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tOpen", "5\t1\t1\t1\t2\t1\t10\t40\t30\t12\t-1\t ", "garbage", ""]
    [word] = words_in("\n".join([head, *rows]))
    assert word == SeenWord("Open", 10, 20, 40, 32, 0, 0.965)
