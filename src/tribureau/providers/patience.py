"""One question to a service outside: asked again while it is busy, as late as it says, and never past its time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from tribureau.reader.outside.readers import Busy, CloudFailed, Failure

_MOST_TRIES: Final = 5
_FIRST_WAIT: Final = 1.0
Answer = TypeVar("Answer")


async def patiently(ask: Callable[[float], Awaitable[Answer]], seconds: float) -> Answer:
    """The answer of `ask`, which is told how many seconds are left. Raises CloudFailed within `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    try:
        async with asyncio.timeout(seconds):
            for tried in range(_MOST_TRIES):
                try:
                    return await ask(end - loop.time())
                except Busy as busy:
                    wait = _FIRST_WAIT * 2**tried if busy.after is None else busy.after
                    if tried + 1 == _MOST_TRIES or loop.time() + wait >= end:
                        raise
                    await asyncio.sleep(wait)
    except TimeoutError:
        pass
    raise CloudFailed(Failure.LATE)


def failure_of(status: int, headers: Mapping[str, str]) -> CloudFailed:
    """What an HTTP status that is no success means; 429 and 503 are worth another try (RFC 9110, RFC 6585)."""
    if status in {429, 503}:
        return Busy(_seconds(headers.get("retry-after") or headers.get("Retry-After")))
    return CloudFailed(Failure.LATE if status in {408, 504} else Failure.ERROR)


def _seconds(printed: str | None) -> float | None:
    """`Retry-After`: seconds, or the instant from which on (RFC 9110, section 10.2.3)."""
    if not printed:
        return None
    if printed.strip().isdigit():
        return float(printed)
    try:
        return max(0.0, (parsedate_to_datetime(printed) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
