"""Google Document AI, asked for the words of one page's picture."""

import asyncio
import math
from bisect import bisect_right
from dataclasses import dataclass
from io import BytesIO
from typing import Final, NoReturn

import requests
from google.api_core import exceptions
from google.auth import exceptions as auth_exceptions
from google.auth.credentials import AnonymousCredentials
from google.cloud import documentai_v1 as documentai
from google.cloud.documentai_v1.services.document_processor_service.transports.rest import (
    DocumentProcessorServiceRestTransport,
)
from google.oauth2.service_account import Credentials
from PIL import Image
from requests.adapters import HTTPAdapter

from tribureau.providers.patience import failure_of, patiently
from tribureau.reader.ocr.words import Picture, SeenWord
from tribureau.reader.outside.readers import CloudFailed, Failure

_LARGEST_ANSWER: Final = 32 * 1024 * 1024
_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
_WANTED: Final = "text,pages.dimension,pages.tokens,pages.lines"
_MOST_TOKENS: Final = 40_000
Page = documentai.Document.Page
Layout = documentai.Document.Page.Layout


@dataclass(frozen=True, slots=True)
class DocumentAiOptions:
    """`processor` is its full name, `projects/…/locations/…/processors/…`; `credentials` a service account's file.

    Over plain http, which only an address of this machine may have, no credentials are sent.
    """

    url: str
    processor: str
    credentials: str
    seconds: float


class DocumentAi:
    """A `CloudOcr`."""

    name = "Google Document AI"

    def __init__(self, options: DocumentAiOptions) -> None:
        self.seconds = options.seconds
        self._processor = options.processor
        self._client = documentai.DocumentProcessorServiceClient(transport=_transport(options))

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        """The words, in pixels. Raises CloudFailed."""
        png = await asyncio.to_thread(_png, picture)

        async def ask(seconds: float) -> list[SeenWord]:
            return await asyncio.to_thread(self._process, png, picture, seconds)

        return await patiently(ask, self.seconds)

    async def check(self) -> None:
        """Whether the service knows the credentials and the processor. Raises CloudFailed."""
        try:
            await asyncio.to_thread(
                self._client.get_processor, name=self._processor, retry=None, timeout=min(self.seconds, 20)
            )
        except Exception as error:
            _refuse(error)

    async def close(self) -> None:
        await asyncio.to_thread(self._client.transport.close)

    def _process(self, png: bytes, picture: Picture, seconds: float) -> list[SeenWord]:
        request = documentai.ProcessRequest(
            name=self._processor,
            raw_document=documentai.RawDocument(content=png, mime_type="image/png"),
            skip_human_review=True,
            field_mask=_WANTED,
        )
        try:
            answer = self._client.process_document(request, retry=None, timeout=max(0.1, seconds))
            return _words(answer.document, picture)
        except Exception as error:
            _refuse(error)


def _transport(options: DocumentAiOptions) -> DocumentProcessorServiceRestTransport:
    secure = options.url.startswith("https://")
    if secure and options.credentials:
        credentials = Credentials.from_service_account_file(options.credentials, scopes=[_SCOPE])  # type: ignore[no-untyped-call]
    elif secure:
        credentials = None  # the machine's own, as Google's libraries find them
    else:
        credentials = AnonymousCredentials()  # type: ignore[no-untyped-call]
    transport = DocumentProcessorServiceRestTransport(host=options.url, credentials=credentials)
    for scheme in ("https://", "http://"):
        transport._session.mount(scheme, _Bounded())
    transport._session.trust_env = secure  # its proxies
    return transport


class _TooLarge(requests.RequestException):
    """The answer is larger than any that makes sense."""


class _Bounded(HTTPAdapter):
    """Ends an answer where it grows too large, before it fills the memory."""

    def send(self, *args: object, **how: object) -> requests.Response:
        response = super().send(*args, **how)  # type: ignore[arg-type]
        read, pieces = 0, []
        for piece in response.iter_content(65_536):
            read += len(piece)
            if read > _LARGEST_ANSWER:
                response.close()
                raise _TooLarge
            pieces.append(piece)
        response._content = b"".join(pieces)
        return response


