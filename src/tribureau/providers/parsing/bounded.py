"""Answers over HTTP that end where they grow too large, before they fill the memory."""

from collections.abc import AsyncIterator
from typing import Final

import httpx

LARGEST_ANSWER: Final = 8 * 1024 * 1024


class TooLarge(httpx.TransportError):
    """The answer is larger than any that makes sense."""


async def bounded(response: httpx.Response) -> None:
    """Hooked to a client's responses: stops an answer at `LARGEST_ANSWER` bytes."""
    assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101
    response.stream = _BoundedStream(response.stream)


class _BoundedStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for piece in self._stream:
            seen += len(piece)
            if seen > LARGEST_ANSWER:
                raise TooLarge("too large")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
