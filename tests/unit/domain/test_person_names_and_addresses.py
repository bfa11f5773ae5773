"""Whose name, whose address: tolerant of how bureaus print, and never of another person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.addresses import likeness_of_addresses
from tribureau.domain.likeness import Likeness
from tribureau.domain.person_names import best_likeness, likeness_of_names

SAME, VARIANT, OTHER = Likeness.SAME, Likeness.VARIANT, Likeness.OTHER


@pytest.mark.parametrize(
    ("printed", "own", "likeness"),
    [
        ("ADA QUARRY", "Ada Quarry", SAME),
        ("ADA M QUARRY", "Ada Quarry", SAME),
        ("A QUARRY", "Ada M Quarry", SAME),
        ("QUARRY, ADA M", "Ada Quarry", SAME),
        ("ADA M QUARRY JR", "Ada Marie Quarry", SAME),
        ("RENEE D'AUBIGNE", "Renée D'Aubigné", SAME),
        ("ADA MOSS-FERN", "Ada Fern", SAME),
        ("BOB SOLVANG", "Robert Solvang", VARIANT),
        ("ADA QUARY", "Ada Quarry", VARIANT),
        ("ADELE QUARRY", "Ada Quarry", OTHER),
        ("BORIS QUARRY", "Ada Quarry", OTHER),
        ("ADA FENWICK", "Ada Quarry", OTHER),
        ("B SOLVANG", "Ada Quarry", OTHER),
        ("", "Ada Quarry", OTHER),
    ],
)
def test_names(printed: str, own: str, likeness: Likeness) -> None:
    assert likeness_of_names(printed, own) is likeness
    assert likeness_of_names(own, printed) is likeness


def test_a_former_name_is_ones_own() -> None:
    assert best_likeness("ADA FENWICK", ["Ada Quarry", "Ada Fenwick"]) is SAME
    assert best_likeness("ADA FENWICK", []) is OTHER


NAME = st.text(alphabet="abcdefghijklmnopqrstuvwxyzé", min_size=2, max_size=9)


@given(NAME, NAME, st.sampled_from("abcdefg"))
def test_a_middle_initial_case_and_order_never_matter(first: str, last: str, middle: str) -> None:
    own = f"{first.title()} {last.title()}"
    assert likeness_of_names(f"{first} {middle} {last}".upper(), own) is SAME
    assert likeness_of_names(f"{last.upper()}, {first.upper()}", own) is SAME


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_have_a_likeness_and_it_has_no_direction(one: str, other: str) -> None:
    assert likeness_of_names(one, other) in Likeness
    assert likeness_of_addresses(one, other) is likeness_of_addresses(other, one)


OWN = "5 Old Mill Road Apt 4, Tarn Hollow, ZX 00018"


@pytest.mark.parametrize(
    ("printed", "likeness"),
    [
        ("5 OLD MILL RD APT 4, TARN HOLLOW, ZX 00018", SAME),
        ("5 OLD MILL RD #4, TARN HOLLOW, ZX 00018-1234", SAME),
        ("5 OLD MILL RD, TARN HOLLOW, ZX 00018", SAME),
        ("5 OLD MILL RD TARN HOLLOW ZX", SAME),
        ("5 OLD MILL RD UNIT 9, TARN HOLLOW, ZX 00018", VARIANT),
        ("5 OLD MIL RD APT 4, TARN HOLLOW, ZX 00018", VARIANT),
        ("5 OLD MILL RD APT 4, TARN HOLLOW, ZX 00019", VARIANT),
        ("7 OLD MILL RD APT 4, TARN HOLLOW, ZX 00018", OTHER),
        ("5 SALTMARSH LN, TARN HOLLOW, ZX 00018", OTHER),
        ("5 OLD MILL RD", SAME),
        ("PO BOX 5, EASTMERE, QJ 00022", OTHER),
        ("", OTHER),
    ],
)
def test_addresses(printed: str, likeness: Likeness) -> None:
    assert likeness_of_addresses(printed, OWN) is likeness


@given(
    st.integers(1, 9999),
    st.sampled_from(["Lantern", "Old Mill", "Foxglove"]),
    st.sampled_from([("Street", "ST"), ("Avenue", "AVE"), ("Lane", "LN"), ("Boulevard", "BLVD")]),
    st.sampled_from(["", "North ", "SE "]),
)
def test_abbreviations_and_case_never_matter(number: int, street: str, kind: tuple[str, str], way: str) -> None:
    long, short = kind
    own = f"{number} {way}{street} {long}, Millrace, ZX 00023"
    assert likeness_of_addresses(f"{number} {way}{street} {short}, MILLRACE, ZX 00023".upper(), own) is SAME
    assert likeness_of_addresses(f"{number + 1} {way}{street} {short}, MILLRACE, ZX 00023", own) is OTHER
