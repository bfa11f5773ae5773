"""What a reader outside of this machine looks like from within. Each answers or raises CloudFailed."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.words import EngineFailed, Picture, SeenWord
from tribureau.reader.outside.said import PageText, Said


class Failure(StrEnum):
    """Why there is no answer, as the end of a sentence that begins with the service's name."""

    LATE = "did not answer in time"
    BUSY = "had no room for it"
    AWAY = "could not be reached"
    ERROR = "answered with an error"
    USELESS = "gave an answer that could not be used"
    CUT_OFF = "gave an answer that was cut off"
    REFUSED = "refused to read it"


class CloudFailed(EngineFailed):
    """A service outside gave no answer that can be used."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Busy(CloudFailed):
    """To be asked again; `after` is how many seconds later, where the service says so."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__(Failure.BUSY)
        self.after = after


class CloudOcr(Protocol):
    """Reads the words of a picture. `seconds` bounds one question with all its repetitions."""

    name: str
    seconds: float

    async def words_of(self, picture: Picture) -> list[SeenWord]: ...

    async def check(self) -> None: ...

    async def close(self) -> None: ...


class CloudParser(Protocol):
    """Finds the accounts in pages of text. Bounds as `CloudOcr`."""

    name: str
    seconds: float

    async def accounts_on(self, pages: Sequence[PageText]) -> Said: ...

    async def check(self) -> None: ...

    async def close(self) -> None: ...


class Outside(Protocol):
    """Whoever may be asked about one report."""

    @property
    def asks(self) -> bool:
        """Whether a model is asked about the text; it takes `seconds` at most."""
        ...

    @property
    def seconds(self) -> float: ...

    def sharpened(self, reader: ScanReader | None) -> ScanReader | None:
        """What reads scanned pages, on this machine and outside of it."""
        ...

    async def said_of(self, pages: list[PageText]) -> Said:
        """What the model says; nobody's answer where it says nothing."""
        ...
