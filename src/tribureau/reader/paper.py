"""Files as paper: pictures of their pages, with nothing in them that could run, point elsewhere or hide.

Runs in the walled process only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError
from pypdfium2 import raw as pdfium

from tribureau.domain.errors import Damaged, NotAPdf, NotFound, PasswordRequired, TooComplex

_PDF_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
_DOTS_PER_INCH: Final = 150
_POINTS_PER_INCH: Final = 72
_WIDEST: Final = 1275
_HIGHEST: Final = 1650
"""A sheet of US Letter in dots."""
_MOST_PIXELS: Final = 60_000_000
_FRAME: Final = (200, 30, 30)
_ROOM: Final = 3.0
_KINDS: Final = ("JPEG", "PNG")
_Box = tuple[float, float, float, float]


def copied(content: bytes, max_pages: int) -> bytes:
    """The file's pages as a PDF of pictures.

    Raises NotAPdf for what is neither a PDF nor a JPEG or PNG, Damaged, PasswordRequired, or TooComplex.
    """
    if _PDF_MARK not in content[:_MARK_WITHIN]:
        return _as_pdf([_picture(content)])
    document = _open(content)
    if not 1 <= len(document) <= max_pages:
        raise TooComplex(
            f"This file has {len(document)} pages; {max_pages} is the most that goes with a letter.",
            hint="Save only the pages that the bureau needs.",
        )
    return _as_pdf(_drawn(document, number) for number in range(1, len(document) + 1))


def marked(content: bytes, pages: Mapping[int, Sequence[_Box]]) -> bytes:
    """These pages of a PDF, each box framed. Raises NotFound where there is no such page, and Damaged."""
    document = _open(content)
    if not pages or not all(1 <= number <= len(document) for number in pages):
        raise NotFound(f"This report has {len(document)} pages.")
    return _as_pdf(_framed(_drawn(document, number), document, number, pages[number]) for number in sorted(pages))


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise PasswordRequired(hint="Save it without a password, and try again.") from error
        raise Damaged(hint="Save it anew, and try again.") from error


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    try:
        page = document[number - 1]
        drawn: Image.Image = page.render(scale=_scale(*page.get_size()), may_draw_forms=False).to_pil()
        return drawn.convert("RGB")
    except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
        raise Damaged(f"Page {number} of this PDF is damaged.") from error


def _scale(points_wide: float, points_high: float) -> float:
    return min(_DOTS_PER_INCH / _POINTS_PER_INCH, _WIDEST / points_wide, _HIGHEST / points_high)


def _framed(picture: Image.Image, document: pypdfium2.PdfDocument, number: int, boxes: Iterable[_Box]) -> Image.Image:
    scale = _scale(*document[number - 1].get_size())
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        corners = (left - _ROOM, top - _ROOM, max(left, right) + _ROOM, max(top, bottom) + _ROOM)
        pen.rectangle([corner * scale for corner in corners], outline=_FRAME, width=3)
    return picture


def _picture(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=_KINDS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise TooComplex("This picture is too large.", hint="Save it smaller, and try again.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError as error:
        raise NotAPdf("This file is neither a PDF nor a picture.", hint="Enclose a PDF, a JPEG or a PNG.") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Damaged("This picture is damaged.", hint="Save it anew, and try again.") from error
    upright.thumbnail((_WIDEST, _HIGHEST))
    return upright


def _as_pdf(pictures: Iterable[Image.Image]) -> bytes:
    """One page at a time is in memory, besides what is written."""
    rest: Iterator[Image.Image] = iter(pictures)
    output = BytesIO()
    next(rest).save(output, "PDF", save_all=True, append_images=rest, resolution=_DOTS_PER_INCH)
    return output.getvalue()
