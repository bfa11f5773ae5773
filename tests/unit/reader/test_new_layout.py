"""A bureau that nobody has: its format is declared as `docs/reader.md` shows, registered, and read."""

import re
from pathlib import Path

import pytest
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.bureaus import Bureau
from tribureau.reader import read
from tribureau.reader.layouts import LAYOUTS
from tribureau.reader.single_bureau.layout import BlockLayout

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "reader.md"


@pytest.fixture
def meadow(monkeypatch: pytest.MonkeyPatch) -> BlockLayout:
    """The declaration as the guide prints it, registered as the guide says."""
    printed = re.search(r"^```python\n(.*?^MEADOW.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    assert printed
    names: dict[str, BlockLayout] = {}
    exec(printed[1], names)  # noqa: S102 - the guide is ours
    monkeypatch.setattr(read, "LAYOUTS", (*LAYOUTS, names["MEADOW"]))
    return names["MEADOW"]


REPORT: list[DrawnLine] = [
    [(40, "MeadowScore Credit Story")],
    [(40, "Story made for: Dana Rowe")],
    [(40, "Every Promise You Made")],
    [(40, "NORTHGATE BANK")],
    [(40, "Promise Number"), (160, "4311XXXXXXXX"), (330, "Kind of Promise"), (460, "Credit Card")],
    [(40, "Since"), (160, "03/14/2019"), (330, "Still Owed"), (460, "$1,240")],
    [(40, "How It Is Kept"), (160, "Charged off"), (330, "Overdue"), (460, "$310")],
    [(40, "Questions About You")],
]


def test_a_declared_format_is_read(meadow: BlockLayout) -> None:
    report = read.read_pages(document(REPORT).pages)

    assert report.layout == "meadow"
    (found,) = report.tradelines
    line = found.tradeline
    assert (line.creditor_name, line.bureau, line.account_number) == ("NORTHGATE BANK", Bureau.EQUIFAX, "4311XXXXXXXX")
    assert (line.balance, line.past_due) == (1240, 310)
    assert line.date_opened is not None
    assert line.date_opened.iso() == "2019-03-14"
    assert found.negative.is_negative
    assert found.evidence["balance"].rule == "label:Still Owed"


def test_other_families_are_still_told_apart(meadow: BlockLayout) -> None:
    assert all(cue not in layout.cues for layout in LAYOUTS for cue in meadow.cues)
