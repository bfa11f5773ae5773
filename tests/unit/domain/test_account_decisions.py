"""The user's word on accounts: it holds over likeness, in any order of reports, for reports that come later too."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.test_accounts import REPORTS, _as_shown, seen

from tribureau.domain.account_decisions import Decision, End
from tribureau.domain.accounts import Sighting, prints, same_accounts
from tribureau.domain.tradelines import PrintedDate

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def decided(number: int, one: Sighting, other: Sighting, *, together: bool, known: list[Sighting]) -> Decision:
    printed = prints(known)
    ends = [End(sighting.id, printed[sighting.id]) for sighting in (one, other)]
    return Decision(UUID(int=number), ends[0], ends[1], together, NOON + timedelta(hours=number))


def partition(sightings: list[Sighting], decisions: list[Decision]) -> set[frozenset[int]]:
    return {frozenset(one.id.int for one in account) for account in same_accounts(sightings, decisions)}


def test_two_that_nothing_joins_are_joined_by_the_user() -> None:
    known = [seen(1, "Equifax", "NORTHBANK"), seen(2, "Experian", "SOUTHERN FINANCE", date_opened=None)]
    word = decided(1, *known, together=True, known=known)
    assert partition(known, []) == {frozenset({1}), frozenset({2})}
    assert partition(known, [word]) == {frozenset({1, 2})}


def test_what_the_user_set_apart_stays_apart_though_a_third_fits_both() -> None:
    known = [
        seen(1, "Equifax", account_number="*1234"),
        seen(2, "Experian", account_number="XX1234"),
        seen(3, "TransUnion", account_number="***1234"),
    ]
    assert partition(known, []) == {frozenset({1, 2, 3})}
    word = decided(1, known[0], known[1], together=False, known=known)
    assert all(not {1, 2} <= account for account in partition(known, [word]))


def test_the_newer_word_counts() -> None:
    known = [seen(1, "Equifax", account_number="*1234"), seen(2, "Experian", account_number="XX1234")]
    apart = decided(1, *known, together=False, known=known)
    together = decided(2, *known, together=True, known=known)
    assert partition(known, [together, apart]) == {frozenset({1, 2})}
    assert partition(known, [together, replace(apart, decided_at=NOON + timedelta(days=9))]) == {
        frozenset({1}),
        frozenset({2}),
    }


def test_the_word_holds_for_a_later_report_when_the_first_is_gone() -> None:
    known = [seen(1, "Equifax", "NORTHBANK"), seen(2, "Experian", "SOUTHERN FINANCE", date_opened=None)]
    word = decided(1, *known, together=True, known=known)
    later = [replace(one, id=UUID(int=one.id.int + 10), upload=REPORTS[1]) for one in known]
    assert partition(later, [word]) == {frozenset({11, 12})}


def test_the_word_holds_when_a_better_reading_prints_it_otherwise() -> None:
    known = [seen(1, "Equifax", "NORTHBANK"), seen(2, "Experian", "SOUTHERN FINANCE", date_opened=None)]
    word = decided(1, *known, together=True, known=known)
    better = [replace(known[0], creditor_name="NORTHBANK NA"), known[1]]
    assert partition(better, [word]) == {frozenset({1, 2})}


def test_a_later_sighting_joins_what_the_user_joined() -> None:
    """Its number contradicts one of the two, and is that of the other."""
    known = [seen(1, "Equifax", account_number="*1234"), seen(2, "Experian", account_number="XX9999")]
    word = decided(1, *known, together=True, known=known)
    third = seen(3, "TransUnion", account_number="***9999")
    assert partition([*known, third], [word]) == {frozenset({1, 2, 3})}


_accounts = st.lists(
    st.tuples(
        st.sampled_from([("NORTHBANK CARD SERVICES", "NORTHBANK CRD SVCS"), ("ELM RECOVERY", "ELM REC")]),
        st.dates(date(2010, 1, 1), date(2024, 1, 1)),
        st.integers(10**15, 10**16 - 1),
        st.integers(100, 90_000),
    ),
    min_size=2,
    max_size=4,
)
_words = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.booleans()), min_size=1, max_size=6)


def _decisions(sightings: list[Sighting], words: list[tuple[int, int, bool]]) -> list[Decision]:
    ends = [(sightings[one % len(sightings)], sightings[other % len(sightings)], t) for one, other, t in words]
    return [
        decided(number, one, other, together=together, known=sightings)
        for number, (one, other, together) in enumerate(ends)
    ]


@given(_accounts, _words, st.randoms(use_true_random=False))
def test_no_order_of_reports_or_words_changes_the_accounts(
    accounts: list[tuple[tuple[str, str], date, int, int]], words: list[tuple[int, int, bool]], random: Random
) -> None:
    sightings = _as_shown(accounts)
    decisions = _decisions(sightings, words)
    shuffled = random.sample(sightings, len(sightings))
    assert same_accounts(shuffled, random.sample(decisions, len(decisions))) == same_accounts(sightings, decisions)


@given(_accounts, _words)
def test_the_newest_word_is_obeyed_and_everybody_is_in_one_account(
    accounts: list[tuple[tuple[str, str], date, int, int]], words: list[tuple[int, int, bool]]
) -> None:
    sightings = _as_shown(accounts)
    decisions = _decisions(sightings, words)
    found = same_accounts(sightings, decisions)
    assert sorted(one.id.int for account in found for one in account) == [one.id.int for one in sightings]
    newest = decisions[-1]
    at = {one.id: number for number, account in enumerate(found) for one in account}
    printed_alike = newest.one.print == newest.other.print
    assert newest.one.tradeline and newest.other.tradeline
    same = at[newest.one.tradeline] == at[newest.other.tradeline]
    assert same is (newest.together or printed_alike)


@given(_accounts, _words)
def test_later_reports_come_into_the_accounts_that_were_decided(
    accounts: list[tuple[tuple[str, str], date, int, int]], words: list[tuple[int, int, bool]]
) -> None:
    """The next report prints the same, so what was one account with it is one without a new word."""
    sightings = [one for one in _as_shown(accounts) if one.upload == REPORTS[0]]
    decisions = _decisions(sightings, words)
    later = [replace(one, id=UUID(int=one.id.int + 1000), upload=REPORTS[1]) for one in sightings]
    before = {frozenset(one.id.int for one in account) for account in same_accounts(sightings, decisions)}
    after = {
        frozenset(one.id.int for one in account if one.upload == REPORTS[0])
        for account in same_accounts([*sightings, *later], decisions)
    }
    assert after == before


def test_words_on_what_is_nowhere_change_nothing() -> None:
    known = [seen(1, "Equifax", account_number="*1234"), seen(2, "Experian", date_opened=PrintedDate(date(2001, 1, 1)))]
    gone = Decision(UUID(int=9), End(UUID(int=77), ("Equifax",)), End(None, None), True, NOON)
    assert partition(known, [gone]) == partition(known, [])
