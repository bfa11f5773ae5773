"""One furnisher under the names that bureaus give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness


def likeness(one: str, other: str) -> float:
    return creditor_likeness(canonical_creditor(one), canonical_creditor(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NORTHBANK, N.A.", "Northbank"),
        ("CAP ONE", "Capital One Bank USA NA"),
        ("JPMCB CARD", "Chase Card"),
        ("FIRST NATL BK", "First National Bank"),
        ("ELM RECOVERY SVCS LLC", "Elm Recov Services"),
        ("GREEN VALLEY FCU", "Green Valley Federal Credit Union"),
        ("CRÉDIT NORD", "CREDIT NORD"),
    ],
)
def test_the_same_furnisher(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.85


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NORTHBANK", "SOUTHBANK"),
        ("First National", "First Premier"),
        ("Elm Recovery", "Oak Recovery"),
        ("Valley Medical Center", "Valley Auto Center"),
    ],
)
def test_different_furnishers(one: str, other: str) -> None:
    assert likeness(one, other) < 0.85


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetrical_and_bounded(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(st.text(max_size=60))
def test_the_canonical_name_stays(name: str) -> None:
    canonical = canonical_creditor(name)
    assert canonical_creditor(canonical) == canonical
