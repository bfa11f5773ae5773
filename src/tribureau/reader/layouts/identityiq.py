"""IdentityIQ and its sisters (MyScoreIQ, PrivacyGuard): a table per creditor, two years of months in shared rows."""

from typing import Final

from tribureau.reader.layouts.three_bureau_words import CUES, GROUPS, HISTORIES, LABELS, SECTIONS
from tribureau.reader.tri_merge.layout import ThreeBureauLayout
from tribureau.reader.tri_merge.wording import Wording

IDENTITYIQ: Final = ThreeBureauLayout(
    family="identityiq",
    cues={
        **CUES,
        "identityiq": 3.0,
        "myscoreiq": 3.0,
        "privacyguard": 3.0,
        "privacy guard": 2.0,
        "three bureau credit report": 2.0,
        "bureau code": 2.0,
        "account type - detail": 2.0,
        "no. of months (terms)": 1.0,
        "two-year payment history legend": 1.0,
        "account rating": -2.0,
        "smartcredit": -3.0,
        "myfreescorenow": -3.0,
    },
    wording=Wording(labels=LABELS, sections=SECTIONS, groups=GROUPS, histories=HISTORIES),
)
