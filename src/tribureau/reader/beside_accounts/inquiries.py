"""Inquiries one by one: from tables with column titles, from rows without, from blocks of labels under a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.domain.personal_information import InquiryKind
from tribureau.domain.tradelines import PrintedDate
from tribureau.reader.beside_accounts.tables import Titles, cells_of, evidence_of, titles_of
from tribureau.reader.dates import printed_date
from tribureau.reader.labels import Hit, LabelBook, hits_in
from tribureau.reader.pages import Line, Word
from tribureau.reader.report import Evidence, ReadInquiry
from tribureau.reader.values import is_absent

_BOOK: Final = LabelBook(
    {
        "creditor_name": (
            "Creditor Name|Creditor|Account Name|Company|Company Name|Company Information|Name|Inquirer|Subscriber"
            "|Subscriber Name|Requested By|Requestor|Lender|Business Name|Member Name|Who Asked|Inquiry"
        ),
        "inquired_on": (
            "Date of Inquiry|Inquiry Date|Date|Dates|Inquired On|Requested On|Date of Request|Request Date|Date(s)"
            "|Inquiry Date(s)|Date Requested|On|Inquired|Inquiries On|Checked On|Requested"
        ),
        "business": (
            "Business Type|Type of Business|Industry|Type of Company|Kind of Business|Line of Business|Company Type"
            "|Creditor Type"
        ),
        "kind": "Inquiry Type|Type|Type of Inquiry|Request Originator|Kind|Purpose|Permissible Purpose|Reason",
        "bureau": "Credit Bureau|Bureau|Bureaus|Credit Bureau(s)|Reported To|Agency",
        "": (
            "Contact|Contact Information|Address|Location|Phone|Phone Number|Telephone|On Record Until|Comments"
            "|Removal Date|Expires|Scheduled to continue on record until"
        ),
    }
)
_DATE: Final = re.compile(
    r"(?<![\d/])\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})(?!\d)|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_MONTH: Final = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{4}|(?<![\d/])\d{1,2}/\d{4}(?!\d)"
)
_SOFT: Final = re.compile(r"\bsoft\b|account review|promotion|consumer disclosure|\bpromo\b", re.IGNORECASE)
_HARD: Final = re.compile(r"\bhard\b", re.IGNORECASE)
_BUREAU: Final = re.compile(
    r"\b(?:(?P<EQUIFAX>equifax|EQ|EFX)|(?P<TRANSUNION>trans\s?union|TU|TUC)|(?P<EXPERIAN>experian|EX|XPN))\b",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 9
_SENTENCE: Final = re.compile(r"[a-z]{3}\.$")
_UNNAMED: Final = "Not named"


class Part(NamedTuple):
    """A run of lines about inquiries. `bureau` and `kind` are what their headings say; None where the rows do."""

    lines: Sequence[Line]
    bureau: Bureau | None
    kind: InquiryKind | None


@dataclass(slots=True)
class _Entry:
    """One creditor with the dates on which it asked."""

    name: Evidence | None
    dates: list[tuple[PrintedDate, Evidence]] = field(default_factory=list)
    business: Evidence | None = None
    kind: InquiryKind | None = None
    bureau: Bureau | None = None


def inquiries_in(parts: Iterable[Part]) -> list[ReadInquiry]:
    return [inquiry for part in parts for entry in _List(part).entries() for inquiry in _inquiries(entry, part)]


def bureau_in(text: str) -> Bureau | None:
    """The bureau that a text names."""
    found = _BUREAU.search(text)
    if found is None:
        return None
    return next(bureau for bureau in Bureau if found[bureau.name])


def dates_in(text: str) -> list[str]:
    """The dates of a line to the day; where none is, those to the month."""
    return _DATE.findall(text) or _MONTH.findall(text)


def _inquiries(entry: _Entry, part: Part) -> Iterator[ReadInquiry]:
    bureau = entry.bureau or part.bureau
    if bureau is None:
        return
    for when, source in entry.dates:
        found = inquiry(entry.name, bureau, when, source, entry.kind or part.kind or InquiryKind.HARD)
        if entry.business:
            found.business, found.evidence["business"] = entry.business.printed, entry.business
        yield found


def inquiry(
    name: Evidence | None, bureau: Bureau, when: PrintedDate, source: Evidence, kind: InquiryKind
) -> ReadInquiry:
    evidence = {"inquired_on": source} | ({"creditor_name": name} if name else {})
    return ReadInquiry(name.printed if name else _UNNAMED, bureau, when, kind, None, evidence)


class _List:
    def __init__(self, part: Part) -> None:
        self.part = part
        self.titles: Titles | None = None
        self.name: list[Line] = []
        self.found: list[_Entry] = []
        self.last: Line | None = None

    def entries(self) -> list[_Entry]:
        for line in self.part.lines:
            self._take(line)
            self.last = line
        return [entry for entry in self.found if entry.dates]

    def _take(self, line: Line) -> None:
        titles = titles_of(line, _BOOK)
        if titles and not dates_in(line.text):
            self.titles, self.name = (titles if "inquired_on" in titles.questions else None), []
        elif self.titles and self._take_row(line, self.titles):
            return
        elif hits := hits_in(line, _BOOK):
            self._take_labels(line, hits)
        elif dates_in(line.text):
            self._take_untitled(line)
        else:
            self._take_text(line)

    def _take_row(self, line: Line, titles: Titles) -> bool:
        """A row of a table, or a line that goes on with the row above."""
        cells = cells_of(line, titles)
        dates = dated(cells.get("inquired_on", []))
        if dates:
            entry = _Entry(None, dates)
            self._fill(entry, cells)
            self.found.append(entry)
            return True
        above = self.last
        if not self.found or above is None or line.page != above.page or self.name:
            return False
        if line.box.y0 - above.box.y1 > 0.9 * line.size or not self._fits(line, titles):
            return False
        for question, words in cells.items():
            self._go_on(self.found[-1], question, words)
        return True

    def _fits(self, line: Line, titles: Titles) -> bool:
        """Whether every piece of the line stands inside one column, as the rest of a wrapped cell does."""
        edges = [*titles.edges, float("inf")]
        columns = [titles.of(segment.words[0]) for segment in line.segments]
        return all(
            column >= 0 and abs(segment.x0 - edges[column]) <= 3 and segment.x1 <= edges[column + 1]
            for column, segment in zip(columns, line.segments, strict=True)
        )

    def _fill(self, entry: _Entry, cells: dict[str, list[Word]]) -> None:
        for question, words in cells.items():
            self._answer(entry, question, evidence_of(words, f"column:{question}"))

    def _answer(self, entry: _Entry, question: str, said: Evidence) -> None:
        if is_absent(said.printed):
            return
        match question:
            case "creditor_name":
                entry.name = said
            case "business":
                entry.business = said
            case "bureau":
                entry.bureau = bureau_in(said.printed)
            case "kind":
                entry.kind = _kind(said.printed)

    def _go_on(self, entry: _Entry, question: str, words: list[Word]) -> None:
        more = evidence_of(words, "")
        for name in ("name", "business"):
            said: Evidence | None = getattr(entry, name)
            if said and question == ("creditor_name" if name == "name" else name):
                said.printed = f"{said.printed} {more.printed}"
                box = said.box
                said.box = box._replace(x1=max(box.x1, more.box.x1), y1=max(box.y1, more.box.y1))

    def _take_labels(self, line: Line, found: Sequence[Hit]) -> None:
        """`Requested On 03/24/2023`, `Business Type: Banks`: facts of the name that stands above them."""
        if self.name or not self.found:
            self.found.append(_Entry(self._named()))
        entry = self.found[-1]
        for at, hit in enumerate(found):
            stop = found[at + 1].start if at + 1 < len(found) else len(line.words)
            words = [word for word in line.words[hit.end : stop] if word.text not in (":", "|")]
            if not words:
                continue
            if hit.question == "inquired_on":
                if entry.dates and not self.name and line is not self.last:
                    entry = self._another(entry)
                entry.dates += dated(words)
            elif hit.question == "creditor_name" and entry.name:
                entry = _Entry(evidence_of(words, f"label:{hit.label}"))
                self.found.append(entry)
            else:
                self._answer(entry, hit.question, evidence_of(words, f"label:{hit.label}"))

    def _another(self, entry: _Entry) -> _Entry:
        """A second date under one name is a second inquiry of it."""
        again = _Entry(entry.name, [], entry.business, entry.kind, entry.bureau)
        self.found.append(again)
        return again

    def _named(self) -> Evidence | None:
        """The line above, which is no longer waiting to be a name."""
        if not self.name:
            return None
        words = [word for line in self.name for word in line.segments[0].words]
        self.name = []
        return evidence_of(words, "heading", 0.95)

    def _take_untitled(self, line: Line) -> None:
        """A row without column titles: the dates are dates, the first other cell is the name."""
        entry = _Entry(None)
        for segment in line.segments:
            dates = dated(segment.words)
            rest = _without_dates(segment.text)
            if dates:
                entry.dates += dates
            if not rest:
                continue
            said = evidence_of(segment.words, "position", 0.9)
            if rest.lower() in ("hard", "soft") or _SOFT.fullmatch(rest):
                entry.kind = _kind(rest)
            elif (bureau := bureau_in(rest)) and len(rest.split()) <= 2:
                entry.bureau = bureau
            elif entry.name is None:
                said.printed = rest
                entry.name = said
        if entry.name is None:
            entry.name = self._named()
        self.name = []
        self.found.append(entry)

    def _take_text(self, line: Line) -> None:
        """Perhaps the name above a block of labels; of several lines that stand together, all of them."""
        if len(line.words) > _LONGEST_NAME or _SENTENCE.search(line.text):
            self.name = []
            return
        together = (
            self.name and line.page == self.name[-1].page and line.box.y0 - self.name[-1].box.y1 < 0.6 * line.size
        )
        alike = self.name and line.bold == self.name[-1].bold and abs(line.size - self.name[-1].size) < 0.5
        self.name = [*self.name, line] if together and alike else [line]


def dated(words: Sequence[Word]) -> list[tuple[PrintedDate, Evidence]]:
    """The dates among some words, each with the place of its own words."""
    text = " ".join(word.text for word in words)
    found = []
    for printed in dates_in(text):
        if when := printed_date(printed):
            start = text[: text.index(printed)].count(" ")
            own = words[start : start + printed.count(" ") + 1]
            found.append((when, evidence_of(own, "date")))
    return found


def _without_dates(text: str) -> str:
    return _MONTH.sub("", _DATE.sub("", text)).strip(" ,;|-–")


def _kind(text: str) -> InquiryKind | None:
    if _SOFT.search(text):
        return InquiryKind.SOFT
    return InquiryKind.HARD if _HARD.search(text) else None
