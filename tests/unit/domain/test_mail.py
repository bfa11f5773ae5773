"""Tracking numbers: a slip of the pen is noticed, spaces don't matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.errors import InvalidInput
from tribureau.domain.mail import check_digit, checked_tracking_number

BODIES = st.one_of(
    st.from_regex(r"9[2345][0-9]{19}", fullmatch=True),
    st.from_regex(r"9[2345][0-9]{23}", fullmatch=True),
    st.from_regex(r"7[0-9]{18}", fullmatch=True),
)


@given(BODIES)
def test_spaces_and_dashes_do_not_matter(body: str) -> None:
    number = body + str(check_digit(body))
    assert checked_tracking_number(" ".join(number[at : at + 4] for at in range(0, len(number), 4))) == number
    assert checked_tracking_number("-".join((number[:4], number[4:]))) == number


@given(BODIES, st.data())
def test_one_wrong_digit_is_noticed(body: str, data: st.DataObject) -> None:
    number = body + str(check_digit(body))
    place = data.draw(st.integers(1 if body[0] == "7" else 2, len(number) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    with pytest.raises(InvalidInput, match="A digit"):
        checked_tracking_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("typed", ["12345", "9" * 22 + "x", "1Z999AA10123456784", "80000000000000000000"])
def test_other_numbers_are_none_of_the_postal_service(typed: str) -> None:
    with pytest.raises(InvalidInput, match="no tracking number"):
        checked_tracking_number(typed)
