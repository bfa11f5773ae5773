"""What a layout is: how to know it, and how to get its accounts and the facts around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from tribureau.domain.bureaus import Bureau
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.report import BesideAccounts


@dataclass(slots=True)
class Details(BesideAccounts):
    """What a report says beside its accounts, and about itself."""

    report_date: date | None = None
    bureaus: list[Bureau] = field(default_factory=list)
    """The bureaus that the report covers, whether or not each has an account in it."""
    notes: list[str] = field(default_factory=list)
    """What could not be read, and why; a sentence each."""


class Layout(Protocol):
    """One family of reports.

    `cues` are lower-case texts with the weight that each adds when the report contains it; a negative weight speaks
    against the family. A report is of the family whose cues weigh most, and at least `RECOGNISED`.
    """

    @property
    def family(self) -> str: ...

    @property
    def cues(self) -> Mapping[str, float]: ...

    def accounts(self, document: Document) -> list[PrintedAccount]:
        """The accounts in the order of the report, one per bureau."""
        ...

    def details(self, document: Document) -> Details: ...
