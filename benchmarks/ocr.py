"""Seconds that a scanned page takes from picture to words, beside bare Tesseract on the same picture."""

import asyncio
import os
import subprocess
import time

import pypdfium2

from benchmarks.measurements import Measurement
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.tesseract import Tesseract, tesseract_program
from tribureau.reader.ocr.words import Picture
from tribureau.reader.pages import Page
from tribureau.reader.scans import drawn
from tribureau.samples import make_report

_LARGEST_RATIO = 2.0
_FAMILIES = ("experian", "identityiq", "creditkarma")


def measure() -> list[Measurement]:
    program = tesseract_program()
    if program is None:
        print("Tesseract is not installed, so OCR was not measured.")
        return []
    pictures = [_first_page(make_report(family, seed=7, accounts=2, scanned=True).pdf) for family in _FAMILIES]
    ours, bare = _ours(program, pictures), _bare(program, pictures)
    return [
        Measurement(
            name="ocr",
            value=round(ours, 2),
            unit="s a page",
            baseline_name="Tesseract alone",
            baseline=round(bare, 2),
            goal=f"at most {_LARGEST_RATIO} of the baseline",
            met=ours <= _LARGEST_RATIO * bare,
        )
    ]


def _first_page(pdf: bytes) -> Picture:
    document = pypdfium2.PdfDocument(pdf)
    return drawn(document, Page(1, *document[0].get_size()))


def _ours(program: str, pictures: list[Picture]) -> float:
    async def read() -> None:
        reader = ScanReader(Tesseract(program), seconds_a_page=600, seconds=600, at_once=1)
        for picture in pictures:
            await reader.read(picture)

    started = time.perf_counter()
    asyncio.run(read())
    return (time.perf_counter() - started) / len(pictures)


def _bare(program: str, pictures: list[Picture]) -> float:
    started = time.perf_counter()
    for picture in pictures:
        subprocess.run(
            [program, "stdin", "stdout", "--psm", "6", "tsv"],
            input=b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.grey,
            env={"OMP_THREAD_LIMIT": "1", "PATH": os.environ["PATH"]},
            capture_output=True,
            check=True,
        )
    return (time.perf_counter() - started) / len(pictures)
