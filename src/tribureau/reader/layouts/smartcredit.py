"""SmartCredit and MyFreeScoreNow: groups of accounts, `--` for nothing, a strip of months for each bureau."""

from typing import Final

from tribureau.reader.layouts.three_bureau_words import CUES, GROUPS, HISTORIES, LABELS, SECTIONS
from tribureau.reader.tri_merge.layout import ThreeBureauLayout
from tribureau.reader.tri_merge.wording import Wording

SMARTCREDIT: Final = ThreeBureauLayout(
    family="smartcredit",
    cues={
        **CUES,
        "smartcredit": 3.0,
        "consumerdirect": 2.0,
        "myfreescorenow": 3.0,
        "3b report & scores": 3.0,
        "3b report": 1.0,
        "account rating": 2.0,
        "dispute status": 2.0,
        "creditor remarks": 2.0,
        "days late - 7 year history": 1.0,
        "bureau code": -2.0,
        "identityiq": -3.0,
        "myscoreiq": -3.0,
    },
    wording=Wording(labels=LABELS, sections=SECTIONS, groups=GROUPS, histories=HISTORIES),
)
