"""What a family of three-bureau reports calls its rows, its sections and its payment histories."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from tribureau.reader.labels import Likeness, tokens
from tribureau.reader.section_words import section_of
from tribureau.reader.thesaurus import WORDINGS, Thesaurus

_HISTORY: Final = re.compile(
    r"(?:payment|month|year|pay)[ \-]*(?:status )?history|^days? late|^late payments?\b|^payment (?:pattern|profile)"
)
QUESTIONS: Final = {"type_words": "type"}
"""Questions of the thesaurus that three-bureau reports split."""
_LONGEST_TITLE: Final = 8


class Title(StrEnum):
    """What a line of its own announces."""

    SECTION = "section"
    GROUP = "group"
    HISTORY = "history"


class Announced(NamedTuple):
    kind: Title
    name: str


class Wording:
    """Labels by question, titles by section; several wordings are separated by `|`.

    `sections` has the keys accounts, personal, scores, summary, inquiries, public_records, contacts and other.
    `groups` are titles of groups of accounts, `histories` those over a payment history or a tally of late payments.
    """

    def __init__(self, *, labels: Mapping[str, str], sections: Mapping[str, str], groups: str, histories: str) -> None:
        self._questions = _by_tokens(labels)
        elsewhere = [(words, QUESTIONS.get(name, name)) for words, name in _by_tokens(WORDINGS).items()]
        self._thesaurus = Thesaurus([*self._questions.items(), *elsewhere])
        self._by_letters = {"".join(words): name for words, name in self._questions.items()}
        self._titles = {
            **{words: Announced(Title.SECTION, name) for words, name in _by_tokens(sections).items()},
            **{tokens(title): Announced(Title.GROUP, title) for title in groups.split("|")},
            **{tokens(title): Announced(Title.HISTORY, title) for title in histories.split("|")},
        }

    def question(self, label: str) -> str | None:
        """The question that a label answers; None if the label is unknown.

        A label that is not declared word for word may be one with other order, abbreviations or filling words
        (`Acct No.`, `Opened Date`, `Current Balance`), or cut in the middle of a word by a narrow column.
        """
        words = _words(label)
        known = self._questions.get(words)
        if known is None:
            known = self._thesaurus.question(words)
        return known if known is not None else self._by_letters.get("".join(words))

    def likeness(self, label: str) -> Likeness:
        """How the label is known: word for word, or by its sense."""
        words = _words(label)
        declared = words in self._questions or "".join(words) in self._by_letters
        return Likeness.DECLARED if declared else Likeness.SIMILAR

    def title(self, text: str, *, large: bool = False) -> Announced | None:
        """What a line announces, if the line is a known title; `(continued)` and a count behind it don't matter.

        Of `large` lines one telling word is enough.
        """
        words = _words(text)
        while len(words) > 1 and (words[-1].isdigit() or words[-1] in {"continued", "cont"}):
            words = words[:-1]
        known = self._titles.get(words)
        if known is None and len(words) <= _LONGEST_TITLE and _HISTORY.search(text.lower()):
            return Announced(Title.HISTORY, text)
        return _telling(text) if known is None and large and len(words) <= _LONGEST_TITLE else known


def _telling(text: str) -> Announced | None:
    section = section_of(text)
    if section == "collections":
        return Announced(Title.GROUP, text)
    return Announced(Title.SECTION, section) if section else None


def _by_tokens(wordings: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    return {tokens(text): key for key, texts in wordings.items() for text in texts.split("|")}


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[str, ...]:
    return tokens(text)
