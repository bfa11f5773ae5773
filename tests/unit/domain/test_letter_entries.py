"""What a letter repeats of entries that are no accounts, and which reasons fit which of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.letters import ItemKind, Language, placeholders
from tribureau.domain.letters.entries import PERSONAL_WORDS, disputed_entry
from tribureau.domain.letters.kinds import LetterKind
from tribureau.domain.letters.reasons import REASONS, fitting_reasons
from tribureau.domain.letters.suggestions import kinds_to_choose, suggested_entry_reason, suggested_kind
from tribureau.domain.personal_information import PersonalKind

INQUIRY = {"creditor_name": "HARROW LENDING", "inquired_on": "2026-03-02", "inquired_on_precision": "month"}
RECORD: dict[str, Any] = {
    "kind": "tax_lien", "printed_kind": "State tax lien", "court": "Travis County", "reference": "1234",
    "filed_on": "2012-01-01", "filed_on_precision": "year", "resolved_on": None, "resolved_on_precision": "day",
    "amount": 1200.5,
}  # fmt: skip


def _facts(kind: ItemKind, values: dict[str, Any], language: Language = Language.ENGLISH) -> list[str]:
    item = disputed_entry(kind, values, 2, language, "other")
    return [f"{fact.label.in_(language)}: {fact.value}" for fact in item.printed]


def test_dates_are_as_precise_as_they_are_printed() -> None:
    assert _facts(ItemKind.INQUIRY, INQUIRY) == ["inquiry of: 2026-03"]
    assert _facts(ItemKind.PUBLIC_RECORD, RECORD) == [
        "court: Travis County",
        "number ends in: 1234",
        "filed: 2012",
        "amount: $1,200.50",
    ]


@given(st.sampled_from(PersonalKind), st.integers(1, 20), st.sampled_from(Language))
def test_a_personal_value_is_its_placeholder_whatever_its_kind(what: PersonalKind, at: int, language: Language) -> None:
    item = disputed_entry(ItemKind.PERSONAL, {"kind": what, "sealed": "secret"}, at, language, "other")
    assert item.heading(language) == PERSONAL_WORDS[what].in_(language)
    assert [fact.value for fact in item.printed] == [placeholders.disputed_value(at)]
    assert placeholders.needed(item.printed[0].value) == {placeholders.value_name(at)}
    assert "secret" not in repr(item)


@pytest.mark.parametrize("what", PersonalKind)
def test_each_personal_value_has_one_reason_of_its_own(what: PersonalKind) -> None:
    item = disputed_entry(ItemKind.PERSONAL, {"kind": what}, 1, Language.ENGLISH, "other")
    suggested = suggested_entry_reason(ItemKind.PERSONAL, what, None, not_mine=False)
    assert [reason.key for reason in fitting_reasons(item)] == [suggested, "other"]


def test_a_reason_of_an_entry_is_one_that_fits_it() -> None:
    lien = disputed_entry(ItemKind.PUBLIC_RECORD, RECORD, 1, Language.ENGLISH, "other")
    bankruptcy = disputed_entry(ItemKind.PUBLIC_RECORD, RECORD | {"kind": "bankruptcy"}, 1, Language.ENGLISH, "other")
    assert REASONS["lien_or_judgment"] in fitting_reasons(lien)
    assert REASONS["lien_or_judgment"] not in fitting_reasons(bankruptcy)
    assert suggested_entry_reason(ItemKind.INQUIRY, None, None, not_mine=True) == "inquiry_not_authorized"
    assert suggested_entry_reason(ItemKind.PUBLIC_RECORD, "tax_lien", "lien_or_judgment", not_mine=True) == (
        "lien_or_judgment"
    )
    assert suggested_entry_reason(ItemKind.INQUIRY, None, None, not_mine=False) is None


def test_personal_information_has_a_letter_of_its_own() -> None:
    personal = ItemKind.PERSONAL
    assert suggested_kind(1, None, personal) is LetterKind.PERSONAL_INFORMATION
    assert suggested_kind(2, DisputeStatus.DELETED, personal) is LetterKind.SECOND_ROUND
    chosen = kinds_to_choose(1, answered=False, mailed_before=False, items={personal})
    assert chosen == [LetterKind.PERSONAL_INFORMATION]
