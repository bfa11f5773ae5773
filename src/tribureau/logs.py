"""Where logs go and how they look: lines on stderr, of our own events and of the libraries', in one form."""

import logging
import sys
from typing import Final

import structlog
from structlog.typing import Processor

_QUOTING: Final = ("google", "google_genai", "urllib3")
"""These log whole requests when they are talkative, pages of a report among them."""


def write_logs(level: str, *, as_json: bool) -> None:
    """From now on, for this process. Nothing is logged below `level`; no event holds what a report says."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    look: Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info if as_json else structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, look],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("httpx", "httpcore", "uvicorn.access", "uvicorn.error", "asyncio", *_QUOTING):
        logging.getLogger(chatty).setLevel(logging.WARNING)
