"""Every setting, read once from the environment (`TRIBUREAU_…`) and frozen. docs/settings.md lists them all."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, PositiveInt, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TRIBUREAU_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Field(
        default_factory=lambda: Path.home() / ".local" / "share" / "tribureau",
        description="The data folder: encrypted reports, secrets, backups, the embedded database where it can.",
    )
    host: str = Field("127.0.0.1", description="The address that the site listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port that the site listens on; 0 picks a free one.")
    public_url: str = Field(
        "", description="The address that people type, if it is not http://HOST:PORT. With https, cookies are secure."
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed."
    )

    mode: Literal["personal", "hosted"] = Field(
        "personal",
        description="personal: people dispute their own files here. hosted: others are served, so letters to companies "
        "are not written.",
    )

    database_url: SecretStr | None = Field(
        None,
        description="A PostgreSQL 15 to 18, as a login that may create roles and schemas. Empty: the embedded one.",
    )
    web_database_url: SecretStr | None = Field(
        None, description="The site's own login; otherwise made from TRIBUREAU_DATABASE_URL."
    )
    worker_database_url: SecretStr | None = Field(
        None, description="The worker's own login; otherwise made from TRIBUREAU_DATABASE_URL."
    )
    master_key: SecretStr | None = Field(
        None, description="32 bytes in base64 that wrap every user's key. Empty: secrets/master.key in the data folder."
    )
    report_storage: str = Field(
        "", description="Where encrypted reports lie: a folder. Empty: reports/ in the data folder."
    )

    max_upload_bytes: PositiveInt = Field(10 * MEBIBYTE, description="The largest file that is accepted.")
    max_pages: PositiveInt = Field(1000, description="The most pages that are read of one file.")
    reading_seconds: PositiveInt = Field(60, description="How long the reading of one file may take, without OCR.")
    ocr_engine: Literal["auto", "tesseract", "rapidocr", "off"] = Field(
        "auto", description="What reads scanned pages: Tesseract where it is installed, RapidOCR's wheel, or nothing."
    )
    ocr_seconds_per_page: PositiveInt = Field(120, description="How long the OCR of one page may take.")
    ocr_seconds: PositiveInt = Field(900, description="How long the OCR of all pages of one file may take.")
    check_below: float = Field(
        0.8, gt=0, le=1, description="A value read with less confidence than this asks its user to check it."
    )
    reading_memory_bytes: PositiveInt = Field(
        1024 * MEBIBYTE, description="How much memory the reading of one file may take."
    )
    cloud_ocr: Literal["off", "document_ai"] = Field(
        "off", description="Whether Google Document AI reads scanned pages of users who agreed to it."
    )
    document_ai_project: str = Field("", description="The Google Cloud project that holds the processor.")
    document_ai_location: str = Field("us", description="Where the processor runs: us, eu or a region.")
    document_ai_processor: str = Field("", description="The id of a Document OCR processor.")
    document_ai_credentials: Path | None = Field(
        None, description="A service account's JSON file. Empty: the credentials that Google's libraries find."
    )
    document_ai_url: str = Field(
        "", description="Its base address. Empty: Google's for that location. Without https only on this machine."
    )
    cloud_parsing: Literal["off", "gemini"] = Field(
        "off", description="Whether Google Gemini reads the text of users who agreed to it, beside the reader here."
    )
    gemini_api_key: SecretStr | None = Field(None, description="The key to the Gemini API.")
    gemini_model: str = Field("gemini-2.5-flash", description="The model that is asked.")
    gemini_url: str = Field(
        "https://generativelanguage.googleapis.com",
        description="Its base address. Without https only on this machine.",
    )
    cloud_seconds: PositiveInt = Field(
        60, description="How long one question to Google may take, with its repetitions; then it is read here alone."
    )
    concurrent_reports: PositiveInt = Field(2, description="How many reports one worker reads at once.")
    mail_allowance_days: int = Field(
        7,
        ge=0,
        le=60,
        description="Days for a bureau's answer to travel by mail, after the last day on which it may send it.",
    )
    worker_silence_seconds: PositiveInt = Field(
        15,
        description="After how long without a sign of life a worker counts as dead and others take over its reports.",
    )

    stripe_secret_key: SecretStr | None = Field(
        None, description="The secret key to Stripe, or a restricted one. Empty: nobody pays, but in the sandbox."
    )
    stripe_api_base: str = Field(
        "https://api.stripe.com", description="Stripe's base address. Without https only on this machine."
    )
    stripe_webhook_secret: SecretStr | None = Field(
        None, description="What Stripe signs its webhooks with; two, separated by a comma, while one is replaced."
    )
    lob_api_key: SecretStr | None = Field(
        None, description="The key to Lob. Empty: letters are printed and posted by hand, but in the sandbox."
    )
    lob_api_base: str = Field(
        "https://api.lob.com/v1", description="Lob's base address. Without https only on this machine."
    )
    lob_webhook_secret: SecretStr | None = Field(
        None, description="What Lob signs its webhooks with; two, separated by a comma, while one is replaced."
    )
    vendor_seconds: PositiveInt = Field(20, description="How long one question to Stripe or Lob may take.")
    sandbox: Literal["auto", "off"] = Field(
        "auto",
        description="auto: `tribureau run` starts the stand-in for Stripe and Lob where no key of theirs is set, in "
        "personal mode, for a site on this machine only.",
    )

    open_signup: bool = Field(
        True, description="Whether strangers may sign up. When false, `tribureau user add` makes accounts."
    )
    confirm_email: bool = Field(False, description="Whether a new address must be confirmed by mail before signing in.")
    mail_folder: Path | None = Field(
        None, description="Where mails are put while no mail server is set. Empty: mail/ in the data folder."
    )
    supabase_jwt_secret: SecretStr | None = Field(
        None, description="Accept Supabase tokens signed with this HS256 secret."
    )
    supabase_jwks_url: str = Field("", description="Accept Supabase tokens signed with the keys at this address.")
    supabase_issuer: str = Field("", description="The issuer that a Supabase token must name.")
    supabase_service_key: SecretStr | None = Field(
        None, description="Supabase's service role key, so that users of Supabase Auth can delete their account here."
    )
    token_audience: str = Field("authenticated", description="The audience that every token must name.")
    access_token_seconds: PositiveInt = Field(3600, description="How long an access token holds.")
    session_days: PositiveInt = Field(30, description="How long a sign-in holds without being used.")

    backup_folder: Path | None = Field(None, description="Where backups go. Empty: backups/ in the data folder.")
    backup_every_hours: int = Field(24, ge=0, description="How often a backup is made by itself; 0 never.")
    backups_kept: PositiveInt = Field(7, description="How many backups are kept.")

    log_level: str = Field("info", description="debug, info, warning or error.")
    log_json: bool = Field(False, description="Logs as JSON lines instead of text.")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default_factory=list, description="Further Host headers to answer, separated by commas."
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @field_validator("lob_api_key")
    @classmethod
    def _as_real_as_the_money(cls, key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        paid = info.data.get("stripe_secret_key")
        live = paid is not None and paid.get_secret_value().startswith(("sk_live_", "rk_live_"))
        if key and paid and live != key.get_secret_value().startswith("live_"):
            raise ValueError("must be live where Stripe's key is live, and of the test mode where that is not")
        return key

    @field_validator("document_ai_url", "gemini_url", "stripe_api_base", "lob_api_base")
    @classmethod
    def _safe(cls, url: str) -> str:
        parts = urlsplit(url)
        on_this_machine = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
        if url and not on_this_machine and not (parts.scheme == "https" and parts.hostname):
            raise ValueError("must begin with https:// (or name this machine itself)")
        return url.rstrip("/")

    @property
    def document_ai_address(self) -> str:
        return self.document_ai_url or f"https://{self.document_ai_location}-documentai.googleapis.com"

    @property
    def document_ai_processor_name(self) -> str:
        place = f"projects/{self.document_ai_project}/locations/{self.document_ai_location}"
        return f"{place}/processors/{self.document_ai_processor}"

    @property
    def cloud_readers(self) -> list[str]:
        """The services that users are asked to agree to; nothing leaves before they do."""
        turned_on = {"Google Document AI": self.cloud_ocr, f"Google Gemini ({self.gemini_model})": self.cloud_parsing}
        return [name for name, choice in turned_on.items() if choice != "off"]

    @property
    def writes_to_companies(self) -> bool:
        """A letter to a company that an operator prepared for others binds nobody (12 CFR 1022.43(b)(2))."""
        return self.mode == "personal"

    @property
    def runs_sandbox(self) -> bool:
        """Whether payment and mail are pretended: no vendor is named, and nobody but this machine can see it."""
        named = self.stripe_secret_key or self.lob_api_key
        return self.sandbox == "auto" and self.mode == "personal" and not named and self._is_local

    @property
    def _is_local(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"} and not self.public_url

    @property
    def site_url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        return self.site_url.startswith("https://")

    @property
    def reports_folder(self) -> Path:
        return Path(self.report_storage) if self.report_storage else self.home / "reports"

    @property
    def secrets_folder(self) -> Path:
        return self.home / "secrets"

    @property
    def backups_folder(self) -> Path:
        return self.backup_folder or self.home / "backups"

    @property
    def mails_folder(self) -> Path:
        return self.mail_folder or self.home / "mail"
