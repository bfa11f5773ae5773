"""Which letter is offered when, and what it repeats of the tradeline."""

from decimal import Decimal

import pytest

from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.findings import FindingKind
from tribureau.domain.letters import ItemKind, LetterKind
from tribureau.domain.letters.printed import item_kind, printed_facts
from tribureau.domain.letters.reasons import REASONS
from tribureau.domain.letters.suggestions import kind_for_reasons, kinds_to_choose, suggested_kind, suggested_reason
from tribureau.domain.tradelines import AccountStatus, Tradeline

COLLECTED = Tradeline(
    "MIDVALE RECOVERY", Bureau.EQUIFAX, account_status=AccountStatus.COLLECTION, balance=Decimal("12.50")
)


@pytest.mark.parametrize(
    ("round_number", "before", "kind"),
    [
        (1, None, LetterKind.FIRST_DISPUTE),
        (2, DisputeStatus.VERIFIED, LetterKind.METHOD_OF_VERIFICATION),
        (2, DisputeStatus.UPDATED, LetterKind.SECOND_ROUND),
        (3, DisputeStatus.EXPIRED, LetterKind.SECOND_ROUND),
        (2, DisputeStatus.DELETED, LetterKind.REINSERTION),
    ],
)
def test_the_outcome_before_suggests_the_letter(
    round_number: int, before: DisputeStatus | None, kind: LetterKind
) -> None:
    assert suggested_kind(round_number, before) is kind


def test_a_kind_that_all_reasons_ask_for_is_taken() -> None:
    first = LetterKind.FIRST_DISPUTE
    assert kind_for_reasons(first, ["obsolete", "obsolete"]) is LetterKind.OBSOLETE
    assert kind_for_reasons(first, ["identity_theft"]) is LetterKind.IDENTITY_THEFT_BLOCK
    assert kind_for_reasons(first, ["obsolete", "not_mine"]) is first


def test_letters_that_tell_of_an_earlier_one_are_offered_where_there_is_one() -> None:
    first = kinds_to_choose(1, answered=False, mailed_before=False)
    assert not {LetterKind.SECOND_ROUND, LetterKind.METHOD_OF_VERIFICATION} & set(first)
    later = kinds_to_choose(2, answered=True, mailed_before=True)
    assert {LetterKind.SECOND_ROUND, LetterKind.METHOD_OF_VERIFICATION} <= set(later)


def test_a_letter_repeats_what_its_reason_is_about_in_its_language() -> None:
    assert item_kind(COLLECTED) is ItemKind.COLLECTION
    assert [fact.value for fact in printed_facts(COLLECTED, "wrong_balance")] == ["$12.50"]
    assert [fact.value for fact in printed_facts(COLLECTED, "wrong_status", spanish=True)] == ["cobranza"]
    assert printed_facts(COLLECTED, "no such reason") == ()


def test_a_finding_gives_a_reason_from_the_list_or_leaves_the_choice() -> None:
    given = {kind: suggested_reason(kind) for kind in FindingKind}
    assert set(given.values()) - {None} <= set(REASONS)
    assert given[FindingKind.TOO_OLD] == "obsolete"
    assert given[FindingKind.BUREAUS_DISAGREE] is None
    assert suggested_reason("a kind of a newer reader") is None
