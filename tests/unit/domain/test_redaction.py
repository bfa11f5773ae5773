"""What must not leave the machine is hidden, and what may stays as it is printed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.redaction import HIDDEN, redacted

digits = st.text(string.digits, min_size=1, max_size=1)


def alone(line: str) -> str:
    return redacted([line])[0]


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("SSN: 123-45-6789", "SSN: ***-**-****"),
        ("123 45 6789", "*** ** ****"),
        ("987654321", "*********"),
        ("SSN XXX-XX-1234", "SSN XXX-XX-****"),
        ("XXX-XX-1234", "XXX-XX-****"),
        ("Social Security Number ends in 1234", "Social Security Number ends in ****"),
        ("Date of birth: 03/14/1980", "Date of birth: **/**/****"),
        ("Born March 4, 1980", "Born ***** *, ****"),
        ("Year of Birth 1980", "Year of Birth ****"),
        ("Card 4539571147923358", "Card ************3358"),
        ("Card 4539 5711 4792 3358", "Card **** **** **** 3358"),
        ("4539-5711-4792-3358", "****-****-****-3358"),
        ("Loan 12345678", "Loan ****5678"),
        ("Account Number: 55512", "Account Number: *5512"),
        ("Acct # AB12-345", "Acct # ****-345"),
        ("431196001234XXXX", "43119600****XXXX"),
        ("l23-4S-6789", "***-**-****"),
        ("453957ll47923358", "************3358"),
    ],
)
def test_secrets_are_hidden_letter_by_letter(line: str, hidden: str) -> None:
    assert alone(line) == hidden


@pytest.mark.parametrize(
    "line",
    [
        "Balance $1,240 of $12,500.00",
        "Opened 03/14/2019, reported Jan 2021",
        "2019 2020 2021 2022",
        "Account Number 431196XXXXXXXXXX",
        "Account Number XXXXXXXXXXXX1234",
        "Account 43119600****",
        "60 months, paid as agreed",
        "HARBOR POINT BANK",
    ],
)
def test_what_may_be_seen_stays(line: str) -> None:
    assert alone(line) == line


@pytest.mark.parametrize(
    "lines",
    [
        ["Name | Date of Birth | SSN", "Jane Roe | 03/14/1980 | 6789"],
        ["Date of birth", "1980-03-14", "Social Security", "6789"],
        ["DOB 03/14/1980", "Also 03/14/1980", "SSN", "", "6789"],
    ],
)
def test_what_stands_below_its_label_is_hidden_too(lines: list[str]) -> None:
    text = "\n".join(redacted(lines))
    assert "1980" not in text and "6789" not in text


@given(st.lists(st.text(max_size=60), max_size=8))
def test_every_line_keeps_its_length_and_nothing_is_hidden_twice(lines: list[str]) -> None:
    once = redacted(lines)
    assert [len(line) for line in once] == [len(line) for line in lines]
    assert all(now in (was, HIDDEN) for a, b in zip(lines, once, strict=True) for was, now in zip(a, b, strict=True))


@given(
    before=st.sampled_from(["", "SSN ", "Social Security #: ", "Jane Roe, ", "x "]),
    number=st.from_regex(r"[0-9]{3}-[0-9]{2}-[0-9]{4}", fullmatch=True),
    after=st.sampled_from(["", ".", " and more", ", born 1980"]),
)
def test_no_ssn_gets_through(before: str, number: str, after: str) -> None:
    line = alone(before + number + after)
    assert line[len(before) : len(before) + len(number)] == "***-**-****"


@given(st.from_regex(r"[0-9]{4}( ?)[0-9]{4}( ?)[0-9]{4}( ?)[0-9]{4}", fullmatch=True))
def test_no_full_card_number_gets_through(number: str) -> None:
    shown = [letter for letter in alone(f"Number {number} open") if letter.isdigit()]
    years = all(part[:2] in {"19", "20"} for part in number.split())
    assert len(shown) <= 4 or (years and " " in number)
