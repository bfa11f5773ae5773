"""The lines of an envelope in the parts that a mail house asks for."""

import pytest

from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters.recipients import BUREAU_ADDRESSES
from tribureau.domain.mailing.mail_house import MailAddress, mail_address


@pytest.mark.parametrize("known", BUREAU_ADDRESSES, ids=lambda known: known.bureau)
def test_every_bureaus_address_can_be_mailed_to(known: object) -> None:
    lines = known.address.lines  # type: ignore[attr-defined]
    address = mail_address(lines)

    assert (address.name, address.line1) == (lines[0], lines[1])
    assert f"{address.city}, {address.state} {address.zip_code}" == lines[-1]


def test_two_lines_of_street_and_a_company_find_their_places() -> None:
    street = mail_address(("Ann Sample", "1 Main St", "Apt 2", "Springfield, IL 62701-0001"))
    company = mail_address(("Disputes", "Invented Bank", "1 Main St", "Suite 2", "St. Paul MN 55101"))

    assert street == MailAddress("Ann Sample", "1 Main St", "Springfield", "IL", "62701-0001", "Apt 2")
    assert company == MailAddress("Disputes", "1 Main St", "St. Paul", "MN", "55101", "Suite 2", "Invented Bank")


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Ann Sample", "Springfield, IL 62701"),
        ("Ann Sample", "1 Main St", "Springfield"),
        ("Ann Sample", "1 Main St", "Springfield, Illinois 62701"),
        ("A" * 41, "1 Main St", "Springfield, IL 62701"),
        ("Ann Sample", "1" * 65, "Springfield, IL 62701"),
        ("a", "b", "c", "d", "e", "Springfield, IL 62701"),
    ],
)
def test_what_no_envelope_can_carry_is_told_with_a_hint(lines: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as refused:
        mail_address(lines)
    assert refused.value.hint
