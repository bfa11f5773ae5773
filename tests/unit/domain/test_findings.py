"""Each finding on the smallest case that gives it, and on the nearest case that must not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings import Certainty, Finding, FindingKind, Reported, find_all, identity
from tribureau.domain.findings.reporting_period import reporting_period, years_after
from tribureau.domain.tradelines import (
    AccountStatus,
    AccountType,
    MonthCode,
    PaymentStatus,
    Precision,
    PrintedDate,
    Tradeline,
)

TODAY = date(2026, 11, 2)
ACCOUNT, UPLOAD = uuid4(), uuid4()


def on(text: str) -> PrintedDate:
    precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}[len(text)]
    return PrintedDate(date.fromisoformat((text + "-01-01")[:10]), precision)


def line(**values: object) -> Tradeline:
    known: dict[str, object] = {"creditor_name": "Harbor Point Bank", "bureau": Bureau.EQUIFAX}
    return Tradeline(**(known | values))  # type: ignore[arg-type]


def reported(day: date = TODAY, upload: UUID = UPLOAD, account: UUID | None = ACCOUNT, **values: object) -> Reported:
    return Reported(uuid4(), line(**values), day, upload, account)


def kinds(*snapshots: Reported) -> list[FindingKind]:
    return [finding.kind for finding in find_all(snapshots)]


def only(*snapshots: Reported) -> Finding:
    (finding,) = find_all(snapshots)
    return finding


def test_a_sound_account_gives_no_finding() -> None:
    sound = reported(
        account_status=AccountStatus.OPEN,
        payment_status=PaymentStatus.CURRENT,
        balance=Decimal(120),
        past_due=Decimal(0),
        date_opened=on("2019-04"),
        payment_history={"2026-09": MonthCode.OK, "2026-10": MonthCode.OK},
    )
    assert kinds(sound) == []


def test_a_missing_first_delinquency_says_something_only_where_such_dates_are_printed() -> None:
    bare = reported(account_status=AccountStatus.CHARGE_OFF)
    assert kinds(bare) == []
    assert kinds(replace(bare, dofd_is_printed=True)) == [FindingKind.DOFD_MISSING]


def test_a_collection_opened_before_its_first_delinquency() -> None:
    collection = {"account_type": AccountType.COLLECTION, "account_status": AccountStatus.COLLECTION}
    wrong = reported(**collection, date_opened=on("2022-03-05"), date_of_first_delinquency=on("2022-08"))
    right = reported(**collection, date_opened=on("2022-03-05"), date_of_first_delinquency=on("2021-08"))
    same_month = reported(**collection, date_opened=on("2022-03-05"), date_of_first_delinquency=on("2022-03"))
    assert only(wrong).kind is FindingKind.DOFD_AFTER_DEFAULT
    assert kinds(right) == kinds(same_month) == []


def test_a_first_delinquency_after_the_charge_off_in_the_grid() -> None:
    history = {"2023-01": MonthCode.LATE_120, "2023-02": MonthCode.CHARGE_OFF}
    wrong = reported(
        account_status=AccountStatus.CHARGE_OFF, date_of_first_delinquency=on("2023-05"), payment_history=history
    )
    cut_off = replace(wrong, tradeline=replace(wrong.tradeline, payment_history={"2023-02": MonthCode.CHARGE_OFF}))
    assert kinds(wrong) == [FindingKind.DOFD_AFTER_DEFAULT]
    assert kinds(cut_off) == [], "the grid may begin in the middle of the default"


@pytest.mark.parametrize(
    "ended", [{"account_status": AccountStatus.TRANSFERRED}, {"remarks": ["Account SOLD to another lender"]}]
)
def test_an_amount_owed_after_the_end(ended: dict[str, object]) -> None:
    assert kinds(reported(balance=Decimal(500), **ended)) == [FindingKind.BALANCE_AFTER_END]
    assert kinds(reported(balance=Decimal(0), **ended)) == []


@pytest.mark.parametrize(
    "remark",
    [
        "Transferred to recovery",
        "Debt included in or discharged through bankruptcy chapter 7",
        "Not paid in full",
        "Unsold collateral",
        "Balance transferred",
    ],
)
def test_a_remark_that_only_sounds_like_an_end(remark: str) -> None:
    assert kinds(reported(balance=Decimal(500), remarks=[remark])) == []


def test_a_collector_may_say_that_the_debt_was_sold_to_it() -> None:
    bought = {"account_type": AccountType.COLLECTION, "remarks": ["Account sold to Midvale Recovery"]}
    assert kinds(reported(balance=Decimal(500), **bought)) == []


def test_an_account_that_is_only_called_open_is_not_said_to_be_current() -> None:
    owing = reported(payment_status=PaymentStatus.CURRENT, past_due=Decimal(3))
    assert kinds(replace(owing, payment_words="Open")) == []
    assert kinds(replace(owing, payment_words="Pays as agreed")) == [FindingKind.PAST_DUE_WHILE_CURRENT]


def test_past_due_on_a_current_account() -> None:
    assert kinds(reported(payment_status=PaymentStatus.CURRENT, past_due=Decimal(3))) == [
        FindingKind.PAST_DUE_WHILE_CURRENT
    ]
    assert kinds(reported(payment_status=PaymentStatus.LATE_30, past_due=Decimal(3))) == []


def test_dates_are_compared_only_as_exactly_as_both_are_printed() -> None:
    assert kinds(reported(date_opened=on("2020-05-09"), date_closed=on("2020-05-08"))) == [
        FindingKind.DATES_OUT_OF_ORDER
    ]
    assert kinds(reported(date_opened=on("2020-05-09"), date_closed=on("2020-05"))) == []


def test_lates_after_a_charge_off() -> None:
    found = only(
        reported(
            payment_history={"2024-01": MonthCode.CHARGE_OFF, "2024-02": MonthCode.LATE_60, "2024-03": MonthCode.OK}
        )
    )
    assert found.kind is FindingKind.LATE_AFTER_END
    assert [said.field for said in found.said] == ["payment_history/2024-02"]


def test_lates_after_closing_count_for_a_loan_and_not_for_a_card_that_is_paid_down() -> None:
    closed = {
        "account_status": AccountStatus.CLOSED,
        "balance": Decimal(0),
        "date_closed": on("2024-01-20"),
        "payment_history": {"2024-01": MonthCode.LATE_30, "2024-03": MonthCode.LATE_30},
    }
    found = only(reported(account_type=AccountType.AUTO_LOAN, **closed))
    assert [said.field for said in found.said] == ["payment_history/2024-03"]
    assert kinds(reported(account_type=AccountType.CREDIT_CARD, **closed)) == []


def test_a_charged_off_account_that_was_paid_on_time_again_lives() -> None:
    history = {"2024-01": MonthCode.CHARGE_OFF, "2024-02": MonthCode.OK, "2024-05": MonthCode.LATE_60}
    assert kinds(reported(payment_history=history)) == []


def test_the_newest_delinquency_counts_not_one_that_was_made_good() -> None:
    history = {
        "2012-01": MonthCode.OK,
        "2012-02": MonthCode.LATE_30,
        "2012-03": MonthCode.CHARGE_OFF,
        "2023-01": MonthCode.OK,
        "2023-02": MonthCode.LATE_30,
        "2023-03": MonthCode.CHARGE_OFF,
    }
    period = reporting_period(reported(account_status=AccountStatus.CHARGE_OFF, payment_history=history))
    assert period and period.counted_from.field == "payment_history/2023-02"


def test_a_student_loan_may_have_a_clock_of_its_own() -> None:
    old = {"account_status": AccountStatus.CHARGE_OFF, "date_of_first_delinquency": on("2011-05")}
    assert kinds(reported(account_type=AccountType.STUDENT_LOAN, **old)) == []
    assert kinds(reported(account_type=AccountType.PERSONAL_LOAN, **old)) == [FindingKind.TOO_OLD]


def test_the_period_of_a_charge_off_is_seven_years_and_180_days() -> None:
    old = reported(account_status=AccountStatus.CHARGE_OFF, date_of_first_delinquency=on("2019-05-06"))
    period = reporting_period(old)
    assert period
    assert (period.until, period.inferred) == (date(2026, 11, 2), False)
    assert kinds(old) == [], "the last day of the period is still inside it"
    late = replace(old, reported_on=TODAY + timedelta(days=1))
    assert (only(late).kind, only(late).relevant_until) == (FindingKind.TOO_OLD, date(2026, 11, 2))


def test_an_inferred_first_delinquency_is_marked_as_inferred() -> None:
    history = {
        "2018-12": MonthCode.OK,
        "2019-01": MonthCode.LATE_30,
        "2019-02": MonthCode.LATE_60,
        "2019-03": MonthCode.CHARGE_OFF,
    }
    old = reported(account_status=AccountStatus.CHARGE_OFF, payment_history=history)
    period = reporting_period(old)
    assert period and period.inferred
    found = next(f for f in find_all([old]) if f.relevant_until)
    assert found.certainty is Certainty.LIKELY
    headless = reported(account_status=AccountStatus.CHARGE_OFF, payment_history=dict(list(history.items())[1:]))
    assert reporting_period(headless) is None, "the delinquency may have begun before the grid does"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 20))
def test_years_after_never_cut_a_period_short(day: date, years: int) -> None:
    after = years_after(day, years)
    assert after.year == day.year + years
    assert (after.month, after.day) in {(day.month, day.day), (3, 1)}
    assert years_after(day + timedelta(days=1), years) >= after


def test_one_debt_with_a_balance_at_two_furnishers() -> None:
    card = reported(account=None, balance=Decimal(900), account_status=AccountStatus.CHARGE_OFF)
    collector = reported(
        account=None,
        creditor_name="Midvale Recovery",
        original_creditor="HARBOR POINT BK",
        account_type=AccountType.COLLECTION,
        account_status=AccountStatus.COLLECTION,
        balance=Decimal(900),
    )
    assert only(card, collector).kind is FindingKind.SAME_DEBT_TWICE
    sold = replace(card, tradeline=replace(card.tradeline, balance=Decimal(0)))
    elsewhere = replace(card, tradeline=replace(card.tradeline, bureau=Bureau.EXPERIAN))
    assert kinds(sold, collector) == kinds(elsewhere, collector) == []
    paid_on_time = replace(card, tradeline=replace(card.tradeline, account_status=AccountStatus.OPEN))
    assert kinds(paid_on_time, collector) == [], "another card of the same bank"
    younger = replace(card, tradeline=replace(card.tradeline, date_opened=on("2025-01")))
    earlier = replace(collector, tradeline=replace(collector.tradeline, date_opened=on("2022-01")))
    assert kinds(younger, earlier) == []
    second_card = replace(card, id=uuid4())
    assert kinds(card, second_card, collector) == [], "either may be the debt"
    other_amount = replace(second_card, tradeline=replace(card.tradeline, balance=Decimal(77)))
    assert only(card, other_amount, collector).tradelines == (card.id, collector.id)


def test_bureaus_disagree_on_what_does_not_change_by_the_month() -> None:
    one = reported(account_status=AccountStatus.OPEN, date_opened=on("2019-05"))
    other = reported(bureau=Bureau.EXPERIAN, account_status=AccountStatus.CLOSED, date_opened=on("2019-05-14"))
    found = only(one, other)
    assert found.kind is FindingKind.BUREAUS_DISAGREE
    assert {said.field for said in found.said} == {"account_status"}


def test_bureaus_may_differ_in_time_and_in_spelling() -> None:
    march = reported(date(2026, 3, 2), uuid4(), account_status=AccountStatus.OPEN, original_creditor="SYNCB")
    now = {"bureau": Bureau.EXPERIAN, "account_status": AccountStatus.CLOSED, "original_creditor": "Synchrony Bank"}
    assert kinds(march, reported(TODAY, uuid4(), **now)) == []
    moved = reported(account_status=AccountStatus.TRANSFERRED)
    assert kinds(moved, reported(bureau=Bureau.EXPERIAN, account_status=AccountStatus.CLOSED)) == []


def test_only_the_newest_report_says_what_is_now() -> None:
    wrong = reported(date(2026, 3, 2), uuid4(), payment_status=PaymentStatus.CURRENT, past_due=Decimal(3))
    mended = reported(payment_status=PaymentStatus.CURRENT, past_due=Decimal(0))
    assert kinds(wrong) == [FindingKind.PAST_DUE_WHILE_CURRENT]
    assert kinds(wrong, mended) == []


def test_balances_are_compared_only_when_updated_in_one_month() -> None:
    one = reported(balance=Decimal(10), date_reported=on("2026-10-03"))
    same = reported(bureau=Bureau.EXPERIAN, balance=Decimal(12), date_reported=on("2026-10-30"))
    later = reported(bureau=Bureau.EXPERIAN, balance=Decimal(12), date_reported=on("2026-11-01"))
    assert kinds(one, same) == [FindingKind.BUREAUS_DISAGREE]
    assert kinds(one, later) == []


def _before_and_after(earlier: str, later: str, status: AccountStatus, **values: object) -> list[Reported]:
    shown = {"account_status": status, **values}
    return [
        reported(date(2026, 3, 2), uuid4(), date_of_first_delinquency=on(earlier), **shown),
        reported(TODAY, uuid4(), date_of_first_delinquency=on(later), **shown),
    ]


def test_a_first_delinquency_that_moved_later_is_re_aging() -> None:
    assert kinds(*_before_and_after("2021-05", "2022-08", AccountStatus.COLLECTION)) == [FindingKind.RE_AGED]
    assert kinds(*_before_and_after("2022-08", "2021-05", AccountStatus.COLLECTION)) == []


def test_an_account_that_was_brought_current_begins_a_delinquency_of_its_own() -> None:
    current_between = {"payment_history": {"2021-11": MonthCode.OK}}
    assert kinds(*_before_and_after("2021-05", "2022-08", AccountStatus.OPEN, **current_between)) == []
    assert kinds(*_before_and_after("2021-05", "2022-08", AccountStatus.OPEN)) == [], "nobody knows what lies between"
    late_between = {"payment_history": {f"2021-{month:02}": MonthCode.LATE_90 for month in range(5, 12)}}
    assert kinds(*_before_and_after("2021-05", "2021-09", AccountStatus.OPEN, **late_between)) == [FindingKind.RE_AGED]
    still_charged_off = _before_and_after("2021-05", "2022-08", AccountStatus.CHARGE_OFF, **current_between)
    assert FindingKind.RE_AGED in kinds(*still_charged_off)


def test_an_item_that_was_gone_and_is_back() -> None:
    january, march = date(2026, 1, 5), date(2026, 3, 5)
    first = reported(january, uuid4(), account_status=AccountStatus.OPEN)
    between = reported(march, uuid4(), account=uuid4(), creditor_name="Another Bank")
    again = reported(TODAY, uuid4(), account_status=AccountStatus.OPEN)
    found = only(first, between, again)
    assert (found.kind, found.certainty) == (FindingKind.REINSERTED, Certainty.LIKELY)
    assert kinds(first, again) == [], "no report in between, so nothing says that it was gone"
    assert kinds(first, replace(between, is_whole=False), again) == [], "it may stand on what could not be read"
    assert kinds(first, replace(between, layout="another"), again) == [], "another make may leave out what is closed"
    renamed = replace(between, tradeline=replace(between.tradeline, creditor_name="HARBOR PT BANK"))
    assert kinds(first, renamed, again) == [], "it may be the same account, not matched"

    deleted = {(ACCOUNT, Bureau.EQUIFAX): date(2026, 2, 1)}
    (certain,) = find_all([first, again], deleted)
    assert certain.certainty is Certainty.PRINTED


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"balance": Decimal(0), "original_amount": Decimal(900)}, True),
        ({"balance": Decimal(300), "original_amount": Decimal(300)}, True),
        ({"balance": Decimal(900), "date_of_first_delinquency": on("2026-06-01")}, True),
        ({"balance": Decimal(900), "date_opened": on("2026-06-01")}, False),
        ({"balance": Decimal(300), "date_opened": on("2024-06-01")}, False),
        ({"balance": Decimal(900), "original_amount": Decimal(900), "date_opened": on("2024-06-01")}, False),
    ],
)
def test_medical_collections_that_the_bureaus_say_they_leave_out(values: dict[str, object], told: bool) -> None:
    collection = reported(
        account_type=AccountType.COLLECTION,
        account_status=AccountStatus.COLLECTION,
        original_creditor="Tarn Valley Radiology",
        **values,
    )
    found = [finding for finding in find_all([collection]) if finding.kind is FindingKind.MEDICAL_POLICY]
    assert bool(found) is told
    assert all("not law" in finding.source for finding in found)


@given(st.permutations(range(4)))
def test_findings_do_not_depend_on_the_order_of_reports(order: list[int]) -> None:
    snapshots = [
        reported(account_status=AccountStatus.OPEN, payment_status=PaymentStatus.CURRENT, past_due=Decimal(1)),
        reported(bureau=Bureau.EXPERIAN, account_status=AccountStatus.CLOSED),
        *_before_and_after("2021-05", "2022-08", AccountStatus.COLLECTION),
    ]
    assert find_all([snapshots[i] for i in order]) == find_all(snapshots)


def test_a_finding_is_the_same_one_when_reports_and_amounts_change() -> None:
    def keys(*snapshots: Reported) -> set[str]:
        by_id = {one.id: one for one in snapshots}
        return {identity(finding, by_id) for finding in find_all(snapshots)}

    before = [
        reported(date(2026, 3, 2), uuid4(), payment_status=PaymentStatus.CURRENT, past_due=Decimal(3)),
        reported(date(2026, 3, 2), uuid4(), bureau=Bureau.EXPERIAN, date_opened=on("2019-03")),
    ]
    after = [replace(one, id=uuid4(), upload=uuid4(), reported_on=TODAY) for one in before]
    after[0].tradeline.past_due = Decimal(9)
    assert keys(*before) == keys(*after) == keys(*before, *after) != set()
    assert keys(*before) != keys(*[replace(one, account=uuid4()) for one in before])


def test_every_finding_names_its_values_rule_source_and_request() -> None:
    facts = {"balance": Decimal(5), "remarks": ["Sold"], "date_opened": on("2010-03")}
    findings = find_all(
        [
            *_before_and_after("2011-05", "2012-08", AccountStatus.CHARGE_OFF, **facts),
            reported(bureau=Bureau.EXPERIAN, date_opened=on("2011")),
        ]
    )
    assert len({finding.kind for finding in findings}) >= 4
    for finding in findings:
        assert finding.said and finding.tradelines
        assert finding.explanation.endswith(".") and finding.request.endswith(".")
        assert finding.rule and finding.source
