"""Bars of light text on dark, as headings have, turned into dark text on white: engines skip them, names and all."""

from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageFilter, ImageOps

_WINDOW: Final = (60, 8)
"""Half the width and height in pixels of a window that a bar fills and that no line of dark text does."""
_DARK: Final = 120
_DARK_ROW: Final = 150
_PAPER: Final = 255
_MARGIN: Final = 3


def dark_on_light(image: Image.Image) -> Image.Image:
    """The picture with each dark bar inverted, and what is left of its edges painted over."""
    bars = list(_bars(image))
    for bar in bars:
        light = ImageOps.invert(image.crop(bar)).point(lambda grey: min(255.0, grey * 1.3))
        left, top, right, bottom = bar
        image.paste(_PAPER, (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN))
        image.paste(light, (left, top))
    return image


def _bars(image: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    dark = image.filter(ImageFilter.BoxBlur(_WINDOW)).point(lambda grey: 255 if grey < _DARK else 0)
    for top, bottom in _runs(
        [dark.crop((0, row, dark.width, row + 1)).getbbox() is not None for row in range(dark.height)]
    ):
        found = dark.crop((0, top, dark.width, bottom)).getbbox()
        if found:
            bar = _to_its_edges(image, found[0], top, found[2], bottom)
            if bar:
                yield bar


def _to_its_edges(image: Image.Image, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int] | None:
    """From where a window found it to where it ends; None for what is no bar, but dark in places."""
    above, below = max(0, top - 2 * _WINDOW[1]), min(image.height, bottom + 2 * _WINDOW[1])
    rows = _longest([grey < _DARK_ROW for grey in _means(image.crop((left, above, right, below)), across=True)])
    if rows is None:
        return None
    top, bottom = above + rows[0], above + rows[1]
    outer, end = max(0, left - 2 * _WINDOW[0]), min(image.width, right + 2 * _WINDOW[0])
    strip = image.crop((outer, top + 1, end, min(bottom, top + 4)))
    columns = _longest([grey < _DARK_ROW for grey in _means(strip, across=False)])
    if columns is None or columns[1] - columns[0] < 2 * _WINDOW[0]:
        return None
    return outer + columns[0], top, outer + columns[1], bottom


def _means(image: Image.Image, *, across: bool) -> bytes:
    """The mean grey of each row, or of each column."""
    return image.resize((1, image.height) if across else (image.width, 1), Image.Resampling.BOX).tobytes()


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None


def _longest(flags: list[bool]) -> tuple[int, int] | None:
    return max(_runs(flags), key=lambda run: run[1] - run[0], default=None)
