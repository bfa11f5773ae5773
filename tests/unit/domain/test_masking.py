"""Long numbers never get past."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.masking import masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("4311960012345678", "************5678"),
        ("4311 9600 1234 5678", "************5678"),
        ("431196001234****", "43119600********"),
        ("SSN 987-65-4321.", "SSN *****4321."),
        ("*1234", "*1234"),
        ("431196XXXXXXXXXX", "431196XXXXXXXXXX"),
        ("$12,345,678.00 in 2021-03-04", "$12,345,678.00 in 2021-03-04"),
        ("no number", "no number"),
        ("4311.9600.1234.5678 owes $12345678.00", "************5678 owes $12345678.00"),
        ("4311/9600/1234/5678", "************5678"),
        ("4311  9600  1234  5678", "************5678"),
        ("43119600\u200b12345678", "************5678"),
        ("from 03-04-2021 - 05-06-2021, 2019/2020/2021", "from 03-04-2021 - 05-06-2021, 2019/2020/2021"),
        ("2021-03-04\n2021-04-05", "2021-03-04\n2021-04-05"),
    ],
)
def test_masking(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    "between", ["-", ".", "/", "_", " ", "  ", " - ", "\u00a0", "\u2009", "\u2011", "\u2013", "\u2212", "\u200b-\u200b"]
)
def test_an_ssn_is_hidden_whatever_stands_between_its_groups(between: str) -> None:
    assert masked(f"SSN {between.join(('987', '65', '4321'))}.") == "SSN *****4321."


@given(st.text(alphabet="0123456789 -*xX.ab", max_size=60))
def test_the_database_s_own_rule_is_always_met(text: str) -> None:
    assert not re.search(r"[0-9]([ -]?[0-9]){8,}", masked(text))
