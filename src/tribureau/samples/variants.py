"""What happens to a report on its way: locked with a password, cut off, or printed and scanned."""

import re
from io import BytesIO
from random import Random
from typing import Final

import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter

SCAN_DPI: Final = 170
PAPER: Final = (250, 249, 245)


def apply(pdf: bytes, random: Random, password: str | None, *, truncated: bool, scanned: bool) -> bytes:
    """The variants in the order in which they happen: scanned, locked, cut off."""
    if scanned:
        pdf = scan(pdf, random)
    if password is not None:
        pdf = lock(pdf, password)
    return cut_off(pdf, random) if truncated else pdf


def lock(pdf: bytes, password: str) -> bytes:
    """Encrypted with AES-128, opened by `password`; its key has real chance in it, so bytes differ each time."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(password, algorithm="AES-128")
    locked = BytesIO()
    writer.write(locked)
    return locked.getvalue()


def cut_off(pdf: bytes, random: Random) -> bytes:
    """A download that broke off: 35 to 80 in 100 of the file, without its table of objects."""
    return pdf[: len(pdf) * random.randint(35, 80) // 100]


def scan(pdf: bytes, random: Random) -> bytes:
    """The pages as grey pictures, each laid on the glass a little askew, with the sensor's noise."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_scanned_page(page, random) for page in document]
    document.close()
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=SCAN_DPI, quality=72)
    return _without_clock(made.getvalue())


def _scanned_page(page: pypdfium2.PdfPage, random: Random) -> Image.Image:
    picture = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
    askew = picture.rotate(random.uniform(-0.9, 0.9), Image.Resampling.BICUBIC, fillcolor=PAPER[0])
    noise = Image.frombytes("L", askew.size, random.randbytes(askew.width * askew.height))
    return Image.blend(askew, noise, 0.06)


def _without_clock(pdf: bytes) -> bytes:
    """Pillow writes the time of day into a PDF; zeros of the same length keep its offsets true."""
    return re.sub(rb"\(D:\d{14}Z\)", b"(D:20240101000000Z)", pdf)
