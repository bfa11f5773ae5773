"""The text layer of a PDF as positioned words, by pypdfium2.

The text of a page is taken in one call; each word then costs two calls for the boxes of its first and last character.
A page without a usable text layer comes back as a picture, for another source of words (OCR) to fill.
"""

import ctypes
import math
import re
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from tribureau.domain.errors import Damaged, EmptyFile, NotAPdf, PasswordRequired, TooComplex, WrongPassword
from tribureau.reader.drawn_marks import Turn, drawn_marks
from tribureau.reader.pages import Page, Word
from tribureau.reader.unchecked import handle_of, unchecked

MAX_PAGES: Final = 1500
MAX_CHARACTERS_ON_A_PAGE: Final = 100_000
MAX_CHARACTERS: Final = 12_000_000
_BOLD: Final = 600
_box_of: Final = unchecked(pdfium.FPDFText_GetLooseCharBox)
_weight_of: Final = unchecked(pdfium.FPDFText_GetFontWeight)
_edges: Final = struct.Struct("4f").unpack_from
"""Left, top, right and bottom of a FS_RECTF."""

SMALLEST_TEXT: Final = 1.5
"""Points. Text below this height is hidden matter, not print."""

LARGEST_WORD: Final = 14400.0
"""Points: the longest edge that a PDF's page can have. Spoiled fonts give infinite boxes, or none."""

LEAST_MONTHS: Final = 6
"""A page that names fewer months has no month grid, and its drawings are not looked at."""

LEAST_OUTLINES: Final = 60
"""Drawings on a page without text from which on they are taken for letters in outline."""
MANY_PRINTED: Final = 24
"""A page that prints `OK` this often prints its grids in words."""
_PAID: Final = re.compile(r"\bOK\b")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HYPHEN_AT_LINE_END: Final = re.compile("[\u0002\ufffe]")
_WORD: Final = re.compile("[^\\s\u0002\ufffe\u200b]+[\u0002\ufffe]?")
_UNREADABLE: Final = re.compile("[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f]")
PLAIN: Final = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "\u02bc": "'", "\u00ad": "", "\ufeff": "", "\u200c": "", "\u200d": "",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        "\u2010": "-", "\u2011": "-", "\u2212": "-",
    }
)  # fmt: skip


