"""Readers outside of this machine: whether they are on, can be reached, and know our key."""

import asyncio
from collections.abc import Callable, Iterator

from tribureau import bootstrap
from tribureau.diagnosis.findings import Finding, good, note, off
from tribureau.domain.errors import Unavailable
from tribureau.reader.ocr.choice import engine_for
from tribureau.reader.outside.readers import CloudFailed, CloudOcr, CloudParser
from tribureau.settings import Settings


def cloud(settings: Settings) -> Iterator[Finding]:
    if not settings.cloud_readers:
        yield good("Google", "not used: reports are read on this machine")
        return
    if settings.cloud_ocr != "off":
        yield _document_ai(settings)
        if engine_for(settings.ocr_engine) is None:
            yield note(
                "Google Document AI",
                "no engine here looks through scanned pages first, so they go out only for users who agreed to that",
                "Install Tesseract (Debian, Ubuntu: apt install tesseract-ocr).",
            )
    if settings.cloud_parsing != "off":
        yield _answer(
            "Google Gemini",
            bootstrap.gemini,
            settings,
            "TRIBUREAU_GEMINI_API_KEY, TRIBUREAU_GEMINI_MODEL and TRIBUREAU_GEMINI_URL",
        )


def _document_ai(settings: Settings) -> Finding:
    if not settings.document_ai_project or not settings.document_ai_processor:
        return off(
            "Google Document AI",
            "no processor is named",
            "Set TRIBUREAU_DOCUMENT_AI_PROJECT and TRIBUREAU_DOCUMENT_AI_PROCESSOR.",
        )
    path = settings.document_ai_credentials
    if path and not path.is_file():
        return off("Google Document AI", f"there is no file {path}", "Correct TRIBUREAU_DOCUMENT_AI_CREDENTIALS.")
    return _answer("Google Document AI", bootstrap.document_ai, settings, "the TRIBUREAU_DOCUMENT_AI_… settings")


def _answer(part: str, make: Callable[[Settings], CloudOcr | CloudParser], settings: Settings, named: str) -> Finding:
    try:
        service = make(settings)
    except Unavailable as error:
        return off(part, error.message, error.hint)
    try:
        asyncio.run(_check(service))
    except CloudFailed as failed:
        return off(part, f"it {failed.failure.value}", f"Check {named}, and that this machine reaches the address.")
    return good(part, f"{service.name} answers; users are asked before anything is sent")


async def _check(service: CloudOcr | CloudParser) -> None:
    try:
        await service.check()
    finally:
        await service.close()
