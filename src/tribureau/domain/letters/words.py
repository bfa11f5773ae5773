"""Texts in the languages that letters and reasons come in."""

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    ENGLISH = "en"
    SPANISH = "es"


class Words(NamedTuple):
    """One text in each language. Braces are filled in by whoever says it."""

    en: str
    es: str

    def in_(self, language: Language) -> str:
        return self.es if language is Language.SPANISH else self.en
