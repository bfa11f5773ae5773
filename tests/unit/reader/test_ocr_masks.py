"""Masked account numbers by the shape of their print, whatever an engine took it for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tribureau.reader.ocr.masks import masked_numbers
from tribureau.reader.ocr.rereading import with_numbers
from tribureau.reader.ocr.words import SeenWord

TOP, HEIGHT = 40, 16


def line_of(shapes: str) -> tuple[Image.Image, dict[int, int]]:
    """`d` a digit, `a` an asterisk, `X` a letter of a mask, a blank a gap; and where each shape begins."""
    image, x, starts = Image.new("L", (700, 100), 255), 30, {}
    draw = ImageDraw.Draw(image)
    for at, shape in enumerate(shapes):
        starts[at] = x
        if shape in "dX":
            draw.rectangle((x, TOP, x + (9 if shape == "d" else 11), TOP + HEIGHT - 1), fill=20)
        elif shape == "a":
            draw.rectangle((x, TOP + 1, x + 6, TOP + 7), fill=20)
        x += {"d": 11, "a": 9, "X": 13, " ": 14}[shape]
    starts[len(shapes)] = x
    return image, starts


def word(text: str, x0: int, x1: int, confidence: float) -> SeenWord:
    return SeenWord(text, x0, TOP, x1, TOP + HEIGHT, 0, confidence)


@pytest.mark.parametrize("tail", [["SOSSQO**"], ["595590"], ["5955", "9Gree", "ee"]])
def test_asterisks_are_counted_even_where_the_engine_saw_none(tail: list[str]) -> None:
    image, at = line_of("dddddd" + "a" * 10)
    widths = {1: [(0, 6)], 3: [(0, 4), (4, 9), (10, 12)]}[len(tail)]
    words = [word(text, at[first], at[last] - 2, 0.1) for text, (first, last) in zip(tail, widths, strict=True)]
    [number] = masked_numbers(image, words)
    assert number.mask == "*" * 10
    assert number.words == tuple(range(len(words)))
    assert number.before
    assert (number.before.left, number.before.right) == (at[0], at[6] - 1)


def test_a_name_before_the_number_stays_out_of_it() -> None:
    image, at = line_of("dddd dddddddaaaa")
    words = [word("BANK", at[0], at[4], 0.95), word("4316663", at[5], at[12], 0.9)]
    [number] = masked_numbers(image, words)
    assert (number.words, number.mask) == ((1,), "****")
    assert number.before
    assert number.before.left == at[5]


def test_digits_before_a_row_of_x_are_cut_out_to_be_read_again() -> None:
    image, at = line_of("dddd" + "X" * 8)
    words = [word("A958XXXXXXXX", at[0], at[12], 0.6)]
    [number] = masked_numbers(image, words)
    assert number.mask == "X" * 8
    assert number.before
    assert number.before.right == at[4] - 1
    [whole] = with_numbers(words, [number], [50], [SeenWord("4958.", 10, 40, 60, 60, 0, 0.9)])
    assert whole.text == "4958XXXXXXXX"


def test_an_amount_is_no_masked_number() -> None:
    image, at = line_of("dddddd")
    assert masked_numbers(image, [word("$1,250", at[0], at[6], 0.9)]) == []


PLACES = st.floats(-20, 720)


@given(
    st.lists(st.tuples(st.sampled_from(["4316**", "43XXXX", "SO*Q", "9"]), PLACES, PLACES, PLACES, PLACES), max_size=5)
)
def test_no_engine_s_boxes_break_it(boxes: list[tuple[str, float, float, float, float]]) -> None:
    image, _ = line_of("ddddddaaaa XXXX")
    words = [SeenWord(text, x0, y0, x1, y1, 0, 0.3) for text, x0, y0, x1, y1 in boxes]
    found = masked_numbers(image, words)
    assert all(0 <= at < len(words) for number in found for at in number.words)
