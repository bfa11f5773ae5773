"""What a person types loses what nobody sees, and nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.typed_text import without_controls


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("It is \u202e005$\u202c.", "It is 005$."),
        ("\u2066paid\u2069 \u202atwice\u202c", "paid twice"),
        ("a\x00b\x1b[31mc\x7f\x85", "ab[31mc"),
        ("one\r\ntwo\rthree\tfour\n", "one\ntwo\nthree\tfour\n"),
        ("Peña, שלום, 北京 🏠", "Peña, שלום, 北京 🏠"),
    ],
)
def test_what_nobody_sees_is_left_out(typed: str, kept: str) -> None:
    assert without_controls(typed) == kept


@given(st.text())
def test_all_else_stays(typed: str) -> None:
    kept = without_controls(typed)
    unseen = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    plain = [c for c in typed if unicodedata.category(c) != "Cc" and unicodedata.bidirectional(c) not in unseen]
    assert [c for c in kept if c not in "\t\n"] == plain
    assert without_controls(kept) == kept
