"""Which engine reads scanned pages on this machine."""

from importlib.util import find_spec
from typing import Literal

from tribureau.reader.ocr.rapidocr import RapidOcr
from tribureau.reader.ocr.tesseract import Tesseract, tesseract_program
from tribureau.reader.ocr.words import Engine

Wanted = Literal["auto", "tesseract", "rapidocr", "off"]


def has_rapidocr() -> bool:
    """Whether the wheels of `requirements/ocr.in` are installed; they are not loaded to find out."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def engine_for(wanted: Wanted) -> Engine | None:
    """The engine that was asked for; with `auto` Tesseract where it is installed, RapidOCR otherwise, or none."""
    program = tesseract_program() if wanted in {"auto", "tesseract"} else None
    if program:
        return Tesseract(program)
    return RapidOcr() if wanted in {"auto", "rapidocr"} and has_rapidocr() else None
