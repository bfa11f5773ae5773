"""A letter says what the user confirmed, under its rule, in either language, and nothing else."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import (
    PLANS,
    DisputedItem,
    ItemKind,
    Language,
    LetterFacts,
    LetterKind,
    PrintedFact,
    Words,
    compose,
    placeholders,
    written,
)
from tribureau.domain.letters.enclosures import EnclosureKind, checklist
from tribureau.domain.letters.reasons import GROUP_WORDS, REASONS, Reason, ReasonGroup, checked_reason, reasons_for
from tribureau.domain.letters.recipients import address_of
from tribureau.domain.tradelines import MonthCode, Precision, Tradeline

TODAY = date(2026, 11, 22)
LATE = Tradeline(
    "MIDVALE BANK",
    Bureau.EQUIFAX,
    balance=Decimal(10),
    past_due=Decimal(5),
    late_payments_30=1,
    payment_history={"2026-01": MonthCode.LATE_30},
)
BALANCE = PrintedFact(Words("Balance", "Saldo"), "$642")


def item(reason: Reason, kind: ItemKind | None = None) -> DisputedItem:
    return DisputedItem(
        kind or min(reason.applies_to),
        "MIDVALE BANK",
        reason.key,
        "5678****",
        (BALANCE,),
        correction="what is right" if reason.asks_for else None,
        explanation="My own words.",
        confirmed_on=TODAY,
        tradeline=LATE,
    )


def facts(kind: LetterKind, *items: DisputedItem, language: Language = Language.ENGLISH) -> LetterFacts:
    return LetterFacts(kind, items, language, TODAY, "file 12", date(2026, 9, 1), date(2026, 10, 5))


def a_reason_for(kind: LetterKind) -> Reason:
    return REASONS[min(PLANS[kind].reasons or {"not_mine"})]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_of_letter_cites_its_rules_in_every_language(kind: LetterKind, language: Language) -> None:
    text = compose(facts(kind, item(a_reason_for(kind)), language=language))
    assert PLANS[kind].subject.in_(language) in text
    opening, *requests = PLANS[kind].opening.in_(language), *(one.in_(language) for one in PLANS[kind].requests)
    assert all(re.search(r"\(.*\d+ (USC|CFR) ", words) for words in (opening, *requests))
    assert "MIDVALE BANK" in text and "5678****" in text and "$642" in text
    assert set(re.findall(r"\{[^{}]*\}", text)) <= {"{name}", "{date_of_birth}", "{ssn_last4}"}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", REASONS)
def test_every_reason_is_claimed_with_its_rule(key: str, language: Language) -> None:
    reason = REASONS[key]
    kind = next((k for k in LetterKind if k.goes_to_a_bureau and key in PLANS[k].reasons), LetterKind.FIRST_DISPUTE)
    text = compose(facts(kind, item(reason), language=language))
    assert reason.claim.in_(language).replace("{correction}", "what is right") in text
    assert f"({reason.citation})" in text
    assert "My own words." in text
    assert ("{correction}" in reason.claim.en) == ("{correction}" in reason.claim.es) == (reason.asks_for is not None)


def test_there_are_reasons_for_everything_that_a_report_holds() -> None:
    assert len(REASONS) >= 15
    assert {reason.group for reason in REASONS.values()} == set(ReasonGroup) == set(GROUP_WORDS)
    for kind in ItemKind:
        offered = reasons_for(kind)
        assert offered[-1].key == "other" and len(offered) >= 2
        assert [list(ReasonGroup).index(one.group) for one in offered] == sorted(
            list(ReasonGroup).index(one.group) for one in offered
        )


@pytest.mark.parametrize("kind", LetterKind)
def test_only_a_second_round_says_that_no_answer_came(kind: LetterKind) -> None:
    known = facts(kind, item(a_reason_for(kind)))
    assert "no answer" not in compose(known)
    assert ("no answer" in compose(replace(known, unanswered=True))) == (kind is LetterKind.SECOND_ROUND)


def test_what_is_not_confirmed_is_not_said() -> None:
    sure, unsure = item(REASONS["not_mine"]), replace(item(REASONS["paid"]), confirmed_on=None, title="OTHER BANK")
    with pytest.raises(InvalidInput, match="not confirmed what the letter says of OTHER BANK"):
        compose(facts(LetterKind.FIRST_DISPUTE, sure, unsure))


@st.composite
def letters(draw: st.DrawFn) -> LetterFacts:
    """Any kind in any language, with some of the reasons that it takes; some of the items are not confirmed."""
    kind = draw(st.sampled_from(LetterKind))
    keys = draw(st.lists(st.sampled_from(sorted(PLANS[kind].reasons or set(REASONS))), min_size=1, max_size=5))
    items = [
        replace(item(REASONS[key]), confirmed_on=draw(st.sampled_from([TODAY, TODAY, TODAY, None]))) for key in keys
    ]
    return facts(kind, *items, language=draw(st.sampled_from(Language)))


@given(letters())
def test_no_letter_of_any_kind_says_what_the_user_did_not_confirm(asked: LetterFacts) -> None:
    if any(one.confirmed_on is None for one in asked.items):
        with pytest.raises(InvalidInput, match="not confirmed"):
            compose(asked)
        return
    text = compose(asked)
    said = {one.reason for one in asked.items}
    theirs = " ".join(REASONS[key].claim.in_(asked.language) for key in said)
    for key, reason in REASONS.items():
        claim = reason.claim.in_(asked.language).split("{correction}")[0].strip()
        if key not in said and claim not in theirs:
            assert claim not in text, (asked.kind, key)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [LetterKind.FURNISHER, LetterKind.COLLECTOR])
def test_a_company_is_asked_for_its_own_duty_and_for_nothing_of_a_bureau(kind: LetterKind, language: Language) -> None:
    for key in PLANS[kind].reasons:
        text = compose(facts(kind, item(REASONS[key]), language=language))
        assert "1681i" not in text and "1681e(b)" not in text, key
        assert Words("You report Balance: $642.", "Ustedes informan Saldo: $642.").in_(language) in text
        assert Words("my file", "mi expediente").in_(language) not in text, key


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "made_up"}, "no reason called"),
        ({"kind": ItemKind.PERSONAL}, "can't be said of"),
        ({"reason": "never_late", "tradeline": Tradeline("X", Bureau.EQUIFAX)}, "does not fit"),
        ({"reason": "paid", "correction": " "}, "when you paid it"),
        ({"reason": "other", "explanation": ""}, "Say what is wrong"),
    ],
)
def test_a_reason_that_does_not_fit_is_refused(change: dict[str, Any], words: str) -> None:
    wrong = replace(item(REASONS["not_mine"], ItemKind.ACCOUNT), **change)
    with pytest.raises(InvalidInput, match=words):
        checked_reason(wrong)


@pytest.mark.parametrize(
    ("kind", "missing", "words"),
    [
        (LetterKind.SECOND_ROUND, "earlier_letter_on", "date of your earlier letter"),
        (LetterKind.METHOD_OF_VERIFICATION, "answered_on", "date of the bureau's answer"),
    ],
)
def test_a_letter_without_its_dates_is_refused(kind: LetterKind, missing: str, words: str) -> None:
    whole = facts(kind, item(REASONS["not_mine"]))
    unknown: dict[str, Any] = {missing: None}
    with pytest.raises(InvalidInput, match=words):
        compose(replace(whole, **unknown))


def test_a_reason_of_another_letter_is_refused() -> None:
    with pytest.raises(InvalidInput, match="does not belong"):
        compose(facts(LetterKind.OBSOLETE, item(REASONS["not_mine"])))
    with pytest.raises(InvalidInput, match="no item"):
        compose(facts(LetterKind.FIRST_DISPUTE))


@pytest.mark.parametrize("kind", [LetterKind.FURNISHER, LetterKind.COLLECTOR])
def test_companies_are_told_neither_birth_nor_ssn(kind: LetterKind) -> None:
    assert placeholders.needed(compose(facts(kind, item(REASONS["not_mine"])))) == {"name"}


def test_a_request_for_the_method_claims_nothing() -> None:
    text = compose(facts(LetterKind.METHOD_OF_VERIFICATION, item(REASONS["not_mine"])))
    assert "October 5, 2026" in text
    assert REASONS["not_mine"].claim.en not in text


def test_several_items_are_numbered_and_enclosures_listed() -> None:
    both = facts(LetterKind.FIRST_DISPUTE, item(REASONS["not_mine"]), item(REASONS["wrong_balance"]))
    text = compose(replace(both, enclosures=[(EnclosureKind.IDENTITY, ""), (EnclosureKind.EVIDENCE, "Receipt")]))
    assert "\n\n1. MIDVALE" in text and "\n\n2. MIDVALE" in text
    assert text.endswith("Enclosed:\n- Copy of my identity document\n- Evidence: Receipt")


def test_placeholders_are_filled_or_missed_by_name() -> None:
    text = compose(facts(LetterKind.FIRST_DISPUTE, item(REASONS["not_mine"])))
    values = {"name": "Dana Rowe", "date_of_birth": "May 1, 1980", "ssn_last4": "1234"}
    assert "{" not in placeholders.filled(text, values)
    with pytest.raises(InvalidInput, match="does not hold yet: date of birth"):
        placeholders.filled(text, values | {"date_of_birth": ""})


@given(st.text(max_size=60))
def test_what_the_user_types_stays_what_it_is(typed: str) -> None:
    one = replace(item(REASONS["wrong_balance"]), correction=f"x{typed}", explanation=f"y{typed}")
    text = compose(facts(LetterKind.FIRST_DISPUTE, one))
    assert f"x{typed}".strip() in text and f"y{typed}".strip() in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("35000", "$35,000"),
        ("35000.50", "$35,000.50"),
        (" 1200 ", "$1,200"),
        ("0", "$0"),
        ("$35000", "$35000"),
        ("about 300", "about 300"),
        ("٣٥٠", "٣٥٠"),
    ],
)
def test_a_bare_number_is_dollars_where_an_amount_is_asked_for(typed: str, shown: str) -> None:
    balance = replace(item(REASONS["wrong_balance"]), correction=typed)
    assert f"The balance is wrong. It is {shown}." in compose(facts(LetterKind.FIRST_DISPUTE, balance))
    year = replace(item(REASONS["closed_by_me"]), correction="2024")
    assert "$2,024" not in compose(facts(LetterKind.FIRST_DISPUTE, year))


@pytest.mark.parametrize("kind", LetterKind)
def test_each_letter_has_its_checklist(kind: LetterKind) -> None:
    asked = checklist(kind)
    assert (EnclosureKind.IDENTITY in {one.kind for one in asked if one.required}) == kind.goes_to_a_bureau


def test_dates_and_addresses() -> None:
    assert written(date(2026, 3, 1), Language.SPANISH) == "1 de marzo de 2026"
    assert written(date(2026, 3, 1), Language.ENGLISH, Precision.MONTH) == "March 2026"
    assert written(date(2026, 3, 1), Language.SPANISH, Precision.MONTH) == "marzo de 2026"
    assert written(date(2026, 1, 1), Language.ENGLISH, Precision.YEAR) == "2026"
    assert all(address_of(bureau, TODAY).lines[-1][-5:].replace("-", "").isdigit() for bureau in Bureau)
    with pytest.raises(InvalidInput, match="too long ago"):
        address_of(Bureau.EQUIFAX, date(1999, 1, 1))
