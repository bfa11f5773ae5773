"""A declared family as a layout."""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.single_bureau.accounts import read_accounts
from tribureau.reader.single_bureau.declaration import Declaration
from tribureau.reader.single_bureau.details import read_details
from tribureau.reader.single_bureau.outline import Outline, outline


@dataclass(frozen=True)
class BlockLayout(Declaration):
    """A family that is read by its declaration alone."""

    _outlines: WeakKeyDictionary[Document, Outline] = field(
        default_factory=WeakKeyDictionary, init=False, repr=False, compare=False
    )

    def accounts(self, document: Document) -> list[PrintedAccount]:
        return read_accounts(document, self._outline(document), self)

    def details(self, document: Document) -> Details:
        return read_details(document, self._outline(document), self)

    def _outline(self, document: Document) -> Outline:
        """The document's outline, found once for accounts and details."""
        if document not in self._outlines:
            self._outlines[document] = outline(document.lines, self)
        return self._outlines[document]
