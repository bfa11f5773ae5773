"""What masked numbers can and can't say about each other."""

import pytest

from tribureau.domain.account_numbers import Agreement, compare_numbers, visible_number


@pytest.mark.parametrize(
    ("printed", "head", "tail"),
    [
        ("*1234", "", "1234"),
        ("xxxxxxxx 1234", "", "1234"),
        ("431196XXXXXXXXXX", "431196", ""),
        ("431196....", "431196", ""),
        ("431196001234****", "431196001234", ""),
        ("5178****9012", "5178", "9012"),
        ("00123", "00123", "00123"),
        (None, "", ""),
    ],
)
def test_what_is_visible(printed: str | None, head: str, tail: str) -> None:
    assert visible_number(printed)[:2] == (head, tail)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("*1234", "XXXX1234", Agreement(4, contradicts=False)),
        ("*1234", "*9999", Agreement(0, contradicts=True)),
        ("431196XXXX", "431196001234****", Agreement(0, contradicts=False)),
        ("4311960012****", "431196001234****", Agreement(4, contradicts=False)),
        ("431196XXXX", "*1234", Agreement(0, contradicts=False)),
        ("12345", "12345", Agreement(5, contradicts=False)),
        ("12345", "12346", Agreement(0, contradicts=True)),
        ("1234", "*1234", Agreement(4, contradicts=False)),
        (None, "*1234", Agreement(0, contradicts=False)),
    ],
)
def test_comparing(one: str | None, other: str | None, answer: Agreement) -> None:
    assert compare_numbers(one, other) == compare_numbers(other, one) == answer
