"""How sure a value of a scan is: what speaks against it lowers it, and a map that never falls turns it into a share."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.tradelines import MonthCode, PrintedDate, Tradeline
from tribureau.reader.confidence import MAPS, Surroundings, calibrate, mapped, score
from tribureau.reader.report import Box, Evidence, ReadTradeline

FIELDS = ("creditor_name", "account_number", "balance", "high_balance", "date_opened", "remarks")
CHECK_BELOW = 0.8


def read(*, sure: float = 0.96, page: int = 1, heading: float = 0.96, **facts: object) -> ReadTradeline:
    line = Tradeline(
        creditor_name="HARBOR POINT BANK",
        bureau=Bureau.EXPERIAN,
        account_number="431196XXXXXX",
        balance=Decimal(120),
        high_balance=Decimal(900),
        date_opened=PrintedDate(date(2019, 3, 14)),
        remarks=["Closed by consumer"],
    )
    for name, value in facts.items():
        setattr(line, name, value)
    evidence = {name: Evidence(page, Box(0, 0, 9, 9), "printed", "label:x", sure) for name in FIELDS}
    evidence["creditor_name"].confidence = heading
    return ReadTradeline(line, NegativeItem(is_negative=False, confidence=0.97), evidence)


def confidences(one: ReadTradeline, *others: ReadTradeline) -> dict[str, float]:
    calibrate([one, *others], {1})
    return {name: evidence.confidence for name, evidence in one.evidence.items()}


@pytest.mark.parametrize("points", MAPS.values(), ids=MAPS)
def test_surer_never_means_less_often_right(points: tuple[tuple[float, float], ...]) -> None:
    assert list(points) == sorted(points)
    assert [share for _, share in points] == sorted(share for _, share in points)
    assert 0 < points[0][1] <= points[-1][1] < 1


@given(st.sampled_from(sorted(MAPS)), st.floats(0, 1), st.floats(0, 1))
def test_every_score_has_a_share_and_order_stays(kind: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < mapped(MAPS[kind], low) <= mapped(MAPS[kind], high) + 1e-9 < 1


def test_clear_print_in_good_company_asks_nothing() -> None:
    assert min(confidences(read()).values()) >= CHECK_BELOW


def test_everything_under_a_heading_that_was_hardly_read_is_doubtful() -> None:
    assert max(confidences(read(heading=0.3)).values()) < CHECK_BELOW


def test_a_creditors_name_is_no_remark() -> None:
    other = read(creditor_name="Paper Lane C.U.")
    found = confidences(read(remarks=["PAPER LANE CU"]), other)
    assert found["remarks"] < CHECK_BELOW <= found["balance"]


def test_what_speaks_against_a_value_lowers_that_one() -> None:
    good, odd = read(), read(account_number="67701 2k kx xx", balance=Decimal(2000))
    for name in FIELDS:
        lower = name in {"account_number", "balance", "high_balance"}
        assert (score(name, odd, Surroundings.of([odd])) < score(name, good, Surroundings.of([good]))) is lower, name


def test_an_amount_that_lost_its_dollar_sign_is_doubtful_where_others_have_theirs() -> None:
    """`$0` was read as `30`."""
    others = [read(), read(), read()]
    for one in others:
        one.evidence["balance"].printed = one.evidence["high_balance"].printed = "$120"
    lost = read()
    lost.evidence["balance"].printed, lost.evidence["high_balance"].printed = "30", "$900"
    found = confidences(lost, *others)
    assert found["balance"] < CHECK_BELOW <= found["high_balance"]
    assert min(confidences(read(), read()).values()) >= CHECK_BELOW, "a report that prints no dollar signs lacks none"


def test_a_month_that_breaks_a_run_of_one_code_is_doubtful() -> None:
    """`CO` lost its second letter; a single late month between good ones is as likely as any."""
    codes = dict(zip(("2024-01", "2024-02", "2024-03"), (MonthCode.CHARGE_OFF, MonthCode.COLLECTION) * 2, strict=False))
    late = {"2024-05": MonthCode.OK, "2024-06": MonthCode.LATE_30, "2024-07": MonthCode.OK}
    one = read(payment_history=codes | late)
    for month in ("2024-02", "2024-06"):
        one.evidence[f"payment_history/{month}"] = Evidence(1, Box(0, 0, 9, 9), "C", "grid:x", 0.96)
    found = confidences(one)
    assert found["payment_history/2024-02"] < CHECK_BELOW <= found["payment_history/2024-06"]


@pytest.mark.parametrize(
    "heading", ["Bank Credit Cards", "Type: Bank", "TransU nion", "e", "Account number", "Adverse"]
)
def test_what_is_no_name_makes_its_account_doubtful_on_any_page(heading: str) -> None:
    for page in (1, 2):
        assert max(confidences(read(creditor_name=heading, page=page)).values()) < CHECK_BELOW


def test_pages_with_text_keep_what_their_rules_say() -> None:
    found = read(page=2, sure=0.95)
    assert set(confidences(found).values()) == {0.95, 0.96}
    assert found.negative.confidence > 0.97
