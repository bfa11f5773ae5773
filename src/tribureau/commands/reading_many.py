"""Many files read at once, each in a walled process of its own, as many side by side as there are processors."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tribureau import bootstrap
from tribureau.domain.errors import NotFound, PasswordRequired, TooLarge, TribureauError
from tribureau.reader.report import Report
from tribureau.reader.report_json import error_object, report_object
from tribureau.reader.sandbox import Sandbox
from tribureau.settings import Settings


def read_files(files: list[Path], password: str | None, settings: Settings) -> list[dict[str, Any]]:
    """An object for each file, in the order given; a file that can't be read has its `error`."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with _progress() as bar:
        task = bar.add_task("Reading", total=len(files))
        return asyncio.run(_read_all(files, password, settings, lambda: bar.advance(task)))


async def _read_all(
    files: list[Path], password: str | None, settings: Settings, advance: Callable[[], None]
) -> list[dict[str, Any]]:
    sandbox = bootstrap.sandbox(settings)
    seats = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(file: Path) -> dict[str, Any]:
        async with seats:
            try:
                return report_object(file.name, await _read(sandbox, file, password, settings.max_upload_bytes))
            except TribureauError as error:
                return error_object(file.name, error)
            finally:
                advance()

    try:
        return await asyncio.gather(*(one(file) for file in files))
    finally:
        await sandbox.close()


async def _read(sandbox: Sandbox, file: Path, password: str | None, largest: int) -> Report:
    pdf = _content(file, largest)
    try:
        return await sandbox.read(pdf)
    except PasswordRequired:
        if password is None:
            raise
        return await sandbox.read(await sandbox.unlock(pdf, password))


def _content(file: Path, largest: int) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as error:
        raise NotFound(f"{file} can't be opened: {error.strerror}.", hint="Check its name and its rights.") from error
    if len(content) > largest:
        raise TooLarge
    return content


def _progress() -> Progress:
    """A bar on a terminal; nothing elsewhere, and nothing on stdout ever."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
