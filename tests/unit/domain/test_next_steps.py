"""What may be done next, and the texts for it: under their rules, short enough, and of nothing that isn't confirmed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.disputes import ANSWERS, Actor, DisputeStatus, next_statuses
from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import DisputedItem, ItemKind, Language, LetterKind, PrintedFact, Words, placeholders
from tribureau.domain.letters.reasons import REASONS
from tribureau.domain.next_steps import (
    MOST_WORDS,
    NextStep,
    Round,
    Story,
    checked_statement,
    complaint,
    drafted_statement,
    letter_of,
    offers,
    statement_letter,
    words_in,
)

TODAY = date(2026, 11, 22)
MAILED = date(2026, 9, 1)
ANSWERED = date(2026, 10, 5)
S = DisputeStatus
WITH_COMPLAINT = (S.VERIFIED, S.UPDATED, S.EXPIRED)
_PLACE = Words("Balance", "Saldo")
languages = st.sampled_from(Language)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


def item(reason: str = "wrong_balance", *, confirmed: bool = True, **facts: str) -> DisputedItem:
    said = {"correction": "$0", "explanation": "I paid it in March.", **facts}
    return DisputedItem(
        ItemKind.ACCOUNT,
        "MIDVALE BANK",
        reason,
        "5678****",
        (PrintedFact(_PLACE, "$642"),),
        confirmed_on=TODAY if confirmed else None,
        **said,  # type: ignore[arg-type]
    )


def story(outcome: DisputeStatus | None = S.VERIFIED, said: DisputedItem | None = None) -> Story:
    answered = ANSWERED if outcome in ANSWERS else None
    one = Round(1, MAILED, MAILED + timedelta(days=3), outcome, answered)
    return Story("Equifax", "MIDVALE BANK", "5678****", [one], said)


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (
            S.VERIFIED,
            [NextStep.METHOD_OF_VERIFICATION, NextStep.SECOND_ROUND, NextStep.CFPB_COMPLAINT, NextStep.STATEMENT],
        ),
        (S.UPDATED, [NextStep.SECOND_ROUND, NextStep.CFPB_COMPLAINT, NextStep.STATEMENT]),
        (S.EXPIRED, [NextStep.NO_ANSWER, NextStep.CFPB_COMPLAINT, NextStep.STATEMENT]),
        (S.DELETED, [NextStep.REINSERTION]),
        (S.INVESTIGATING, [NextStep.ANSWER_THE_BUREAU]),
        (S.PENDING, []),
        (S.DRAFT, []),
        (S.ESCALATED, []),
        (S.BLANK, []),
    ],
)
def test_each_answer_opens_its_steps(status: DisputeStatus, steps: list[NextStep]) -> None:
    known = status if status in WITH_COMPLAINT or status is S.DELETED else None
    offered = offers(status, story(known), TODAY)
    assert [one.step for one in offered] == steps
    for one in offered:
        assert "15 USC 1681i" in one.citation and one.title.es and one.words.es
        assert letter_of(status, one.step) is one.letter
        if one.letter:
            assert S.ESCALATED in next_statuses(status, Actor.USER)


def test_the_method_is_not_asked_for_without_the_day_of_the_answer() -> None:
    unknown = replace(story(), rounds=[Round(1, MAILED, None, S.VERIFIED, None)])
    assert NextStep.METHOD_OF_VERIFICATION not in [one.step for one in offers(S.VERIFIED, unknown, TODAY)]


@pytest.mark.parametrize(("days", "open_from"), [(44, 46), (45, 46), (46, None), (90, None)])
def test_the_cfpb_is_not_asked_before_45_days_have_gone_by(days: int, open_from: int | None) -> None:
    (found,) = [
        one for one in offers(S.EXPIRED, story(S.EXPIRED), MAILED + timedelta(days=days)) if "CFPB" in one.title.en
    ]
    assert found.not_before == (MAILED + timedelta(days=open_from) if open_from else None)


def test_an_answer_ends_the_waiting_for_the_cfpb() -> None:
    assert all(one.not_before is None for one in offers(S.VERIFIED, story(), MAILED + timedelta(days=9)))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("outcome", WITH_COMPLAINT)
def test_a_complaint_tells_what_happened_and_what_would_be_fair(outcome: DisputeStatus, language: Language) -> None:
    told = complaint(story(outcome, item()), language)
    assert told
    for part in ("Equifax", "MIDVALE BANK", "5678****", "$642", "I paid it in March.", "15 USC 1681i"):
        assert part in told.what_happened
    claim = {"en": "The balance is wrong. It is $0.", "es": REASONS["wrong_balance"].claim.es.format(correction="$0")}
    assert f"«{claim[language]}»" in told.what_happened
    assert {"en": "September 1, 2026", "es": "1 de septiembre de 2026"}[language] in told.what_happened
    assert "Equifax" in told.fair_resolution and "15 USC 1681i" in told.fair_resolution


@pytest.mark.parametrize("outcome", [None, S.DELETED])
def test_there_is_no_complaint_about_what_runs_or_went_well(outcome: DisputeStatus | None) -> None:
    assert complaint(story(outcome, item()), Language.ENGLISH) is None


@given(languages, st.sampled_from(sorted(REASONS)), texts, texts, st.sampled_from(WITH_COMPLAINT))
def test_what_is_not_confirmed_is_not_told(
    language: Language, reason: str, correction: str, explanation: str, outcome: DisputeStatus
) -> None:
    unsure = item(reason, confirmed=False, correction=correction, explanation=explanation)
    silent = story(outcome)
    doubtful = story(outcome, unsure)
    assert complaint(doubtful, language) == complaint(silent, language)
    assert drafted_statement(doubtful, language) == drafted_statement(silent, language)


@given(languages, texts, texts, texts, st.sampled_from([None, *S]))
def test_a_drafted_statement_has_a_hundred_words_at_most(
    language: Language, name: str, correction: str, explanation: str, outcome: DisputeStatus | None
) -> None:
    said = item(correction=correction * 3, explanation=f"{explanation} " * 9)
    draft = drafted_statement(replace(story(outcome, said), title=name * 9), language)
    assert 0 < words_in(draft) <= MOST_WORDS
    assert checked_statement(draft) == " ".join(draft.split())


def test_a_draft_says_what_was_confirmed_and_what_came_of_it() -> None:
    assert drafted_statement(story(S.VERIFIED, item()), Language.ENGLISH) == (
        "I dispute MIDVALE BANK, account 5678****, as Equifax reports it. «The balance is wrong. It is $0.» I paid it "
        "in March. I disputed it by a letter mailed on September 1, 2026. It answered on October 5, 2026 that it had "
        "verified the information, and left it in my file."
    )


def test_what_would_be_too_much_is_left_out_whole() -> None:
    draft = drafted_statement(story(S.VERIFIED, item(explanation="word " * 99)), Language.ENGLISH)
    assert "word" not in draft and "October 5" in draft


@given(st.text(max_size=400))
def test_a_checked_statement_is_never_longer(typed: str) -> None:
    try:
        kept = checked_statement(typed)
    except InvalidInput:
        assert not typed.strip() or words_in(typed) > MOST_WORDS
    else:
        assert kept.split() == typed.split() and words_in(kept) <= MOST_WORDS


@pytest.mark.parametrize(("typed", "words"), [("  ", "empty"), ("word " * 101, "101 words"), ("x" * 2001, "too long")])
def test_a_statement_that_can_not_be_is_refused(typed: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        checked_statement(typed)


@pytest.mark.parametrize("language", Language)
def test_the_letter_brings_the_statement_under_its_rule(language: Language) -> None:
    text = statement_letter(story(S.VERIFIED, item()), "  It is {heading}  paid. ", language)
    assert "It is {heading} paid." in text and "MIDVALE BANK" in text and "(15 USC 1681i(b), (c))" in text
    assert placeholders.needed(text) == {"name", "date_of_birth", "ssn_last4"}


def test_every_round_is_told_in_its_order() -> None:
    second = Round(2, date(2026, 10, 20), None, S.UPDATED, date(2026, 11, 10))
    both = replace(story(S.VERIFIED, item()), rounds=[story().newest, second])
    told = complaint(both, Language.ENGLISH)
    assert told
    places = [told.what_happened.index(day) for day in ("September 1", "October 5", "October 20", "November 10")]
    assert places == sorted(places)
    assert letter_of(S.VERIFIED, NextStep.METHOD_OF_VERIFICATION) is LetterKind.METHOD_OF_VERIFICATION