def _refuse(error: Exception) -> NoReturn:
    """Whatever the SDK raises, told without its text, which may quote the report."""
    match error:
        case exceptions.GoogleAPICallError() if error.code:
            raise failure_of(int(error.code), getattr(error.response, "headers", {})) from None
        case requests.Timeout() | exceptions.RetryError():
            raise CloudFailed(Failure.LATE) from None
        case _TooLarge():
            raise CloudFailed(Failure.USELESS) from None
        case requests.ConnectionError() | auth_exceptions.TransportError():
            raise CloudFailed(Failure.AWAY) from None
        case auth_exceptions.GoogleAuthError():
            raise CloudFailed(Failure.ERROR) from None
        case _:
            raise CloudFailed(Failure.USELESS) from None


def _png(picture: Picture) -> bytes:
    output = BytesIO()
    Image.frombytes("L", (picture.width, picture.height), picture.grey).save(output, "PNG", compress_level=3)
    return output.getvalue()


def _words(document: documentai.Document, picture: Picture) -> list[SeenWord]:
    """The tokens as words: what no space parts is one, as in `$` `1,240`. Raises CloudFailed for what is no page."""
    if len(document.pages) != 1 or len(document.pages[0].tokens) > _MOST_TOKENS:
        raise CloudFailed(Failure.USELESS)
    page = document.pages[0]
    lines = _Lines(page)
    words: list[SeenWord] = []
    glued = False
    for token in page.tokens:
        printed = _text(document.text, token.layout)
        word = _placed(printed.strip(), token.layout, lines.number(token.layout), picture)
        if glued and words and words[-1].line == word.line:
            words[-1] = _joined(words[-1], word)
        elif word.text:
            words.append(word)
        glued = not token.detected_break.type_ and printed == printed.rstrip()
    return words


class _Lines:
    """Which line of the page a piece of its text belongs to."""

    def __init__(self, page: Page) -> None:
        self._starts = [(segment.start_index, at) for at, line in enumerate(page.lines) for segment in _segments(line)]
        self._starts.sort()

    def number(self, layout: Layout) -> int:
        start = min((segment.start_index for segment in layout.text_anchor.text_segments), default=0)
        before = bisect_right(self._starts, (start, _MOST_TOKENS))
        return self._starts[before - 1][1] if before else 0


def _segments(line: documentai.Document.Page.Line) -> list[documentai.Document.TextAnchor.TextSegment]:
    return list(line.layout.text_anchor.text_segments)


def _text(whole: str, layout: Layout) -> str:
    return "".join(whole[part.start_index : part.end_index] for part in layout.text_anchor.text_segments)


def _placed(text: str, layout: Layout, line: int, picture: Picture) -> SeenWord:
    poly = layout.bounding_poly
    if poly.normalized_vertices:
        corners = [(corner.x * picture.width, corner.y * picture.height) for corner in poly.normalized_vertices]
    else:
        corners = [(float(corner.x), float(corner.y)) for corner in poly.vertices]
    across, down = zip(*corners, strict=True) if corners else ((), ())
    if not corners or not all(map(math.isfinite, (*across, *down))):
        raise CloudFailed(Failure.USELESS)
    x0, x1 = max(0.0, min(across)), min(float(picture.width), max(across))
    y0, y1 = max(0.0, min(down)), min(float(picture.height), max(down))
    if x1 <= x0 or y1 <= y0:
        raise CloudFailed(Failure.USELESS)
    return SeenWord(text, x0, y0, x1, y1, line, min(1.0, max(0.0, layout.confidence)))


def _joined(one: SeenWord, other: SeenWord) -> SeenWord:
    return SeenWord(
        one.text + other.text,
        min(one.x0, other.x0),
        min(one.y0, other.y0),
        max(one.x1, other.x1),
        max(one.y1, other.y1),
        one.line,
        min(one.confidence, other.confidence),
    )
