"""Dispute letters: reasons, kinds of letters, recipients, and their text in English and Spanish."""

from tribureau.domain.letters.composition import LetterFacts, compose, list_of_enclosures
from tribureau.domain.letters.dates import written
from tribureau.domain.letters.items import DisputedItem, ItemKind, PrintedFact
from tribureau.domain.letters.kinds import PLANS, LetterKind
from tribureau.domain.letters.words import Language, Words

__all__ = [
    "PLANS",
    "DisputedItem",
    "ItemKind",
    "Language",
    "LetterFacts",
    "LetterKind",
    "PrintedFact",
    "Words",
    "compose",
    "list_of_enclosures",
    "written",
]
