"""Reports read by Google's stand-ins beside us: never without the reader's own consent, redacted, and said so."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont
from pydantic import SecretStr
from pypdf import PdfReader, PdfWriter
from tests.cloud.stand_ins import (
    MODEL,
    Refusal,
    StandIn,
    accounts,
    generated,
    png_of,
    said_of,
    stand_in,
    tesseract_document,
)
from tests.functional.conftest import Site, until_read, upload, working_with
from tests.integration.flow.bombs import one_page, stream

from tribureau.domain.cloud_consent import WORDING_VERSION
from tribureau.reader.read import read_report
from tribureau.samples import make_report
from tribureau.settings import Settings

SSN, NUMBER, BORN = "987-65-4321", "4539571147923358", "03/14/1980"
SECRETS = f"Social Security Number: {SSN}", f"Date of Birth: {BORN}", f"Account number: {NUMBER}"
needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="Tesseract is not installed, so nothing was painted over or read."
)


@pytest.fixture
def gemini() -> Iterator[StandIn]:
    with stand_in(accounts()) as service:
        yield service
        assert service.faults == []


@pytest.fixture
def document_ai() -> Iterator[StandIn]:
    with stand_in(tesseract_document) as service:
        yield service
        assert service.faults == []


@pytest.fixture
def site_settings(site_settings: Settings, gemini: StandIn, document_ai: StandIn) -> Settings:
    return site_settings.model_copy(
        update={
            "cloud_ocr": "document_ai",
            "document_ai_project": "invented",
            "document_ai_processor": "abc123",
            "document_ai_url": document_ai.url,
            "cloud_parsing": "gemini",
            "gemini_api_key": SecretStr("invented-key"),
            "gemini_model": MODEL,
            "gemini_url": gemini.url,
            "cloud_seconds": 60,
        }
    )


async def agree(client: httpx.AsyncClient, **more: bool) -> None:
    given = {"wording_version": WORDING_VERSION, **more}
    (await client.put("/api/v1/cloud-reading/consent", json=given)).raise_for_status()


async def read(client: httpx.AsyncClient, pdf: bytes) -> dict[str, Any]:
    received = (await upload(client, pdf)).raise_for_status().json()
    return await until_read(client, received["id"])


async def tradelines(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get("/api/v1/tradelines?limit=200")).raise_for_status().json()["items"]
    return items


def with_secrets(pdf: bytes, *, scanned: bool) -> bytes:
    """The report with a page before it that says what must stay here."""
    sheet = Image.new("L", (1700, 2200), 255)
    for at, line in enumerate(SECRETS):
        ImageDraw.Draw(sheet).text((150, 300 + 90 * at), line, fill=0, font=ImageFont.load_default(44))
    page = io.BytesIO()
    if scanned:
        sheet.save(page, "PDF", resolution=200)
    else:
        page.write(_printed(SECRETS))
    writer = PdfWriter()
    for part in (page, io.BytesIO(pdf)):
        for one in PdfReader(part).pages:
            writer.add_page(one)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _printed(lines: tuple[str, ...]) -> bytes:
    rows = "".join(f"BT /F1 11 Tf 60 {700 - 24 * at} Td ({line}) Tj ET " for at, line in enumerate(lines))
    return one_page(stream(rows.encode()), b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>")


def text_in(png: bytes) -> str:
    program = shutil.which("tesseract") or ""
    read = subprocess.run([program, "stdin", "stdout", "--psm", "6"], input=png, capture_output=True, check=True)
    return read.stdout.decode()


async def test_nothing_leaves_before_its_owner_has_agreed(
    site: Site, worker: None, gemini: StandIn, document_ai: StandIn
) -> None:
    somebody, another = await site.somebody(), await site.somebody()
    await agree(another)
    for sample in (
        make_report("experian", seed=2, accounts=2),
        make_report("creditkarma", seed=4, accounts=1, scanned=True),
    ):
        done = await read(somebody, sample.pdf)
        assert "Google" not in str(done["read_by"])
    assert gemini.received == [] and document_ai.received == []


async def test_a_report_is_read_by_both_and_what_is_not_printed_is_dropped(
    site: Site, worker: None, gemini: StandIn, document_ai: StandIn
) -> None:
    client = await site.somebody()
    sample = make_report("experian", seed=2, accounts=3)
    found = said_of(read_report(sample.pdf))
    found[0]["values"].append({"question": "past_due", "label": "Balance", "printed": "$98,765"})
    gemini.answers = [accounts(*found, {"creditor": "NOBODY'S BANK", "bureau": "Experian", "page": 1, "values": []})]
    await agree(client)
    done = await read(client, with_secrets(sample.pdf, scanned=False))
    assert done["read_by"] == ["Tribureau", f"Google Gemini ({MODEL})"]
    assert done["values_dropped"] == 2
    truth = {line["creditor_name"] for line in sample.truth["tradelines"]}
    assert {line["creditor_name"] for line in await tradelines(client)} == truth
    assert document_ai.received == [], "no page of it is a scan"
    assert gemini.received
    for secret in (SSN, SSN[-4:], NUMBER, NUMBER[:-4], BORN, "1980"):
        assert secret.encode() not in gemini.everything
    assert b"Account number" in gemini.everything


@needs_tesseract
async def test_scanned_pages_are_painted_over_before_they_leave(
    site: Site, worker: None, gemini: StandIn, document_ai: StandIn
) -> None:
    client = await site.somebody()
    sample = make_report("creditkarma", seed=4, accounts=1, scanned=True)
    gemini.answers = [Refusal(500)]
    await agree(client)
    done = await read(client, with_secrets(sample.pdf, scanned=True))
    assert done["read_by"] == ["Tribureau", "Google Document AI"]
    assert any("Google Document AI" in note for note in done["notes"])
    assert any("answered with an error" in note and "Tribureau alone" in note for note in done["notes"])
    truth = [line["creditor_name"] for line in sample.truth["tradelines"]]
    assert [line["creditor_name"] for line in await tradelines(client)] == truth
    first_text = text_in(png_of(document_ai.received[0]))
    assert "Social Security" in first_text and "Account number" in first_text
    for text in map(text_in, map(png_of, document_ai.received)):
        for secret in (SSN, SSN[-4:], NUMBER, NUMBER[:-4], "1980"):
            assert secret not in text.replace(" ", "")
    for secret in (SSN, SSN[-4:], NUMBER[:-4], "1980"):
        assert secret.encode() not in gemini.everything


@needs_tesseract
async def test_a_page_that_google_does_not_read_stays_as_it_was_read_here(
    site: Site, worker: None, gemini: StandIn, document_ai: StandIn
) -> None:
    client = await site.somebody()
    document_ai.answers, gemini.answers = [Refusal(503, {"Retry-After": "900"})], [generated("{", "MAX_TOKENS")]
    await agree(client)
    sample = make_report("creditkarma", seed=4, accounts=1, scanned=True)
    done = await read(client, sample.pdf)
    assert done["processing_status"] == "complete"
    assert done["read_by"] == ["Tribureau", "Tesseract"]
    assert any("was cut off" in note for note in done["notes"])
    assert len(document_ai.received) <= 2, "after two failures it is left alone"
    assert [line["creditor_name"] for line in await tradelines(client)] == [
        line["creditor_name"] for line in sample.truth["tradelines"]
    ]


async def test_without_an_engine_here_pictures_leave_only_if_that_was_agreed_to(
    site_settings: Settings, site: Site, gemini: StandIn, document_ai: StandIn
) -> None:
    sample = make_report("creditkarma", seed=4, accounts=1, scanned=True)
    client, bold = await site.somebody(), await site.somebody()
    await agree(client)
    await agree(bold, unredacted_pages=True)
    async with working_with(site_settings.model_copy(update={"ocr_engine": "off"})):
        done = await read(client, sample.pdf)
        assert (done["processing_status"], done["error_code"]) == ("failed", "scanned_pages")
        assert document_ai.received == []
        if shutil.which("tesseract"):
            done = await read(bold, sample.pdf)
            assert done["read_by"] == ["Tribureau", "Google Document AI", f"Google Gemini ({MODEL})"]


async def test_consent_that_was_taken_back_no_longer_counts(site: Site, worker: None, gemini: StandIn) -> None:
    client = await site.somebody()
    await agree(client)
    (await client.delete("/api/v1/cloud-reading/consent")).raise_for_status()
    done = await read(client, make_report("experian", seed=2, accounts=2).pdf)
    assert done["read_by"] == ["Tribureau"] and gemini.received == []


async def test_one_agrees_to_a_wording_that_one_has_seen(site: Site) -> None:
    client, other = await site.somebody(), await site.somebody()
    about = (await client.get("/api/v1/cloud-reading")).json()
    assert about["services"] == ["Google Document AI", f"Google Gemini ({MODEL})"] and about["consent"] is None
    assert "Google" in about["to_whom"] and "Social Security" in about["what"] and about["why"]
    refused = await client.put("/api/v1/cloud-reading/consent", json={"wording_version": WORDING_VERSION + 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    await agree(client, unredacted_pages=True)
    await agree(client)
    consent = (await client.get("/api/v1/cloud-reading")).json()["consent"]
    assert consent["wording_version"] == WORDING_VERSION and consent["unredacted_pages"] is False
    assert (await other.get("/api/v1/cloud-reading")).json()["consent"] is None
