"""What counts as read right, and what a mistake costs."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.evaluation.readings import perfect_reading

from tribureau.evaluation.evaluation import Evaluation, evaluate
from tribureau.evaluation.matching import Numbers, compare_numbers, matched
from tribureau.evaluation.reliability import Claim, bins, brier_score, claims, expected_calibration_error, marking
from tribureau.evaluation.values import is_right, visible_ends
from tribureau.samples import make_report


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return make_report("identityiq", seed=31, accounts=8).truth


def evaluated(truth: dict[str, Any], reading: dict[str, Any]) -> Evaluation:
    return evaluate([truth], {truth["file"]: reading})


def test_a_perfect_reading_is_perfect_in_every_figure(truth: dict[str, Any]) -> None:
    found = evaluated(truth, perfect_reading(truth))

    assert set(found.slices) == {"all", "text", "layout:identityiq", "style:identityiq/A"}
    counts = ("n_reports", "n_accounts")
    figures = {name: value for name, value in found.slices["all"].items() if name not in counts}
    assert {name for name, value in figures.items() if value not in {1.0, None}} == set()
    assert figures["account_recall"] == figures["negative_recall"] == figures["late_cell_f1"] == 1.0
    assert found.values["text"].expected_calibration_error == found.values["text"].brier_score == 0


def test_a_file_that_was_not_read_costs_all_its_accounts(truth: dict[str, Any]) -> None:
    figures = evaluate([truth], {}).slices["all"]

    assert figures["account_recall"] == figures["core_field_recall_end_to_end"] == figures["negative_recall"] == 0
    assert figures["account_precision"] is None


def test_an_invented_account_costs_precision_and_its_values_are_wrong(truth: dict[str, Any]) -> None:
    reading = perfect_reading(truth)
    invented = reading["tradelines"][0] | {"creditor_name": "TOTALS OF ALL", "account_number": None}
    reading["tradelines"].append(invented | {"is_negative": True})
    found = evaluated(truth, reading)
    accounts = len(truth["tradelines"])

    assert found.slices["all"]["account_precision"] == accounts / (accounts + 1)
    assert found.slices["all"]["account_recall"] == 1
    assert found.slices["all"]["negative_precision"] < 1  # type: ignore[operator]
    assert found.values["text"].table[-1].right < 1


def test_a_misread_number_makes_no_other_value_wrong(truth: dict[str, Any]) -> None:
    """The account is lost for who counts accounts; its user sees one wrong value."""
    reading = perfect_reading(truth)
    line = next(line for line in reading["tradelines"] if line["account_number"])
    line["account_number"] = line["account_number_last4"] = "98765432XXXX"
    made = list(claims(truth, reading))

    assert {claim.field for claim in made if not claim.right} <= {"account_number", "account_number_last4"}
    assert sum(not claim.right for claim in made) >= 1


def test_a_wrong_value_is_no_missed_one(truth: dict[str, Any]) -> None:
    reading = perfect_reading(truth)
    reading["tradelines"][0]["balance"] += 0.01
    reading["tradelines"][1]["balance"] = None
    balance = evaluated(truth, reading).details["fields"]["balance"]

    assert balance["missed"] == 1
    assert balance["accuracy"] == (balance["n"] - 2) / balance["n"]


def test_a_month_of_another_code_is_missed_and_invented(truth: dict[str, Any]) -> None:
    late = {"payment_history": {"2025-01": "30", "2025-02": "OK"}}
    lines = [truth["tradelines"][0] | late]
    small = truth | {"tradelines": lines}
    reading = perfect_reading(small)
    reading["tradelines"][0]["payment_history"]["2025-01"] = "60"
    figures = evaluated(small, reading).slices["all"]

    assert figures["late_cell_precision"] == figures["late_cell_recall"] == 0
    assert figures["ok_cell_accuracy"] == 1


@pytest.mark.parametrize(
    ("options", "reading", "right"),
    [
        ({"decoy": True}, {"error": None, "tradelines": []}, 1),
        ({"decoy": True}, {"error": None, "tradelines": [{"creditor_name": "ATM", "bureau": "Equifax"}]}, 0),
        ({"locked_with": "00041"}, {"error": "password_required", "tradelines": []}, 1),
        ({"locked_with": "00041"}, {"error": "damaged", "tradelines": []}, 0),
        ({"truncated": True}, {"error": "damaged", "tradelines": []}, 1),
        ({"truncated": True}, {"error": None, "tradelines": [{"creditor_name": "X", "bureau": "Experian"}]}, 0),
    ],
)
def test_special_files_are_judged_by_how_they_are_met(
    options: dict[str, Any], reading: dict[str, Any], right: int
) -> None:
    truth = make_report("experian", seed=3, accounts=3, **options).truth
    found = evaluated(truth, {"file": truth["file"], **reading})

    assert [special["right"] for special in found.special.values()] == [right]
    assert found.slices == {}


@pytest.mark.parametrize(
    ("name", "printed", "read", "right"),
    [
        ("date_opened", "2021-03", "2021-03-01", True),
        ("date_opened", "2021-03-09", "2021-03", False),
        ("balance", 12, 12.0, True),
        ("balance", 0, None, False),
        ("balance", None, 0, False),
        ("creditor_name", "NORTHGATE BANK", "NORTH GATE BANK", True),
        ("creditor_name", "NORTHGATE BANK", "NORTHGATE", False),
        ("account_number", "4311XXXX", "4311****", True),
        ("account_number", "4311XXXX", "4312****", False),
        ("terms", "36 Months", "36", True),
        ("terms", None, "0", True),
        ("remarks", ["Account closed", "Disputed"], ["Disputed", "Account closed"], True),
        ("remarks", ["Account closed"], [], False),
    ],
)
def test_when_a_value_is_right(name: str, printed: Any, read: Any, right: bool) -> None:
    assert is_right(name, {name: printed}, {name: read}) is right


def test_what_the_page_supports_too_is_right() -> None:
    truth = {"original_amount": None, "alternatives": {"original_amount": [500]}, "balance": 3}

    assert is_right("original_amount", truth, {"original_amount": 500})
    assert is_right("original_amount", truth, {})
    assert not is_right("original_amount", truth, {"original_amount": 501})


@pytest.mark.parametrize(
    ("printed", "read", "verdict"),
    [
        ("4311XXXXXXXX", "4311****", Numbers.AGREE),
        ("4311XXXXXXXX", "4312****", Numbers.CONTRADICT),
        ("****1234", "1234", Numbers.AGREE),
        ("****1234", "****5678", Numbers.CONTRADICT),
        (None, "****5678", Numbers.OPEN),
        ("43XXXX", "44XXXX", Numbers.OPEN),
    ],
)
def test_numbers_agree_by_what_is_visible(printed: str | None, read: str, verdict: Numbers) -> None:
    assert compare_numbers(printed, read) is verdict


def test_masks_hide_all_but_the_ends() -> None:
    assert visible_ends("XXXX-1234") == ("", "1234")
    assert visible_ends("431196XXXXXX") == ("431196", "")
    assert visible_ends("12•••34") == ("12", "34")
    assert visible_ends("123456") == ("123456", "3456")


def test_two_accounts_of_one_creditor_are_told_apart_by_what_they_say() -> None:
    card = {"bureau": "Experian", "creditor_name": "NORTHGATE BANK", "date_opened": "2020-01-02", "balance": 5}
    loan = card | {"date_opened": "2022-05-06", "balance": 9000}

    assert matched([card, loan], [loan, card]) == {0: 1, 1: 0}
    assert matched([card], [card | {"bureau": "Equifax"}]) == {}


@given(st.lists(st.builds(Claim, st.floats(0, 1), st.booleans()), min_size=1))
def test_every_claim_is_in_one_bin_and_bins_do_not_overlap(made: list[Claim]) -> None:
    table = bins(made)

    assert sum(one.claims for one in table) == len(made)
    assert all(one.low - 1e-9 <= one.mean_confidence <= one.high + 1e-9 for one in table)
    assert all(one.high < following.low for one, following in pairwise(table))
    error = expected_calibration_error(table)
    assert error is not None
    assert 0 <= error <= 1


def test_bins_part_what_lies_near_one() -> None:
    """A tenth from 0.9 to 1 that holds everything would say nothing."""
    made = [Claim(0.9 + number / 10_000, number > 300) for number in range(800)]

    assert len(bins(made)) == 8
    assert [one.right for one in bins(made)][:3] == [0, 0, 0]


def test_too_sure_is_an_error_as_large_as_the_gap() -> None:
    made = [Claim(0.95, True), Claim(0.95, False)]

    assert expected_calibration_error(bins(made)) == pytest.approx(0.45)
    assert brier_score(made) == pytest.approx((0.05**2 + 0.95**2) / 2)


def test_a_threshold_marks_what_lies_below_it() -> None:
    made = [Claim(0.5, False), Claim(0.6, True), Claim(0.9, False), Claim(0.95, True), Claim(0.99, True)]

    assert marking(made, 0.9) == (2, 0.5, pytest.approx(1 / 3), 0.5)
    assert marking(made[:2], 0.1) == (0, 0, 0, None)
    assert marking([], 0.9) == (0, None, None, None)
