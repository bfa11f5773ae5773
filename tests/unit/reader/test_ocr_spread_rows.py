"""The sheet that an engine reads in a page's stead, and its words back on the page."""

from PIL import Image, ImageDraw

from tribureau.reader.ocr.spread_rows import DOT, Spread
from tribureau.reader.ocr.words import Picture, SeenWord

WIDTH, HEIGHT = 900, 300


def page(*rows: tuple[int, int, list[int]]) -> Picture:
    """Blocks of ink 30 wide: rows as (top, height, left edges)."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    for top, height, lefts in rows:
        for left in lefts:
            draw.rectangle((left, top, left + 29, top + height - 1), fill=20)
    return Picture(1, WIDTH, HEIGHT, 2.8, image.tobytes())


def inked_rows(picture: Picture) -> list[tuple[int, int]]:
    ink = [min(picture.grey[y * picture.width : (y + 1) * picture.width]) < 128 for y in range(picture.height)]
    starts = [y for y in range(1, picture.height) if ink[y] and not ink[y - 1]]
    return [(y, ink.index(False, y)) for y in starts]


def test_rows_stand_apart_and_wide_gaps_are_closed() -> None:
    sheet = Spread(page((50, 12, [40, 500, 800]), (66, 12, [40, 500]))).sheet()
    first, second = inked_rows(sheet)
    assert second[0] - first[1] >= 16
    assert sheet.width < 400


def test_words_come_back_where_they_stand_on_the_page() -> None:
    spread = Spread(page((50, 12, [40, 500]), (66, 12, [40, 500])))
    _, second = inked_rows(spread.sheet())
    line = [spread.sheet().grey[(second[0] + 5) * spread.sheet().width + x] < 128 for x in range(spread.sheet().width)]
    left = max(x for x in range(1, len(line)) if line[x] and not line[x - 1])
    [word] = spread.on_page([SeenWord("Open", left, second[0] - 4, left + 30, second[1] + 4, 0, 0.9)])
    assert (word.x0, word.x1) == (500, 530)
    assert 60 < word.y0 <= 66
    assert 78 <= word.y1 < 84


def test_a_word_glued_from_two_cells_is_parted() -> None:
    spread = Spread(page((50, 12, [40, 140, 240, 340, 440, 540, 640, 740])))
    words = spread.on_page([SeenWord("RR", 26, 20, 26 + 30 + 26 + 30, 40, 0, 0.9)])
    assert [(word.text, word.x0) for word in words] == [("R", 38), ("R", 138)]


def test_two_rows_of_a_strip_that_tails_join_are_two() -> None:
    cells = list(range(40, 840, 80))
    picture = page((50, 12, cells), (66, 12, cells), (62, 4, []), (100, 14, [40]), (130, 14, [40]), (160, 14, [40]))
    image = Image.frombytes("L", (WIDTH, HEIGHT), picture.grey)
    ImageDraw.Draw(image).rectangle((44, 60, 46, 67), fill=20)
    assert len(inked_rows(Spread(Picture(1, WIDTH, HEIGHT, 2.8, image.tobytes())).sheet())) == 5


def test_dots_are_told_by_their_shape_and_kept_from_the_engine() -> None:
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 50, 90, 66), fill=20)
    for left in (200, 300, 400):
        draw.ellipse((left, 50, left + 15, 65), fill=20)
    spread = Spread(Picture(1, WIDTH, HEIGHT, 2.8, image.tobytes()))
    dots = spread.on_page([])
    assert [dot.text for dot in dots] == [DOT] * 3
    assert [round(dot.x0, -1) for dot in dots] == [200, 300, 400]
    darkest = [x for x in range(spread.sheet().width) if spread.sheet().grey[30 * spread.sheet().width + x] < 128]
    assert max(darkest) - min(darkest) == 50


def test_an_empty_page_has_no_words() -> None:
    blank = Picture(1, WIDTH, HEIGHT, 2.8, bytes([255]) * (WIDTH * HEIGHT))
    assert Spread(blank).sheet().width > 0
    assert Spread(blank).on_page([SeenWord("x", 0, 0, 9, 9, 0, 0.5)]) == []


def test_a_pattern_of_lines_is_shown_as_it_is() -> None:
    stripes = page(*((top, 3, [40, 500]) for top in range(0, HEIGHT, 8)))
    assert Spread(stripes).sheet().height < 2 * HEIGHT