def pages_of(source: bytes | Path, *, password: str | None = None) -> Iterator[Page]:
    """Read the pages in order.

    Raises EmptyFile, NotAPdf, PasswordRequired, WrongPassword, Damaged or TooComplex.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    with closing(_open(data, password)) as document:
        if len(document) > MAX_PAGES:
            raise TooComplex(f"This PDF has {len(document)} pages; {MAX_PAGES} is the most that is read.")
        characters = 0
        grid_may_go_on = False
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise Damaged(f"Page {index + 1} of this PDF is damaged.") from error
            with closing(page), closing(page.get_textpage()) as text:
                characters += text.count_chars()
                if characters > MAX_CHARACTERS:
                    raise TooComplex
                read, grid_may_go_on = _read_page(page, text, index + 1, grid_may_go_on)
                yield read


def _open(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    if not data.strip(b"\x00\t\r\n\f "):
        raise EmptyFile
    if b"%PDF-" not in data[:1024]:
        raise NotAPdf
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise (WrongPassword if password else PasswordRequired) from error
        raise Damaged from error
    if not len(document):
        raise Damaged
    return document


def _read_page(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int, grid_may_go_on: bool
) -> tuple[Page, bool]:
    """The page, and whether a grid on it may go on in the next one, where no month's name stands any more."""
    count = text.count_chars()
    if count > MAX_CHARACTERS_ON_A_PAGE:
        raise TooComplex(f"Page {number} of this PDF holds {count} characters.")
    characters = _characters(text, count)
    spans = [m.span() for m in _WORD.finditer(characters)]
    turns = _quarter_turns(page, text, spans)
    width, height = page.get_size()
    if (turns - page.get_rotation() // 90) % 2:
        width, height = height, width
    if _is_picture(page, characters):
        return Page(number, width, height, is_picture=True), False
    box = page.get_bbox()
    turn = _turn(box, turns)
    words = _words(text, characters, spans, None if turns == 0 else turn, box, number)
    has_grid = _may_draw_months(characters)
    marks = drawn_marks(page, turn) if has_grid or grid_may_go_on else []
    return Page(number, width, height, words, marks=marks), has_grid


def _may_draw_months(characters: str) -> bool:
    """Whether the page holds a month grid whose paid months are not printed as words."""
    named = characters.lower()
    return sum(map(named.count, _MONTHS)) >= LEAST_MONTHS and len(_PAID.findall(characters)) < MANY_PRINTED


def _characters(text: pypdfium2.PdfTextPage, count: int) -> str:
    """The page's characters, one UTF-16 unit per pdfium index."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    characters = buffer.raw[: 2 * (written - 1)].decode("utf-16-le", "surrogatepass")
    if len(characters) == count:
        return characters
    # Characters without Unicode are left out of the whole text and those beyond 16 bits count twice there:
    # either would shift every index behind them.
    return "".join(chr(min(pdfium.FPDFText_GetUnicode(text, i), 0xFFFF) or 0xFFFD) for i in range(count))


def _words(
    text: pypdfium2.PdfTextPage,
    characters: str,
    spans: list[tuple[int, int]],
    turn: Turn | None,
    box: tuple[float, float, float, float],
    number: int,
) -> list[Word]:
    """The words in the text's order. `turn` is None for upright pages, which are nearly all, to save its calls."""
    handle, rect = handle_of(text.raw), pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    page_left, _, _, page_top = box
    words: list[Word] = []
    new = tuple.__new__  # Word's own goes through Python
    bold, end_of_last, level = False, 0.0, 0.0
    for start, end in spans:
        _box_of(handle, start, reference)
        left, top, right, bottom = _edges(rect)
        if turn:
            x0, y0, x1, y1 = turn(left, bottom, right, top)
        else:
            x0, y0, x1, y1 = left - page_left, page_top - top, right - page_left, page_top - bottom
        if end - start > 1:
            _box_of(handle, end - 1, reference)
            left, top, right, bottom = _edges(rect)
            last = turn(left, bottom, right, top)[2] if turn else right - page_left
            x1 = last if last > x1 else x1
        if not (SMALLEST_TEXT <= y1 - y0 < LARGEST_WORD and abs(x1 - x0) < LARGEST_WORD):  # NaN compares as false
            continue
        content = characters[start:end]
        if not content.isascii() or "\u0002" in content:
            content = _HYPHEN_AT_LINE_END.sub("-", content).translate(PLAIN)
        if y0 != level or not 0 <= x0 - end_of_last < y1 - y0:
            bold = _weight_of(handle, start) >= _BOLD
        end_of_last, level = x1, y0
        if content:
            words.append(new(Word, (content, x0, y0, x1, y1, number, bold)))
    return words


def _quarter_turns(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, spans: list[tuple[int, int]]) -> int:
    """Clockwise quarter turns that make the page's text upright: its own rotation, or that of most of its words."""
    step = max(1, len(spans) // 24)
    found = (pdfium.FPDFText_GetCharAngle(text, start) for start, _ in spans[::step])
    angles = [angle for angle in found if math.isfinite(angle)]
    if not angles:
        return int(page.get_rotation() // 90)
    quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles)
    return int(quarters.most_common(1)[0][0])


def _turn(box: tuple[float, float, float, float], turns: int) -> Turn:
    """Maps a rectangle of the PDF's space (origin bottom left) to the upright page (origin top left)."""
    left, bottom, right, top = box
    if turns == 1:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turns == 2:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if turns == 3:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


def _is_picture(page: pypdfium2.PdfPage, characters: str) -> bool:
    """Whether what matters on the page is drawn: next to no readable text, or a stamp on a full-page image."""
    printed = len("".join(characters.split()))
    readable = printed - len(_UNREADABLE.findall(characters))
    if printed >= 25 and readable < 0.5 * printed:
        return True
    if readable >= 200:
        return False
    width, height = page.get_size()
    share = 0.5 if readable >= 25 else 0.15
    drawings = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH], max_depth=3))
    outlined = readable < 25 and len(drawings) >= LEAST_OUTLINES
    images = (drawing for drawing in drawings if drawing.type == pdfium.FPDF_PAGEOBJ_IMAGE)
    return outlined or any(_area(image) > share * width * height for image in images)


def _area(image: pypdfium2.PdfObject) -> float:
    left, bottom, right, top = image.get_bounds()
    return float((right - left) * (top - bottom))
