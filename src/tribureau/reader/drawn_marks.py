"""The small coloured drawings of a page: ticks, dots and squares that stand for months in payment histories."""

import ctypes
from collections.abc import Callable
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from tribureau.reader.pages import Colour, Mark, meaning_of_colour
from tribureau.reader.report import Box
from tribureau.reader.unchecked import handle_of, unchecked

Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]

_object_at: Final = unchecked(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
_type_of: Final = unchecked(pdfium.FPDFPageObj_GetType)
_bounds_of: Final = unchecked(pdfium.FPDFPageObj_GetBounds)
_draw_mode_of: Final = unchecked(pdfium.FPDFPath_GetDrawMode)
_stroke_of: Final = unchecked(pdfium.FPDFPageObj_GetStrokeColor)
_fill_of: Final = unchecked(pdfium.FPDFPageObj_GetFillColor)

_SMALLEST: Final = 2.0
_LARGEST: Final = 26.0
_MOST_DRAWINGS: Final = 6000


def drawn_marks(page: pypdfium2.PdfPage, turn: Turn) -> list[Mark]:
    """Paths of 2 to 26 points in width and height, with what their colour means. `turn` maps to the upright page.

    In the order of their height on the page, from the top.
    """
    handle = handle_of(page.raw)
    edges = (ctypes.c_float * 4)()
    references = [ctypes.byref(edges, 4 * i) for i in range(4)]
    brush = _Brush()
    marks: list[Mark] = []
    for i in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_DRAWINGS)):
        drawing = ctypes.c_void_p(_object_at(handle, i))
        if _type_of(drawing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        _bounds_of(drawing, *references)
        left, bottom, right, top = edges
        if not (_SMALLEST <= right - left <= _LARGEST and _SMALLEST <= top - bottom <= _LARGEST):
            continue
        meaning, colour = brush.paints(drawing)
        marks.append(Mark(Box(*turn(left, bottom, right, top)), meaning, colour))
    return sorted(marks, key=lambda mark: mark.box.y0 + mark.box.y1)


class _Brush:
    """The colours that a drawing is painted with, and what they mean: that of its line, else that of its area."""

    def __init__(self) -> None:
        self._modes, self._channels = (ctypes.c_int * 2)(), (ctypes.c_uint * 4)()
        self._to_modes = [ctypes.byref(self._modes, 4 * i) for i in range(2)]
        self._to_channels = [ctypes.byref(self._channels, 4 * i) for i in range(4)]

    def paints(self, drawing: ctypes.c_void_p) -> tuple[str | None, Colour | None]:
        """The meaning, and the colour of the area."""
        _draw_mode_of(drawing, *self._to_modes)
        fill, stroke = self._modes
        area = self._colour(drawing, _fill_of) if fill else None
        line = self._colour(drawing, _stroke_of) if stroke else None
        meanings = (meaning_of_colour(*colour) for colour in (line, area) if colour)
        return next((meaning for meaning in meanings if meaning), None), area

    def _colour(self, drawing: ctypes.c_void_p, colour_of: Callable[..., int]) -> Colour | None:
        if not colour_of(drawing, *self._to_channels):
            return None
        red, green, blue, _ = self._channels
        return red, green, blue
