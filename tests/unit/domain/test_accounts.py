"""Which tradelines are one account: careful, one to a bureau's list, and the same whatever came first."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.accounts import Sighting, keep_ids, same_accounts
from tribureau.domain.tradelines import Precision, PrintedDate

REPORTS = [UUID(int=1000 + n) for n in range(4)]
OPENED = PrintedDate(date(2019, 3, 14))


def seen(number: int, bureau: str, creditor: str = "NORTHBANK", **facts: object) -> Sighting:
    given_facts: dict[str, object] = {"upload": REPORTS[0], "position": number, "date_opened": OPENED, **facts}
    return Sighting(id=UUID(int=number), bureau=bureau, creditor_name=creditor, **given_facts)  # type: ignore[arg-type]


def partition(sightings: list[Sighting]) -> set[frozenset[int]]:
    return {frozenset(sighting.id.int for sighting in account) for account in same_accounts(sightings)}


def test_three_masks_of_one_card_are_one_account() -> None:
    sightings = [
        seen(1, "Equifax", "Northbank Card Services", account_number="*1234"),
        seen(2, "Experian", "NORTHBANK CRD SVCS", account_number="431196XXXXXXXXXX"),
        seen(3, "TransUnion", "NORTHBANK CARD SVC", account_number="431196001234****"),
    ]
    assert partition(sightings) == {frozenset({1, 2, 3})}


@pytest.mark.parametrize(
    "other",
    [
        {"account_number": "*9999"},
        {"date_opened": PrintedDate(date(2021, 6, 1)), "account_number": "431196XXXX"},
        {"creditor": "SOUTHERN FINANCE"},
        {"original_creditor": "ACME HOSPITAL"},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_a_contradiction_keeps_accounts_apart(other: dict[str, object]) -> None:
    base = {"account_number": "*1234", "original_creditor": "VALLEY CLINIC"}
    creditor = str(other.get("creditor", "NORTHBANK"))
    facts = {name: value for name, value in other.items() if name != "creditor"}
    sightings = [seen(1, "Equifax", **base), seen(2, "Experian", creditor, **{**base, **facts})]
    assert partition(sightings) == {frozenset({1}), frozenset({2})}


def test_bureaus_that_disagree_on_the_day_still_show_one_number() -> None:
    other_day = PrintedDate(date(2019, 8, 1))
    sightings = [
        seen(1, "Equifax", account_number="*1234"),
        seen(2, "Experian", account_number="XX1234", date_opened=other_day),
    ]
    assert len(partition(sightings)) == 1


def test_a_name_alone_is_too_little() -> None:
    sightings = [seen(1, "Equifax", date_opened=None), seen(2, "Experian", date_opened=None)]
    assert len(partition(sightings)) == 2


def test_one_list_shows_an_account_once() -> None:
    twins = [seen(1, "Equifax", account_number="*1234"), seen(2, "Equifax", account_number="*1234")]
    assert len(partition(twins)) == 2


def test_between_two_equals_nothing_is_guessed() -> None:
    sightings = [
        seen(1, "Equifax", account_number="*1111"),
        seen(2, "Equifax", account_number="*2222"),
        seen(3, "Experian", account_number="431196XXXX"),
    ]
    assert len(partition(sightings)) == 3
    telling = [replace(sightings[0], credit_limit=Decimal(5000)), replace(sightings[2], credit_limit=Decimal(5000))]
    assert partition([telling[0], sightings[1], telling[1]]) == {frozenset({1, 3}), frozenset({2})}


def test_two_student_loans_of_one_servicer_and_day_stay_two() -> None:
    loans = [
        seen(number, bureau, "DEPT OF ED / SERVICER", original_amount=Decimal(amount), account_number=mask)
        for number, bureau, amount, mask in [
            (1, "Equifax", 3500, "*0001"),
            (2, "Equifax", 2000, "*0002"),
            (3, "TransUnion", 3500, "900000****"),
            (4, "TransUnion", 2000, "900000****"),
        ]
    ]
    assert partition(loans) == {frozenset({1, 3}), frozenset({2, 4})}


def test_a_month_printed_without_its_day_agrees() -> None:
    month = PrintedDate(date(2019, 3, 1), Precision.MONTH)
    sightings = [seen(1, "Equifax", account_number="*1234"), seen(2, "Experian", date_opened=month)]
    assert len(partition(sightings)) == 1


def test_next_month_s_report_shows_the_same_accounts() -> None:
    first = [seen(1, "Equifax", account_number="*1234"), seen(2, "Equifax", "WESTLOAN", account_number="*7777")]
    later = [replace(s, id=UUID(int=s.id.int + 10), upload=REPORTS[1], high_balance=Decimal(9)) for s in first]
    assert partition([*first, *later]) == {frozenset({1, 11}), frozenset({2, 12})}


# One real account, as bureaus and reports show it.
_NAMES = [
    ("NORTHBANK CARD SERVICES", "NORTHBANK CRD SVCS"),
    ("WESTLOAN AUTO FINANCE", "WESTLOAN AUTO FIN"),
    ("ELM RECOVERY", "ELM REC"),
]
_opened = st.dates(date(2010, 1, 1), date(2024, 1, 1))
_number = st.integers(10**15, 10**16 - 1)
_account = st.tuples(st.sampled_from(_NAMES), _opened, _number, st.integers(100, 90_000))
_apart = st.lists(
    st.tuples(_opened, _number),
    min_size=1,
    max_size=5,
    unique_by=(lambda account: (account[0].year, account[0].month // 3), lambda account: account[1] % 10_000),
)


def _as_shown(accounts: list[tuple[tuple[str, str], date, int, int]]) -> list[Sighting]:
    sightings = []
    for report in REPORTS[:3]:
        for bureau in ("Equifax", "Experian", "TransUnion"):
            for position, (names, opened, number, amount) in enumerate(accounts):
                tail = bureau == "Equifax"
                mask = f"*{number % 10_000:04}" if tail else f"{str(number)[: 6 if bureau == 'Experian' else 10]}****"
                sightings.append(
                    Sighting(
                        id=UUID(int=len(sightings) + 1),
                        upload=report,
                        position=position,
                        bureau=bureau,
                        creditor_name=names[tail],
                        account_number=mask,
                        date_opened=PrintedDate(opened),
                        original_amount=Decimal(amount),
                    )
                )
    return sightings


@given(st.lists(_account, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    accounts: list[tuple[tuple[str, str], date, int, int]], random: Random
) -> None:
    sightings = _as_shown(accounts)
    shuffled = random.sample(sightings, len(sightings))
    assert same_accounts(shuffled) == same_accounts(sightings)
    for account in same_accounts(sightings):
        assert len({sighting.page_of for sighting in account}) == len(account)


@given(st.lists(_account, min_size=1, max_size=6), st.permutations(REPORTS[:3]))
def test_reports_that_arrive_one_by_one_end_in_the_same_accounts(
    accounts: list[tuple[tuple[str, str], date, int, int]], order: list[UUID]
) -> None:
    """As the worker does it: all over again after each report, with ids kept."""
    sightings = _as_shown(accounts)
    ids: dict[UUID, UUID | None] = {}
    here: list[Sighting] = []
    fresh = iter(range(10**6))
    for report in order:
        here += [sighting for sighting in sightings if sighting.upload == report]
        found = same_accounts(here)
        kept = keep_ids(found, ids)
        named = [known or UUID(int=2**64 + next(fresh)) for known in kept]
        assert len(set(named)) == len(named)
        ids = {s.id: name for name, account in zip(named, found, strict=True) for s in account}
    by_id: dict[UUID | None, set[int]] = {}
    for sighting, account_id in ids.items():
        by_id.setdefault(account_id, set()).add(sighting.int)
    assert {frozenset(members) for members in by_id.values()} == partition(sightings)


@given(_apart)
def test_accounts_opened_at_different_times_are_each_found_whole(accounts: list[tuple[date, int]]) -> None:
    apart = [
        ((f"{initial}BANK CARD", f"{initial}BANK CRD"), *a, 500) for initial, a in zip("ABCDE", accounts, strict=False)
    ]
    assert len(same_accounts(_as_shown(apart))) == len(accounts)


def test_an_id_goes_to_the_account_that_most_of_its_sightings_are_in() -> None:
    a, b = UUID(int=1), UUID(int=2)
    first, second = [seen(n, "Equifax") for n in (1, 2, 3)], [seen(4, "Experian"), seen(5, "TransUnion")]
    earlier = {UUID(int=1): a, UUID(int=2): a, UUID(int=3): b, UUID(int=4): a, UUID(int=5): None}
    assert keep_ids([first, second], earlier) == [a, None]
