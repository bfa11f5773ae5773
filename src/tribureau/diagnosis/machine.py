"""The machine: Python, the settings' names, the port, programs of the system, and the walls around the reader."""

import asyncio
import os
import platform
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches

from tribureau.diagnosis.findings import Finding, good, note, off
from tribureau.domain.errors import TribureauError, UnreadableReport
from tribureau.launcher.listener import listen
from tribureau.launcher.readiness import is_ready, local_address
from tribureau.launcher.refusals import Refused
from tribureau.reader.ocr.choice import engine_for
from tribureau.reader.ocr.tesseract import INSTALL_AN_ENGINE, tesseract_program
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.settings import Settings

OLDEST_PYTHON = (3, 11)
_NOT_OURS_TO_READ = {"TRIBUREAU_SPECS", "TRIBUREAU_CORPUS", "TRIBUREAU_INSTALL_SYSTEM_PACKAGES"}
"""Variables of the Makefile."""


def machine(settings: Settings) -> Iterator[Finding]:
    yield _python()
    yield from _unknown_settings()
    yield _port(settings)
    yield _public_address(settings)
    yield _reader(settings)
    yield _ocr(settings)


def _python() -> Finding:
    words = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < OLDEST_PYTHON:
        return off("Python", words, "Install Python 3.11 or newer and run `make setup` again.")
    return good("Python", words)


def _unknown_settings() -> Iterator[Finding]:
    known = {f"TRIBUREAU_{name.upper()}" for name in Settings.model_fields}
    used = sorted(name for name in os.environ if name.startswith("TRIBUREAU_") and "_TEST_" not in name)
    for name in used:
        if name not in known | _NOT_OURS_TO_READ:
            close = get_close_matches(name, known, 1)
            yield note("Settings", f"{name} is not a setting.", f"Did you mean {close[0]}?" if close else "Remove it.")
    yield good("Settings", f"{len(known.intersection(used))} set by the environment, all of them usable")


def _port(settings: Settings) -> Finding:
    if is_ready(settings):
        return good("Port", f"a Tribureau answers at {local_address(settings)}")
    try:
        listen(settings.host, settings.port).close()
    except Refused as refusal:
        return off("Port", f"{settings.host}:{settings.port} can't be had", str(refusal))
    return good("Port", f"{settings.host}:{settings.port} is free")


def _public_address(settings: Settings) -> Finding:
    beyond_this_machine = settings.host not in {"127.0.0.1", "localhost", "::1"}
    if beyond_this_machine and not settings.secure_cookies:
        return note(
            "Address",
            f"The site listens on {settings.host} and is not reached over https, so passwords can be overheard.",
            "Put a TLS proxy before it and set TRIBUREAU_PUBLIC_URL (docs/hosting.md).",
        )
    try:
        socket.getaddrinfo(settings.host, settings.port)
    except OSError:
        return off("Address", f"{settings.host} is no address of this machine.", "Correct TRIBUREAU_HOST.")
    return good("Address", settings.site_url)


def _reader(settings: Settings) -> Finding:
    try:
        missing = asyncio.run(_missing_walls(settings))
    except TribureauError as error:
        return off("Reader", error.message, "Run `make setup` again; the log above says what failed.")
    if missing:
        return note(
            "Reader",
            f"PDFs are read in a process of its own, without these walls that the system lacks: {', '.join(missing)}",
            "A Linux kernel of 5.13 or newer has them.",
        )
    return good("Reader", "PDFs are read in a process without network, files or environment")


async def _missing_walls(settings: Settings) -> list[str]:
    sandbox = Sandbox(Limits(settings.reading_memory_bytes, settings.reading_seconds), max_pages=settings.max_pages)
    try:
        with suppress(UnreadableReport):
            await sandbox.read(b"no report")
        return sandbox.missing_walls or []
    finally:
        await sandbox.close()


def _ocr(settings: Settings) -> Finding:
    if settings.ocr_engine == "off":
        return note("Scanned pages", "not read, as TRIBUREAU_OCR_ENGINE says")
    engine = engine_for(settings.ocr_engine)
    if engine is None:
        return note("Scanned pages", "not read: no engine is installed", INSTALL_AN_ENGINE)
    if engine.name == "Tesseract":
        return good("Scanned pages", f"read by Tesseract, {tesseract_program()}")
    return note(
        "Scanned pages",
        f"read by {engine.name}, which takes ten times as long as Tesseract",
        INSTALL_AN_ENGINE,
    )
