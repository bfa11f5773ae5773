"""Pages that lay on their side or upside down on the glass, set upright.

A page on its side shows it by its lines of print, which run from top to bottom. Whether it stands on its head only its
words tell: hardly one of them is read with confidence.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PIL import Image

from tribureau.reader.ocr.words import Picture, SeenWord
from tribureau.reader.report import Box

_SHRINK: Final = 4
_DARK: Final = 150
_TILTS: Final = (-2.0, -1.0, 0.0, 1.0, 2.0)
_CLEARLY: Final = 1.3
"""So many times the contrast of lines across the page must those down the page have."""
_SURE: Final = 0.8
_TELLING: Final = 3
"""Letters and digits from which on a word tells whether it was read the right way up."""
_FEWEST: Final = 12
_SENSIBLE: Final = 0.4
"""The share of telling words that were read with confidence, below which the page may stand on its head."""
_TURNS: Final = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
"""By quarters clockwise; Pillow counts the other way round."""


def turned(picture: Picture, quarters: int) -> Picture:
    """The picture turned clockwise by quarters of a circle."""
    if not quarters % 4:
        return picture
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey).transpose(_TURNS[quarters % 4])
    return Picture(picture.page, image.width, image.height, picture.scale, image.tobytes())


def lies_on_its_side(picture: Picture) -> bool:
    """Whether lines of print run down the page and not across it."""
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey)
    ink = image.reduce(_SHRINK).point(lambda grey: 255 if grey < _DARK else 0)
    return _contrast(ink.transpose(Image.Transpose.ROTATE_90)) > _CLEARLY * _contrast(ink)


def sense(words: Sequence[SeenWord]) -> float:
    """The share of telling words that were read with confidence; 1.0 where there are next to none."""
    telling = [word for word in words if sum(c.isalnum() for c in word.text) >= _TELLING]
    return sum(word.confidence > _SURE for word in telling) / len(telling) if len(telling) >= _FEWEST else 1.0


def may_stand_on_its_head(words: Sequence[SeenWord]) -> bool:
    """Whether so little of a page makes sense that it is worth a look from the other side."""
    return sense(words) < _SENSIBLE


def on_paper(box: Box, quarters: int, width: float, height: float) -> Box:
    """A box of the upright page where it is on the paper, of which the upright page is a turn by quarters.

    `width` and `height` are those of the upright page.
    """
    match quarters % 4:
        case 1:
            return Box(box.y0, width - box.x1, box.y1, width - box.x0)
        case 2:
            return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
        case 3:
            return Box(height - box.y1, box.x0, height - box.y0, box.x1)
        case _:
            return box


def _contrast(ink: Image.Image) -> float:
    """How much neighbouring rows of pixels differ in ink, with the page as level as it gets."""
    sums = (
        ink.rotate(tilt, Image.Resampling.NEAREST, fillcolor=0)
        .convert("F")
        .resize((1, ink.height), Image.Resampling.BOX)
        for tilt in _TILTS
    )
    return max(
        sum((a - b) ** 2 for a, b in pairwise(memoryview(rows.tobytes()).cast("f"))) / ink.height for rows in sums
    )
