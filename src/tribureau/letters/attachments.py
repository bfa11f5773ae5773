"""Proofs behind a letter: each uploaded PDF or picture becomes pages of the PDF that is mailed."""

from collections.abc import Iterable
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from tribureau.domain.errors import InvalidInput

MOST_PAGES: Final = 60
"""What a flat envelope and the mailing service take."""
_LETTER: Final = (612.0, 792.0)
_MARGIN: Final = 36.0
_PIXELS_PER_INCH: Final = 150
_MOST_PIXELS: Final = 60_000_000
_PDF: Final = b"%PDF-"


def with_attachments(letter: bytes, attachments: Iterable[tuple[str, bytes]]) -> bytes:
    """The letter, then every attachment (its name, its content) on US Letter pages.

    Raises InvalidInput for one that is neither PDF nor picture, is locked or damaged, or if all are over `MOST_PAGES`.
    """
    whole = PdfWriter(clone_from=BytesIO(letter))
    for name, content in attachments:
        for page in PdfReader(BytesIO(_as_pdf(name, content))).pages:
            if len(whole.pages) == MOST_PAGES:
                raise InvalidInput(
                    f"The letter and what it encloses are more than {MOST_PAGES} pages.",
                    hint="Leave out what the bureau does not need.",
                )
            _fit(whole, page)
    out = BytesIO()
    whole.write(out)
    return out.getvalue()


def _as_pdf(name: str, content: bytes) -> bytes:
    if content.lstrip()[:5] == _PDF:
        return _checked_pdf(name, content)
    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise InvalidInput(f"«{name}» is too large a picture.", hint="Save it smaller, and try again.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InvalidInput(
            f"«{name}» is neither a PDF nor a picture that can be opened.", hint="Enclose a PDF, a JPEG or a PNG."
        ) from error
    upright.thumbnail((round(7.5 * _PIXELS_PER_INCH), round(10 * _PIXELS_PER_INCH)))
    out = BytesIO()
    upright.save(out, "PDF", resolution=_PIXELS_PER_INCH)
    return out.getvalue()


def _checked_pdf(name: str, content: bytes) -> bytes:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise InvalidInput(f"«{name}» is locked with a password.", hint="Save it without one, and try again.")
        if not reader.pages:
            raise InvalidInput(f"«{name}» has no page.", hint="Choose another file.")
        out = BytesIO()
        clean = PdfWriter()
        for page in reader.pages:
            clean.add_page(page, excluded_keys=["/Annots", "/AA", "/B"])
        clean.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidInput(f"«{name}» is damaged.", hint="Save it anew, and try again.") from error
    return out.getvalue()


def _fit(whole: PdfWriter, page: "object") -> None:
    """The page on US Letter paper within margins, never enlarged."""
    source = whole.add_page(page)  # type: ignore[arg-type]
    source.transfer_rotation_to_content()
    width, height = float(source.mediabox.width), float(source.mediabox.height)
    scale = min(1.0, (_LETTER[0] - 2 * _MARGIN) / width, (_LETTER[1] - 2 * _MARGIN) / height)
    left, bottom = float(source.mediabox.left), float(source.mediabox.bottom)
    across, up = (_LETTER[0] - width * scale) / 2, _LETTER[1] - _MARGIN - height * scale
    source.add_transformation(Transformation().translate(-left, -bottom).scale(scale).translate(across, max(up, 0)))
    for box in (source.mediabox, source.cropbox, source.trimbox, source.bleedbox, source.artbox):
        box.lower_left, box.upper_right = (0, 0), _LETTER
