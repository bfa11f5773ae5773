"""The only place that picks implementations: settings in, the parts of a running Tribureau out."""

import base64
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypeVar
from urllib.parse import urlsplit

import structlog
from pydantic import SecretStr

from tribureau.database import logins
from tribureau.database.embedded import Cluster
from tribureau.database.notices import Notices
from tribureau.database.transactions import Database, open_database
from tribureau.domain.deadlines.dispute_clock import MAIL_ALLOWANCE
from tribureau.domain.errors import Unavailable
from tribureau.domain.mailing.mail_house import MailHouse
from tribureau.domain.payments.processor import PaymentProcessor
from tribureau.providers.identity.local import IdentityOptions, LocalIdentity
from tribureau.providers.identity.mailbox import MailFolder
from tribureau.providers.identity.supabase_admin import SupabaseAdmin
from tribureau.providers.identity.supabase_keys import SupabaseTokens
from tribureau.reader.ocr.choice import engine_for
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.outside.readers import CloudOcr, CloudParser
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.settings import Settings
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import FolderReportStore, ReportStore
from tribureau.storage.signing import Signer
from tribureau.workflows.cloud_reading import CloudServices
from tribureau.workflows.delete_account import ErasingParts, finishing_erasures
from tribureau.workflows.report_parts import ReportParts

Service = TypeVar("Service")
_log: Final = structlog.get_logger(__name__)


@dataclass(frozen=True)
class WebParts:
    """What a running site is made of."""

    settings: Settings
    database: Database
    notices: Notices
    identity: LocalIdentity
    receiving: ReportParts
    erasing: ErasingParts


@dataclass(frozen=True)
class WorkerParts:
    """What a worker works with. `silence_seconds`: when a worker counts as dead and its jobs are taken over."""

    reports: ReportParts
    database_url: str
    concurrent_reports: int
    silence_seconds: int
    mail_allowance: timedelta = MAIL_ALLOWANCE


def master_key(settings: Settings) -> MasterKey:
    """From the setting, or from the data folder, where the first start makes it."""
    if settings.master_key:
        return MasterKey.from_base64(settings.master_key.get_secret_value())
    return MasterKey.load_or_create(settings.secrets_folder / "master.key")


def signer(settings: Settings) -> Signer:
    """What signs the heads of dispute histories."""
    return Signer(master_key(settings))


def login_passwords(key: MasterKey) -> dict[str, str]:
    """The passwords of our database logins."""
    return {
        role: base64.urlsafe_b64encode(key.derive(f"database login {role}")).decode().rstrip("=")
        for role in (logins.WEB, logins.WORKER)
    }


def key_fingerprint(key: MasterKey) -> str:
    """Tells whether two master keys are the same, and nothing else of them."""
    return key.derive("fingerprint of the master key").hex()[:32]


def web_database_url(settings: Settings) -> str:
    return _login_url(settings, logins.WEB, settings.web_database_url)


def worker_database_url(settings: Settings) -> str:
    return _login_url(settings, logins.WORKER, settings.worker_database_url)


def report_store(settings: Settings) -> ReportStore:
    return FolderReportStore(settings.reports_folder)


def identity(settings: Settings, database: Database) -> LocalIdentity:
    """Sign-in by ourselves; Supabase's tokens too where settings say so."""
    secret = settings.supabase_jwt_secret
    supabase = SupabaseTokens(
        secret.get_secret_value() if secret else "", settings.supabase_jwks_url, settings.supabase_issuer
    )
    return LocalIdentity(
        database,
        master_key(settings),
        MailFolder(settings.mails_folder, f"Tribureau <no-reply@{urlsplit(settings.site_url).hostname}>"),
        IdentityOptions(
            site_url=settings.site_url,
            open_signup=settings.open_signup,
            confirm_email=settings.confirm_email,
            access_token_seconds=settings.access_token_seconds,
            session_days=settings.session_days,
            audience=settings.token_audience,
            supabase=supabase,
            supabase_admin=_supabase_admin(settings, supabase),
        ),
    )


def _supabase_admin(settings: Settings, tokens: SupabaseTokens) -> SupabaseAdmin | None:
    if settings.supabase_service_key and tokens.expected_issuer:
        return SupabaseAdmin(tokens.expected_issuer, settings.supabase_service_key.get_secret_value())
    return None


def scan_reader(settings: Settings) -> ScanReader | None:
    """What reads scanned pages; None where no engine is installed or OCR is off."""
    engine = engine_for(settings.ocr_engine)
    if engine is None:
        return None
    return ScanReader(engine, seconds_a_page=settings.ocr_seconds_per_page, seconds=settings.ocr_seconds)


def sandbox(settings: Settings) -> Sandbox:
    """What opens PDFs; whoever asks closes it."""
    limits = Limits(settings.reading_memory_bytes, settings.reading_seconds)
    return Sandbox(limits, max_pages=settings.max_pages, scan_reader=scan_reader(settings))


def cloud_services(settings: Settings) -> CloudServices:
    """Readers outside of this machine, as far as they are turned on and can be made; reports are read without them."""
    return CloudServices(
        _if_possible(document_ai, settings) if settings.cloud_ocr == "document_ai" else None,
        _if_possible(gemini, settings) if settings.cloud_parsing == "gemini" else None,
        seconds_without_engine=settings.ocr_seconds,
    )


def _if_possible(make: Callable[[Settings], Service], settings: Settings) -> Service | None:
    try:
        return make(settings)
    except Unavailable as error:
        _log.error("cloud_reading_is_off", why=error.message, mend=error.hint)
        return None


