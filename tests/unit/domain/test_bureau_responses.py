"""Which account of the user a bureau's item names, and when there is a doubt."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureau_responses import KnownLine, account_named
from tribureau.domain.bureaus import Bureau

ONE, OTHER = uuid4(), uuid4()


def line(
    account: UUID, number: str | None, name: str = "QUARTZ HILL BANK", bureau: Bureau = Bureau.EQUIFAX
) -> KnownLine:
    return KnownLine(account, bureau, name, number)


def named(number: str | None, *lines: KnownLine, name: str = "Quartz Hill Bk") -> UUID | None:
    return account_named(Bureau.EQUIFAX, name, number, lines)


def test_the_same_digits_at_the_same_bureau_name_an_account() -> None:
    assert named("*1234", line(ONE, "XXXXXXXX1234")) == ONE
    assert named("431196XXXX", line(ONE, "4311****")) == ONE
    assert named("*1234", line(ONE, "XXXX1234"), line(ONE, "*1234")) == ONE, "two reports of one account"


def test_a_doubt_names_none() -> None:
    assert named(None, line(ONE, "XXXX1234")) is None
    assert named("*1234", line(ONE, None)) is None
    assert named("*1234", line(ONE, "XXXX9999")) is None
    assert named("*1234", line(ONE, "431196XXXX")) is None, "nothing that both show"
    assert named("*1234", line(ONE, "XXXX1234", name="ODDFELLOW LENDING")) is None
    assert named("*1234", line(ONE, "XXXX1234", bureau=Bureau.EXPERIAN)) is None
    assert named("431196XXXX", line(ONE, "431196****"), line(OTHER, "431196XXXXXX")) is None, "two could be meant"


@given(st.permutations([line(ONE, "XXXX1234"), line(OTHER, "XXXX5678"), line(OTHER, "*5678"), line(ONE, "*1234")]))
def test_the_order_of_reports_does_not_matter(lines: list[KnownLine]) -> None:
    assert named("*1234", *lines) == ONE
    assert named("*5678", *lines) == OTHER
