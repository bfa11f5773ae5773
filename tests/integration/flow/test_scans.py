"""Scanned pages through the walled reader, Tesseract and the worker."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tribureau.domain.errors import NotACreditReport, ScannedPages, TooComplex
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.tesseract import Tesseract
from tribureau.reader.ocr.words import EngineFailed, Picture, SeenWord
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.samples import make_report

LIMITS = Limits(1024 * 2**20, 60)
TESSERACT = shutil.which("tesseract")
needs_tesseract = pytest.mark.skipif(not TESSERACT, reason="Tesseract is not installed, so no scan was read.")


class Blind:
    """An engine that sees nothing, and counts."""

    name = "Blind"

    def __init__(self) -> None:
        self.pictures: list[Picture] = []

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        self.pictures.append(picture)
        return []

    async def close(self) -> None:
        self.pictures.clear()


class Stuck(Blind):
    async def words_of(self, picture: Picture) -> list[SeenWord]:
        await asyncio.sleep(600)
        return []


class Broken(Blind):
    async def words_of(self, picture: Picture) -> list[SeenWord]:
        raise EngineFailed


def sandbox_with(engine: Any, *, seconds_a_page: int = 90, seconds: int = 600) -> Sandbox:
    return Sandbox(
        LIMITS, max_pages=1000, scan_reader=ScanReader(engine, seconds_a_page=seconds_a_page, seconds=seconds)
    )


@pytest_asyncio.fixture
async def reading_scans() -> AsyncIterator[Sandbox]:
    sandbox = sandbox_with(Tesseract(TESSERACT or ""))
    yield sandbox
    await sandbox.close()


def blank_scan(pages: int) -> bytes:
    sheets = [Image.new("L", (850, 1100), 250) for _ in range(pages)]
    made = BytesIO()
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:], resolution=100)
    return made.getvalue()


@needs_tesseract
async def test_a_scan_is_read_as_its_print_is(reading_scans: Sandbox) -> None:
    sample, told = make_report("creditkarma", seed=4, accounts=1, scanned=True), []
    report = await reading_scans.read(sample.pdf, progress=lambda percent, text: told.append((percent, text)))
    expected = sample.truth["tradelines"]
    assert report.layout == "creditkarma"
    assert [line.tradeline.creditor_name for line in report.tradelines] == [line["creditor_name"] for line in expected]
    assert [line.negative.is_negative for line in report.tradelines] == [line["is_negative"] for line in expected]
    assert any("Tesseract" in note for note in report.notes)
    assert any(text.startswith("Reading page 1 of ") and text.endswith(", a scan") for _, text in told)
    sure = [evidence.confidence for line in report.tradelines for evidence in line.evidence.values()]
    assert sure and all(0 <= confidence <= 1 for confidence in sure) and min(sure) < 1
    box = report.tradelines[0].evidence["creditor_name"].box
    width, height = report.page_sizes[0]
    assert 0 <= box.x0 < box.x1 <= width and 0 <= box.y0 < box.y1 <= height


@needs_tesseract
async def test_a_scanned_bank_statement_is_no_report(reading_scans: Sandbox) -> None:
    with pytest.raises(NotACreditReport):
        await reading_scans.read(make_report("experian", seed=3, decoy=True, scanned=True).pdf)


@needs_tesseract
async def test_the_worker_keeps_what_a_scan_says(
    working: Any, worker_parts: Any, upload: Any, until_done: Any, rows: Any, reading_scans: Sandbox
) -> None:
    sample = make_report("creditkarma", seed=4, accounts=1, scanned=True)
    object.__setattr__(worker_parts, "sandbox", reading_scans)
    async with working():
        done = await until_done(await upload(sample.pdf))
    assert done["processing_status"] == "complete"
    kept = rows("select creditor_name from public.tradelines")
    assert [row["creditor_name"] for row in kept] == [line["creditor_name"] for line in sample.truth["tradelines"]]


async def test_forty_blank_pages_end_after_three() -> None:
    engine = Blind()
    sandbox = sandbox_with(engine)
    with pytest.raises(NotACreditReport):
        await sandbox.read(blank_scan(40))
    assert sorted(picture.page for picture in engine.pictures) == [1, 2, 3]
    await sandbox.close()


async def test_pages_with_good_text_are_never_shown_to_an_engine() -> None:
    engine = Blind()
    sandbox = sandbox_with(engine)
    report = await sandbox.read(make_report("experian", seed=2, accounts=2).pdf)
    assert engine.pictures == [] and report.tradelines and report.notes == []
    await sandbox.close()


async def test_a_scanned_page_among_printed_ones_is_read_alone() -> None:
    engine, writer = Blind(), PdfWriter()
    for pdf in (make_report("experian", seed=2, accounts=2).pdf, blank_scan(1)):
        for page in PdfReader(BytesIO(pdf)).pages:
            writer.add_page(page)
    made = BytesIO()
    writer.write(made)
    sandbox = sandbox_with(engine)
    report = await sandbox.read(made.getvalue())
    assert [picture.page for picture in engine.pictures] == [len(report.page_sizes)]
    assert any("Blind" in note for note in report.notes)
    await sandbox.close()


@pytest.mark.parametrize("engine", [Stuck(), Broken()], ids=["stuck", "broken"])
async def test_an_engine_that_gives_nothing_is_told_as_unread_pages(engine: Blind) -> None:
    sandbox = sandbox_with(engine, seconds_a_page=1)
    with pytest.raises((ScannedPages, NotACreditReport)):
        await sandbox.read(blank_scan(2))
    await sandbox.close()


async def test_all_pages_together_have_their_limit() -> None:
    sandbox = Sandbox(
        Limits(1024 * 2**20, 1), max_pages=9, scan_reader=ScanReader(Stuck(), seconds_a_page=60, seconds=1)
    )
    with pytest.raises(TooComplex):
        await sandbox.read(blank_scan(5))
    await sandbox.close()


async def test_tesseract_that_is_not_there_or_fails_is_an_engine_that_failed() -> None:
    for program in ("/nowhere/tesseract", "/bin/false"):
        with pytest.raises(EngineFailed):
            await Tesseract(program).words_of(Picture(1, 10, 10, 1.0, bytes(100)))


async def test_a_picture_that_lies_about_its_size_is_not_shown() -> None:
    engine = Blind()
    reader = ScanReader(engine, seconds_a_page=5, seconds=5)
    for picture in (
        Picture(1, 10, 10, 1.0, b""),
        Picture(1, -1, -100, 1.0, bytes(100)),
        Picture(1, 10, 10, 0, bytes(100)),
    ):
        assert (await reader.read(picture)).words is None
    assert engine.pictures == []
