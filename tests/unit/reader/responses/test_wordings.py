"""Outcomes by structure and verbs: wordings and orders that no style of the generator has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.bureau_responses import Outcome
from tribureau.reader.document import Document
from tribureau.reader.report import ReadItem
from tribureau.reader.responses import is_response, read_response
from tribureau.reader.responses.masked_numbers import masked_number, number_at
from tribureau.reader.responses.outcomes import outcome_of

SENTENCES = {
    Outcome.DELETED: ("It was removed from your file.", "We have taken it off.", "This entry no longer appears."),
    Outcome.UPDATED: ("Corrections were made to it.", "The balance was revised.", "It has been modified."),
    Outcome.VERIFIED: ("The lender certified it.", "It stays as reported.", "There was no change to it."),
    Outcome.BLOCKED: ("We are blocking it.",),
    Outcome.REJECTED_FRIVOLOUS: ("We hold this to be irrelevant.",),
    Outcome.NEEDS_INFORMATION: ("We were unable to process it.", "Please send further documents."),
    Outcome.UNDER_INVESTIGATION: ("We are still reviewing it.", "This is in progress."),
}
NAMES = ("QUARTZ HILL BANK", "Sable Point Credit Union", "ODDFELLOW/LENDING", "TERN & TIDE CO", "M B RECOVERY LLC")
NOISE = ("You stated that it is not yours and must be deleted.", "We contacted the lender.", "")
said = st.sampled_from([(outcome, text) for outcome, texts in SENTENCES.items() for text in texts])
items = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(1000, 9999), said, st.sampled_from(NOISE)), min_size=1, max_size=6,
    unique_by=lambda item: item[1],
)  # fmt: skip


def letter(*lines: DrawnLine) -> Document:
    opening: list[DrawnLine] = [
        [(60, "Experian")],
        [(60, "Results of your dispute")],
        [(60, "Date: 03/09/2026")],
        [(60, "Reference number: 55120938")],
    ]
    return document([*opening, *lines])


def read(*lines: DrawnLine) -> list[ReadItem]:
    made = letter(*lines)
    assert is_response(made, 0)
    return read_response(made).items


@given(items)
def test_paragraphs_in_any_order_and_wording(
    drawn: list[tuple[str, int, tuple[Outcome, str], str]],
) -> None:
    lines: list[DrawnLine] = []
    for name, number, (_, sentence), noise in drawn:
        lines += [[(60, f"{name} - account XXXX{number}")], *([[(60, noise)]] if noise else []), [(60, sentence)]]
    found = [(item.creditor_name, item.account_number, item.outcome) for item in read(*lines)]
    assert found == [(name, f"XXXX{number}", outcome) for name, number, (outcome, _), _ in drawn]


@given(items, st.permutations(["Creditor", "Account number", "Decision"]))
def test_tables_with_their_columns_in_any_order(
    drawn: list[tuple[str, int, tuple[Outcome, str], str]], columns: list[str]
) -> None:
    places = dict(zip(columns, (60, 240, 400), strict=True))
    lines: list[DrawnLine] = [[(x, name) for name, x in places.items()]]
    for name, number, (_, sentence), _ in drawn:
        cells = {"Creditor": name, "Account number": f"XXXX{number}", "Decision": sentence.rstrip(".")}
        lines.append([(x, cells[column]) for column, x in places.items()])
    found = [(item.creditor_name, item.account_number, item.outcome) for item in read(*lines)]
    assert found == [(name, f"XXXX{number}", outcome) for name, number, (outcome, _), _ in drawn]


@given(items)
def test_items_under_their_outcome(drawn: list[tuple[str, int, tuple[Outcome, str], str]]) -> None:
    lines: list[DrawnLine] = []
    for name, number, (_, sentence), _ in drawn:
        lines += [[(60, sentence.rstrip("."))], [(60, f"{name} # XXXX{number}")]]
    found = [(item.account_number, item.outcome) for item in read(*lines)]
    assert found == [(f"XXXX{number}", outcome) for _, number, (outcome, _), _ in drawn]


@pytest.mark.parametrize(
    "words",
    [
        "You asked us to delete it.",
        "You told us that it should have been removed.",
        "If it can't be verified it will be deleted from your file.",
        "We asked the creditor to verify it.",
        "Any item that is inaccurate must be removed or updated.",
        "Thank you for your letter.",
    ],
)
def test_wishes_and_conditions_are_no_outcome(words: str) -> None:
    assert outcome_of(words) is None


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("It was verified and updated", Outcome.UPDATED),
        ("The account was not deleted", Outcome.VERIFIED),
        ("Nothing about it was changed", Outcome.VERIFIED),
        ("It could not be verified, so it is gone", Outcome.DELETED),
        ("Verified, no change", Outcome.VERIFIED),
        ("Not yet complete", Outcome.UNDER_INVESTIGATION),
    ],
)
def test_what_was_not_done_is_told_from_what_was(words: str, outcome: Outcome) -> None:
    assert outcome_of(words) is outcome


def test_a_legend_is_no_item() -> None:
    legend: list[DrawnLine] = [[(60, "Deleted: the item was taken out.")], [(60, "Remains: it was certified.")]]
    assert [
        item.outcome for item in read(*legend, [(60, "QUARTZ HILL BANK # XXXX1234")], [(60, "Result: Updated")])
    ] == [Outcome.UPDATED]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("431196XXXX).", "431196XXXX"),
        ("431196....", "431196...."),
        ("*1234,", "*1234"),
        ("8768++**", "8768****"),
        ("792448««««", "792448****"),
        ("XXKXXX3603", "XXXXXX3603"),
        ("123-45-6789", None),
        ("XXX-XX-6789", None),
        ("$1,234.", None),
        ("03/09/2026", None),
        ("N.A.", None),
    ],
)
def test_masked_numbers(word: str, number: str | None) -> None:
    assert masked_number(word) == number


def test_a_number_that_was_cut_in_two_is_joined() -> None:
    assert number_at(["XXXXXXXX88", "14."], 0) == ("XXXXXXXX8814", 2)
    assert number_at(["XXXXXXXX8814.", "The"], 0) == ("XXXXXXXX8814", 1)
