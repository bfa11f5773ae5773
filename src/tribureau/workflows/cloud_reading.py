"""One user's report read by services outside: only with their consent, only redacted, and counted who read what."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from typing import Final

import psycopg
import structlog

from tribureau.database.transactions import Database, UserId
from tribureau.domain.cloud_consent import WORDING_VERSION, CloudConsent
from tribureau.reader.ocr.painting import painted_over, secret_words, with_hidden
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.words import EngineFailed, Picture, SeenWord
from tribureau.reader.outside.readers import CloudFailed, CloudOcr, CloudParser
from tribureau.reader.outside.said import PageText, Said
from tribureau.workflows.text_batches import NOT_ASKED, batches, joined

_FAILURES_IN_A_ROW: Final = 2
"""After so many a service is not asked again for this report."""
_TEXT_READ, _ACCOUNTS_FOUND = 31, 59
"""Percent of a reading between which a model is asked."""
_MOST_BATCHES: Final = 20
_LEGIBLE: Final = 0.5
"""How sure the engine here must be of half of a page's words, for the page to leave."""
_log = structlog.get_logger(__name__)
Tell = Callable[[int, str], None]
Consent = Callable[[], Awaitable[CloudConsent | None]]


@dataclass(frozen=True, slots=True)
class CloudServices:
    """What the operator turned on; none by default."""

    ocr: CloudOcr | None = None
    parser: CloudParser | None = None
    seconds_without_engine: int = 120
    """How long all scanned pages of a file may take where no engine is installed here."""

    async def close(self) -> None:
        for service in (self.ocr, self.parser):
            if service:
                await service.close()


async def cloud_reading(services: CloudServices, database: Database, user: UserId, tell: Tell) -> "CloudReading | None":
    """What may be asked about this user's report; None where nothing is turned on, or they have not agreed."""
    if services.ocr is None and services.parser is None:
        return None

    async def consent() -> CloudConsent | None:
        try:
            async with database.as_worker_for(user) as transaction:
                row = await transaction.first("cloud_consents.current", wording_version=WORDING_VERSION)
        except psycopg.Error:
            _log.warning("consent_not_known")
            return None
        return CloudConsent(row["unredacted_pages"]) if row else None

    agreed = await consent()
    return CloudReading(services, agreed, consent, tell) if agreed else None


class CloudReading:
    """An `Outside`. Consent is looked up before each thing that leaves, so that taking it back holds at once."""

    def __init__(self, services: CloudServices, agreed: CloudConsent, consent: Consent, tell: Tell) -> None:
        self._services = services
        self._agreed = agreed
        self._consent = consent
        self._tell = tell

    @property
    def asks(self) -> bool:
        return self._services.parser is not None

    @property
    def seconds(self) -> float:
        parser = self._services.parser
        return _MOST_BATCHES * parser.seconds if parser else 0.0

    def sharpened(self, reader: ScanReader | None) -> ScanReader | None:
        ocr = self._services.ocr
        if ocr is None or (reader is None and not self._agreed.unredacted_pages):
            return reader
        seconds = self._services.seconds_without_engine
        here = reader or ScanReader(_Nobody(), seconds_a_page=1, seconds=seconds)
        return here.sharpened(_PagesOutside(ocr, self._consent))

    async def said_of(self, pages: list[PageText]) -> Said:
        parser = self._services.parser
        assert parser  # noqa: S101 - asked only where `asks`
        answers: list[tuple[list[PageText], Said]] = []
        unread: list[tuple[list[PageText], str]] = []
        parts = batches(pages)
        for at, part in enumerate(parts):
            if at >= _MOST_BATCHES or (len(unread) >= _FAILURES_IN_A_ROW and not answers) or not await self._consent():
                unread.append(([page for rest in parts[at:] for page in rest], NOT_ASKED))
                break
            percent = _TEXT_READ + (_ACCOUNTS_FOUND - _TEXT_READ) * at // len(parts)
            self._tell(percent, f"{_numbers(part, pages[-1].page)} read by {parser.name}")
            try:
                answers.append((part, await parser.accounts_on(part)))
            except CloudFailed as failed:
                _log.warning("model_gave_no_answer", failure=failed.failure.name)
                unread.append((part, failed.failure))
        return joined(parser.name, answers, unread)


def _numbers(part: list[PageText], last: int) -> str:
    first, until = part[0].page, part[-1].page
    return f"Page {first} of {last} is being" if first == until else f"Pages {first} to {until} of {last} are being"


class _PagesOutside:
    """Scanned pages of one report, shown to the service as far as it answers; a `Sharper`."""

    def __init__(self, ocr: CloudOcr, consent: Consent) -> None:
        self.name = ocr.name
        self.seconds = ocr.seconds
        self._ocr = ocr
        self._consent = consent
        self._failures = 0

    async def words_of(self, picture: Picture, words: list[SeenWord] | None) -> list[SeenWord] | None:
        consent = await self._consent()
        if consent is None or self._failures >= _FAILURES_IN_A_ROW:
            return None
        if not _is_legible(words) and not consent.unredacted_pages:
            return None
        hidden = await asyncio.to_thread(secret_words, words or [])
        shown = await asyncio.to_thread(painted_over, picture, hidden)
        try:
            read = await self._ocr.words_of(shown)
        except CloudFailed as failed:
            self._failures += 1
            _log.warning("page_not_read_outside", page=picture.page, failure=failed.failure.name)
            return None
        self._failures = 0
        return with_hidden(read, hidden)


def _is_legible(words: list[SeenWord] | None) -> bool:
    """Whether what was read here can show where the secrets are; of an illegible page nothing would be hidden."""
    return bool(words) and median(word.confidence for word in words or ()) >= _LEGIBLE


class _Nobody:
    """The engine of a machine that has none."""

    name = "nobody"

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        raise EngineFailed(picture.page)

    async def close(self) -> None:
        """There is nothing to close."""
