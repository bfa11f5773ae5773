"""A tradeline that is read again keeps its id."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.rereading import ReadAccount, ids_kept

_accounts = st.lists(
    st.builds(
        ReadAccount,
        st.sampled_from(Bureau),
        st.sampled_from(["NORTHBANK", "Northbank", "WESTLOAN"]),
        st.sampled_from(["*1234", "*9999", None]),
        st.sampled_from([date(2020, 1, 1), None]),
    ),
    max_size=8,
)


def numbered(accounts: list[ReadAccount]) -> list[tuple[UUID, ReadAccount]]:
    return [(UUID(int=number), account) for number, account in enumerate(accounts)]


@given(_accounts)
def test_the_same_reading_keeps_every_id_in_its_place(accounts: list[ReadAccount]) -> None:
    assert ids_kept(numbered(accounts), accounts) == [UUID(int=number) for number in range(len(accounts))]


@given(_accounts, _accounts)
def test_no_id_is_given_twice_and_none_to_another_bureau(before: list[ReadAccount], now: list[ReadAccount]) -> None:
    ids = ids_kept(numbered(before), now)
    given_ids = [id_ for id_ in ids if id_]
    assert len(set(given_ids)) == len(given_ids)
    assert all(before[id_.int].bureau == account.bureau for id_, account in zip(ids, now, strict=True) if id_)


def test_a_better_read_number_or_name_is_the_same_account() -> None:
    before = numbered(
        [
            ReadAccount(Bureau.EQUIFAX, "NORTHBANK", None, date(2020, 1, 1)),
            ReadAccount(Bureau.EQUIFAX, "WESTL0AN", "*9999", None),
        ]
    )
    now = [
        ReadAccount(Bureau.EQUIFAX, "WESTLOAN", "*9999", date(2021, 5, 5)),
        ReadAccount(Bureau.EQUIFAX, "NORTHBANK", "*1234", date(2020, 1, 1)),
        ReadAccount(Bureau.EQUIFAX, "EASTBANK", "*5555", None),
    ]
    assert ids_kept(before, now) == [UUID(int=1), UUID(int=0), None]
