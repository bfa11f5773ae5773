"""A scan set straight and freed of specks, so that rows are level and noise is not read as text.

Measured on scans of 200 dots per inch: without it a tilt of half a degree runs rows of a wide table into each other.
"""

from itertools import pairwise
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from tribureau.reader.ocr.dark_bars import dark_on_light
from tribureau.reader.ocr.words import Picture

_MOST_TILT: Final = 3.0
_COARSE, _FINE = 0.25, 0.05
_SHRINK: Final = 3
_DARK: Final = 150
_INK: Final = 185
_PAPER: Final = 255
_REACH: Final = 4
"""Pixels around a spot in which ink is counted, and around ink that is kept."""
_FAINT: Final = (170, 205)
"""From the first grey on a spot fades, from the second on it is paper: table rules and tinted rows, but no strokes."""
_LEAST_INK: Final = 28
"""Of 255: the share of ink around a spot below which it is a speck; nine of 81 pixels."""


def cleaned(picture: Picture) -> tuple[Picture, float]:
    """The picture straight and clean, and the degrees that it was turned clockwise. About 0.3 s a page."""
    image = _without_single_dots(Image.frombytes("L", (picture.width, picture.height), picture.grey))
    tilt = tilt_of(image)
    if tilt:
        image = image.rotate(-tilt, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    clean = _without_specks(dark_on_light(image))
    return Picture(picture.page, picture.width, picture.height, picture.scale, clean.tobytes()), tilt


def tilt_of(image: Image.Image) -> float:
    """Degrees to turn clockwise until rows of text are level: where dark and light rows differ most."""
    ink = image.reduce(_SHRINK).point(lambda grey: 255 if grey < _DARK else 0)
    steps = round(_MOST_TILT / _COARSE)
    near = max((_COARSE * step for step in range(-steps, steps + 1)), key=lambda tilt: _contrast(ink, tilt))
    best = max((near + _FINE * step for step in range(-5, 6)), key=lambda tilt: _contrast(ink, tilt))
    return best if abs(best) >= _FINE and _contrast(ink, best) > _contrast(ink, 0.0) else 0.0


def _contrast(ink: Image.Image, tilt: float) -> float:
    """How much neighbouring rows of pixels differ in ink."""
    turned = ink.rotate(-tilt, Image.Resampling.NEAREST, fillcolor=0).convert("F")
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in pairwise(memoryview(rows).cast("f")))


def _without_single_dots(image: Image.Image) -> Image.Image:
    """Dots of one or two pixels take the grey around them; strokes are wider."""
    return ImageChops.lighter(image, image.filter(ImageFilter.RankFilter(3, 2)))


def _without_specks(image: Image.Image) -> Image.Image:
    """White wherever there is next to no ink around."""
    ink = image.point(lambda grey: 255 if grey < _INK else 0)
    text = ink.filter(ImageFilter.BoxBlur(_REACH)).point(lambda share: 255 if share >= _LEAST_INK else 0)
    around = text.filter(ImageFilter.BoxBlur(_REACH)).point(lambda share: 255 if share else 0)
    return Image.composite(image.point(_faded), Image.new("L", image.size, _PAPER), around)


def _faded(grey: int) -> float:
    first, last = _FAINT
    return grey if grey <= first else min(_PAPER, first + (grey - first) * (_PAPER - first) / (last - first))
