"""A three-bureau report as blocks: a heading, rows of values per bureau, a payment history."""

from dataclasses import dataclass, field, replace

from tribureau.domain.bureaus import Bureau
from tribureau.reader.labels import TRUST, Likeness
from tribureau.reader.pages import Line, Word, enclosing
from tribureau.reader.report import Evidence
from tribureau.reader.tri_merge.columns import Columns
from tribureau.reader.tri_merge.rows import Cell, Row
from tribureau.reader.tri_merge.strips import Strips


@dataclass(slots=True)
class Field:
    """A row with the question that its label answers; None where the label is unknown."""

    question: str | None
    row: Row
    columns: Columns
    likeness: Likeness = Likeness.DECLARED

    def cells(self) -> list[tuple[Bureau, Cell, float]]:
        """The filled cells with their bureau and the right edge of their column."""
        edges = [self.columns.right_edge(at) for at in range(len(self.columns.bureaus))]
        found = zip(self.columns.bureaus, self.row.cells, edges, strict=True)
        return [(bureau, cell, edge) for bureau, cell, edge in found if cell.lines]

    def evidence(self, cell: Cell, *, glued: bool = False) -> Evidence:
        """A cell of the row, or a part of one, as the answer to its label."""
        return replace(cell.evidence(self.rule, glued=glued), confidence=TRUST[self.likeness][1])

    @property
    def rule(self) -> str:
        return f"{TRUST[self.likeness][0]}:{self.row.label.rstrip(': ')}"


@dataclass(slots=True)
class Block:
    """One table of the report: an account, or the facts of a section."""

    section: str
    group: Line | None = None
    heading: list[Word] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    strips: Strips = field(default_factory=Strips)
    lines: list[Line] = field(default_factory=list)
    """Lines outside the bureaus' columns."""

    @property
    def questions(self) -> set[str]:
        return {f.question for f in self.fields if f.question}

    def title(self) -> Evidence | None:
        """The heading, its lines rejoined; its box is that of the page on which it begins."""
        if not self.heading:
            return None
        here = [word for word in self.heading if word.page == self.heading[0].page]
        text = " ".join(word.text for word in self.heading)
        return Evidence(here[0].page, enclosing(here), text, "heading")