def document_ai(settings: Settings) -> CloudOcr:
    """Its libraries are loaded only where it is used: they are an extra, and large. Raises Unavailable."""
    with _needing("cloud"):
        from tribureau.providers.ocr.document_ai import DocumentAi, DocumentAiOptions  # noqa: PLC0415
    options = DocumentAiOptions(
        url=settings.document_ai_address,
        processor=settings.document_ai_processor_name,
        credentials=str(settings.document_ai_credentials or ""),
        seconds=settings.cloud_seconds,
    )
    try:
        return DocumentAi(options)
    except Exception as error:
        raise Unavailable(
            "Google Document AI's credentials can't be used.", hint="Correct TRIBUREAU_DOCUMENT_AI_CREDENTIALS."
        ) from error


def gemini(settings: Settings) -> CloudParser:
    """As `document_ai`."""
    with _needing("cloud"):
        from tribureau.providers.parsing.gemini import Gemini, GeminiOptions  # noqa: PLC0415
    key = settings.gemini_api_key
    if key is None:
        raise Unavailable("Google Gemini has no key.", hint="Set TRIBUREAU_GEMINI_API_KEY.")
    return Gemini(
        GeminiOptions(
            api_key=key.get_secret_value(),
            model=settings.gemini_model,
            url=settings.gemini_url,
            seconds=settings.cloud_seconds,
        )
    )


def payment_processor(settings: Settings) -> PaymentProcessor | None:
    """Stripe, or the sandbox in its place; None where no key is set. Its library is loaded only where it is used."""
    if settings.stripe_secret_key is None:
        return None
    from tribureau.providers.payments.stripe import Stripe, StripeOptions  # noqa: PLC0415

    return Stripe(
        StripeOptions(
            settings.stripe_secret_key.get_secret_value(),
            settings.stripe_api_base,
            _secrets(settings.stripe_webhook_secret),
            settings.vendor_seconds,
        )
    )


def mail_house(settings: Settings) -> MailHouse | None:
    """Lob, as `payment_processor`."""
    if settings.lob_api_key is None:
        return None
    from tribureau.providers.mailing.lob import Lob, LobOptions  # noqa: PLC0415

    return Lob(
        LobOptions(
            settings.lob_api_key.get_secret_value(),
            settings.lob_api_base,
            _secrets(settings.lob_webhook_secret),
            settings.vendor_seconds,
        )
    )


def _secrets(kept: SecretStr | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in kept.get_secret_value().split(",") if part.strip()) if kept else ()


@contextmanager
def _needing(extra: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise Unavailable(
            f"The libraries for this are not installed: {error.name}.", hint=f"pip install 'tribureau[{extra}]'"
        ) from error


def mail_allowance(settings: Settings) -> timedelta:
    """How long a bureau's answer may take by mail."""
    return timedelta(days=settings.mail_allowance_days)


def report_parts(settings: Settings, database: Database) -> ReportParts:
    """What receives, reads and shows reports; whoever asks closes the sandbox."""
    return ReportParts(
        database=database,
        store=report_store(settings),
        master_key=master_key(settings),
        sandbox=sandbox(settings),
        max_upload_bytes=settings.max_upload_bytes,
    )


def erasing_parts(settings: Settings, database: Database, users: LocalIdentity) -> ErasingParts:
    """What erases accounts."""
    return ErasingParts(database, report_store(settings), users.closing, signer(settings), settings.backups_folder)


@asynccontextmanager
async def open_web(settings: Settings) -> AsyncIterator[WebParts]:
    """The site's parts, closed in turn at the end."""
    url = web_database_url(settings)
    async with AsyncExitStack() as closing:
        database = await open_database(url)
        closing.push_async_callback(database.close)
        notices = await closing.enter_async_context(Notices(url).running())
        receiving = report_parts(settings, database)
        closing.push_async_callback(receiving.sandbox.close)
        receiving.sandbox.warm_up()
        users = identity(settings, database)
        closing.push_async_callback(users.close)
        await closing.enter_async_context(users.sweeping())
        erasing = erasing_parts(settings, database, users)
        await closing.enter_async_context(finishing_erasures(erasing))
        yield WebParts(settings, database, notices, users, receiving, erasing)


@asynccontextmanager
async def open_worker(settings: Settings) -> AsyncIterator[WorkerParts]:
    """The worker's parts, closed in turn at the end."""
    url = worker_database_url(settings)
    async with AsyncExitStack() as closing:
        database = await open_database(url)
        closing.push_async_callback(database.close)
        reports = replace(report_parts(settings, database), cloud=cloud_services(settings))
        closing.push_async_callback(reports.sandbox.close)
        closing.push_async_callback(reports.cloud.close)
        yield WorkerParts(
            reports, url, settings.concurrent_reports, settings.worker_silence_seconds, mail_allowance(settings)
        )


def _login_url(settings: Settings, role: str, named: SecretStr | None) -> str:
    if named:
        return named.get_secret_value()
    return logins.login_url(_administrators_url(settings), role, login_passwords(master_key(settings))[role])


def _administrators_url(settings: Settings) -> str:
    if settings.database_url:
        return settings.database_url.get_secret_value()
    if (running := Cluster(settings.home).running_url()) is None:
        raise Unavailable(
            "No database is running.", hint="Start `tribureau run`, or name a database in TRIBUREAU_DATABASE_URL."
        )
    return running
