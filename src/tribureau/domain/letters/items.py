"""What a letter is about: one item of a report, what is printed of it, and what the user says is wrong."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tribureau.domain.letters.words import Language, Words
from tribureau.domain.tradelines import Tradeline


class ItemKind(StrEnum):
    ACCOUNT = "account"
    COLLECTION = "collection"
    INQUIRY = "inquiry"
    PUBLIC_RECORD = "public_record"
    PERSONAL = "personal"


class PrintedFact(NamedTuple):
    """A field as the report prints it: the label in plain words, and the value as printed (masked)."""

    label: Words
    value: str


@dataclass(frozen=True, slots=True)
class DisputedItem:
    """One item and why the user disputes it.

    `reason` is a key of `REASONS`. `correction` is what the user says is right, where the reason asks for it.
    `explanation` is the user's own words. `confirmed_on` is the day on which the user said that all of it is true; a
    letter states nothing of an item without it. `printed` are the facts that the user disputes, as the report has them.
    `detail` is the kind of a public record or of personal information; None where it is not told.
    """

    kind: ItemKind
    title: str
    reason: str
    account_number: str | None = None
    printed: tuple[PrintedFact, ...] = ()
    correction: str | None = None
    explanation: str | None = None
    confirmed_on: date | None = None
    detail: str | None = None
    tradeline: Tradeline | None = field(default=None, repr=False)

    def heading(self, language: Language) -> str:
        """As in `MIDLAND FUNDING, account 5678****`."""
        if not self.account_number:
            return self.title
        number = Words("account", "cuenta").in_(language)
        return f"{self.title}, {number} {self.account_number}"
