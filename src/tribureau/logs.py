"""Where logs go and how they look: lines on stderr, of our own events and of the libraries', in one form."""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_QUOTING: Final = ("google", "google_genai", "lob_python", "stripe", "urllib3")
"""These log whole requests when they are talkative, pages of a report and addresses among them."""


def write_logs(level: str, *, as_json: bool) -> None:
    """From now on, for this process. Nothing is logged below `level`; no event holds what a report says."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    look: Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, exceptions_without_words, look],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("httpx", "httpcore", "uvicorn.access", "uvicorn.error", "asyncio", *_QUOTING):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def exceptions_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What was raised and where, our own and the libraries'. Never an exception's message: it may quote a report, a
    letter, or the row that the database refused."""
    raised = event.pop("exc_info", None)
    event.pop("exc_text", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["exception"] = "\n".join(_told(raised))
    return event


def _told(error: BaseException) -> Iterator[str]:
    """The newest first, then what it came of."""
    seen: BaseException | None = error
    while seen is not None:
        state = getattr(seen, "sqlstate", None)
        yield f"{type(seen).__module__}.{type(seen).__qualname__}{f' ({state})' if state else ''}"
        yield from (
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
