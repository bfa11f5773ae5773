"""The outline of a report: which part, group and bureau each line belongs to, by the headings above it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.labels import token, tokens
from tribureau.reader.pages import Line
from tribureau.reader.section_words import section_of
from tribureau.reader.single_bureau.declaration import Declaration, Section

_NUMBERED: Final = re.compile(r"^\s*\d{1,2}\.?\s+(?=[A-Za-z])")
_COUNT: Final = re.compile(r"\s*(?:\(\d+\)|:\s*\d+|\(continued\))\s*:?\s*$", re.IGNORECASE)
_BUREAU: Final = re.compile(r"\b(equifax|transunion|experian)\b", re.IGNORECASE)
_BUREAU_HEADING: Final = re.compile(
    r"(?:(?:your|my) )?(?:equifax|transunion|experian)(?: credit)?(?: (?:report|file|accounts|data))?:?", re.IGNORECASE
)
_MOST_WORDS_OF_A_BUREAU_HEADING: Final = 6
_MOST_WORDS_OF_A_HEADING: Final = 14
_MOST_CELLS_OF_A_HEADING: Final = 3
_PROMINENT: Final = 1.25
_NEXT_LINE: Final = 1.6
_SAME_EDGE: Final = 3.0
_LARGE: Final = 1.2
_MOST_TIMES: Final = 2
"""How often a heading that no declaration has may come and still head a part of the report, not of an account."""
_SECTIONS: Final = {
    "accounts": Section.ACCOUNTS,
    "collections": Section.COLLECTIONS,
    "personal": Section.PERSONAL,
    "inquiries": Section.HARD_INQUIRIES,
    "soft_inquiries": Section.SOFT_INQUIRIES,
    **dict.fromkeys(("public_records", "contacts", "summary", "scores", "other"), Section.OTHER),
}
"""By the names of `section_words`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands. `group` is the line of the innermost group heading, as evidence of the accounts' kind."""

    section: Section | None
    bureau: Bureau | None
    group: Line | None


@dataclass(slots=True)
class Outline:
    """`places` by line; `headings` are the lines that head a part, a group or a part of an account."""

    places: list[Place]
    headings: set[int]
    subheadings: set[int]


def outline(lines: Sequence[Line], declaration: Declaration) -> Outline:
    return _Outliner(lines, declaration).run()


def _wordings(text: str) -> set[tuple[str, ...]]:
    return {tokens(wording) for wording in text.split("|") if wording}


class _Outliner:
    def __init__(self, lines: Sequence[Line], declaration: Declaration) -> None:
        self.lines = lines
        self.body = median(line.size for line in lines) if lines else 0.0
        self.times = Counter(tokens(line.text) for line in lines if self._is_large(line))
        self.sections = {words: section for section, text in declaration.sections.items() for words in _wordings(text)}
        self.groups = _wordings(declaration.groups)
        self.subheadings = _wordings(declaration.subheadings)
        self.first_words = {words[0] for words in (*self.sections, *self.groups, *self.subheadings)}
        self.section: Section | None = None
        self.group: Line | None = None
        self.bureau = declaration.bureau
        self.by_heading = declaration.bureau is None

    def run(self) -> Outline:
        found = Outline([], set(), set())
        place = Place(self.section, self.bureau, self.group)
        for at, line in enumerate(self.lines):
            if self._may_head(line) and not (at and _goes_on(line, self.lines[at - 1])):
                words = tokens(_COUNT.sub("", _NUMBERED.sub("", line.text)))
                if self._enters(line, words):
                    found.headings.add(at)
                    place = Place(self.section, self.bureau, self.group)
                elif self._is_subheading(line, words):
                    found.subheadings.add(at)
            found.places.append(place)
        return found

    def _may_head(self, line: Line) -> bool:
        """A quick look: short, of few cells, and beginning like a heading that is known or may name a bureau."""
        words = line.words
        if len(words) > _MOST_WORDS_OF_A_HEADING:
            return False
        known = self.by_heading or self._is_large(line) or token(words[0].text) in self.first_words
        if not known and (len(words) == 1 or token(words[1].text) not in self.first_words):
            return False
        return len(line.segments) <= _MOST_CELLS_OF_A_HEADING

    def _is_subheading(self, line: Line, words: tuple[str, ...]) -> bool:
        """A line that is a subheading, in its first cell at least, or begins with one of several words."""
        if words in self.subheadings or tokens(line.segments[0].text) in self.subheadings:
            return True
        return any(words[:length] in self.subheadings for length in range(2, min(5, len(words))))

    def _enters(self, line: Line, words: tuple[str, ...]) -> bool:
        section = self.sections.get(words)
        if section and not (section is Section.OTHER and words in self.subheadings and not self._is_chapter(line)):
            self.section, self.group = section, line if section is Section.COLLECTIONS else None
            return True
        if words in self.groups:
            self.group = line
            return True
        if self._is_large(line) and words not in self.subheadings and self.times[words] <= _MOST_TIMES:
            told = _SECTIONS.get(section_of(line.text) or "")
            if told:
                self.section, self.group = told, line if told is Section.COLLECTIONS else None
                return True
        return self.by_heading and self._names_bureau(line)

    def _is_large(self, line: Line) -> bool:
        return line.size >= _LARGE * self.body and len(line.segments) == 1

    def _is_chapter(self, line: Line) -> bool:
        """A heading that is also printed inside accounts opens a part only where it is numbered."""
        return bool(_NUMBERED.match(line.text))

    def _names_bureau(self, line: Line) -> bool:
        names = {name.lower() for name in _BUREAU.findall(line.text)}
        short = len(line.words) <= _MOST_WORDS_OF_A_BUREAU_HEADING
        prominent = line.size >= _PROMINENT * self.body or _BUREAU_HEADING.fullmatch(line.text)
        if len(names) != 1 or not short or not prominent:
            return False
        name = names.pop()
        self.bureau = next(bureau for bureau in Bureau if bureau.value.lower() == name)
        self.section = self.group = None
        return True


def _goes_on(line: Line, above: Line) -> bool:
    """Whether the line is the rest of a cell on the line above that was too long for its column."""
    near = line.page == above.page and 0 < line.box.y0 - above.box.y0 < _NEXT_LINE * above.size
    if not near or len(line.segments) > 1 or line.size > _PROMINENT * above.size:
        return False
    return any(abs(cell.x0 - line.box.x0) < _SAME_EDGE for cell in above.segments[1:])
