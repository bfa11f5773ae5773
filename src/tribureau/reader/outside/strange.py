"""The layout of a report that no declaration knows: nothing is read of it here."""

from typing import Final

from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.layouts.declaration import Details


class _Strange:
    family: Final = ""
    cues: Final[dict[str, float]] = {}

    def accounts(self, _document: Document) -> list[PrintedAccount]:
        return []

    def details(self, _document: Document) -> Details:
        return Details()


STRANGE: Final = _Strange()
