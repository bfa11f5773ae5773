"""What a model says of a report is believed as far as it is printed there, in the right account and column."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reader.drawn import DrawnLine, document
from tests.unit.reader.three_bureau_page import TITLE, account, header, row

from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import NotACreditReport
from tribureau.reader.outside.look_up import ShownPages
from tribureau.reader.outside.said import PageText, Said, SaidAccount, SaidValue, fitting
from tribureau.reader.read import read_pages, read_report
from tribureau.reader.report import Report
from tribureau.samples import make_report

BY = "Model"
SECRETS: list[DrawnLine] = [
    [(40, "Social Security Number"), (200, "123-45-6789"), (330, "Date of Birth"), (460, "03/14/1980")],
]
STRANGE: list[DrawnLine] = [
    [(40, "Experian credit overview")],
    *SECRETS,
    [(40, "Address"), (200, "12 Elm Row, Springfield")],
    [(40, "Promises that you made")],
    [(40, "NORTHGATE BANK")],
    [(40, "Promise no."), (160, "4539571147923358"), (330, "Kind"), (460, "Credit card")],
    [(40, "Since"), (160, "03/14/2019"), (330, "Still owed"), (460, "$1,240")],
    [(40, "MEADOW LOANS")],
    [(40, "Promise no."), (160, "77XXXXXX"), (330, "Kind"), (460, "Auto loan")],
    [(40, "Since"), (160, "06/02/2020"), (330, "Still owed"), (460, "$9,500")],
]


def said(creditor: str, *values: tuple[str, str, str], bureau: Bureau = Bureau.EXPERIAN, page: int = 1) -> SaidAccount:
    """`values` are question, label and print."""
    return SaidAccount(creditor, bureau, page, [SaidValue(asked, printed, label) for asked, label, printed in values])


def northgate(*more: tuple[str, str, str], number: str = "************3358") -> SaidAccount:
    return said(
        "NORTHGATE BANK",
        ("account_number", "Promise no.", number),
        ("type_words", "Kind", "Credit card"),
        ("date_opened", "Since", "03/14/2019"),
        ("balance", "Still owed", "$1,240"),
        *more,
    )


def read(*accounts: SaidAccount, lines: list[DrawnLine] = STRANGE, shown: list[PageText] | None = None) -> Report:
    def ask(pages: list[PageText]) -> Said:
        if shown is not None:
            shown.extend(pages)
        return Said(BY, list(accounts))

    return read_pages(document(lines).pages, ask=ask)


def test_a_report_of_no_known_layout_is_read_by_what_stands_on_it() -> None:
    report = read(northgate())
    line = report.tradelines[0]
    assert report.layout is None and report.bureaus == [Bureau.EXPERIAN]
    assert line.tradeline.creditor_name == "NORTHGATE BANK"
    assert line.tradeline.account_number == "****3358"
    assert line.tradeline.balance == Decimal("1240")
    balance = line.evidence["balance"]
    assert (balance.printed, balance.rule, balance.confidence) == ("$1,240", "model:Model", 0.75)
    assert balance.box.x0 == 460
    assert report.read_by == ["Tribureau", BY] and report.values_dropped == 0


def test_nothing_secret_is_shown() -> None:
    shown: list[PageText] = []
    read(northgate(), shown=shown)
    text = "\n".join(shown[0].lines)
    assert "Social Security Number | ***-**-****" in text
    for secret in ("123-45", "6789", "1980", "45395711", "47923358"):
        assert secret not in text


@pytest.mark.parametrize(
    "value",
    [
        ("past_due", "Still owed", "$1,241"),  # printed nowhere
        ("past_due", "Still owed", "1,24"),  # a part of a number
        ("past_due", "Still owed", "$9,500"),  # another account's
        ("past_due", "Overdue", "$1,240"),  # the label stands nowhere
        ("date_closed", "Kind", "03/14/2019"),  # beside another label
        ("date_closed", "Kind", "Credit card"),  # no date
        ("responsibility", "Kind", "Credit card"),  # names no such role
        ("original_creditor", "", "Somebody Else"),
        ("balance", "Social Security Number", "123-45-6789"),  # what was hidden can't be told
    ],
)
def test_what_is_not_printed_so_is_dropped_and_counted(value: tuple[str, str, str]) -> None:
    report = read(northgate(value))
    assert report.values_dropped == 1
    assert value[0] == "balance" or getattr(report.tradelines[0].tradeline, value[0]) is None


def test_an_account_that_is_not_printed_is_dropped_with_its_values() -> None:
    report = read(northgate(), said("IMAGINED BANK", ("balance", "Still owed", "$1,240")))
    assert [line.tradeline.creditor_name for line in report.tradelines] == ["NORTHGATE BANK"]
    assert report.values_dropped == 2
    report = read(northgate(), said("MEADOW LOANS", ("balance", "Still owed", "$9,500"), bureau=Bureau.EQUIFAX))
    assert report.values_dropped == 2, "the page names no such bureau"


def test_a_file_of_which_nothing_is_confirmed_is_no_report() -> None:
    for accounts in ((), (said("IMAGINED BANK"),), (said("NORTHGATE BANK", ("type_words", "Kind", "Credit card")),)):
        with pytest.raises(NotACreditReport):
            read(*accounts)


def test_a_file_without_any_cue_is_not_even_shown() -> None:
    shown: list[PageText] = []
    with pytest.raises(NotACreditReport):
        read(northgate(), lines=[[(40, "Our lunch menu")], [(40, "Soup"), (200, "$4")]], shown=shown)
    assert shown == []


THREE: list[DrawnLine] = [TITLE, [(40, "HARBOR POINT BANK")], header()]


def harbor(bureau: Bureau, balance: str) -> SaidAccount:
    return said("HARBOR POINT BANK", ("balance", "Balance Owed:", balance), bureau=bureau)


def three(*accounts: SaidAccount, more: Sequence[DrawnLine] = ()) -> tuple[Report, dict[Bureau, Any]]:
    title: list[DrawnLine] = [[(40, "SmartCredit 3B Report & Scores")], [(40, "ConsumerDirect smartcredit.com")]]
    pages = [*title, *THREE, *more, *account()]
    report = read(*accounts, lines=pages)
    return report, {line.tradeline.bureau: line for line in report.tradelines}


def test_agreement_makes_surer_and_disagreement_asks_to_be_checked() -> None:
    _, alone = three()
    agreed, same = three(harbor(Bureau.TRANSUNION, "$1,250"))
    before, after = (found[Bureau.TRANSUNION].evidence["balance"].confidence for found in (alone, same))
    assert before <= after <= 1
    assert agreed.values_dropped == 0
    assert all(line.tradeline.balance in (1250, 1300) for line in agreed.tradelines)


def test_a_value_of_another_bureaus_column_is_dropped() -> None:
    report, found = three(harbor(Bureau.TRANSUNION, "$1,300"))
    assert report.values_dropped == 1
    assert found[Bureau.TRANSUNION].tradeline.balance == 1250


def test_the_local_reader_keeps_its_word_where_they_differ() -> None:
    other = said("HARBOR POINT BANK", ("balance", "As seen by us:", "$1,999"), bureau=Bureau.TRANSUNION)
    report, found = three(other, more=[row("As seen by us:", "$1,999", "--", "$1,300")])
    line = found[Bureau.TRANSUNION]
    assert line.tradeline.balance == 1250
    assert line.evidence["balance"].confidence <= 0.6
    assert found[Bureau.EQUIFAX].evidence["balance"].confidence > 0.9
    assert "Model reads 1 value differently: marked to be checked." in report.notes


def test_words_that_answer_one_question_here_answer_no_other() -> None:
    report, found = three(said("HARBOR POINT BANK", ("past_due", "Balance Owed:", "$1,250"), bureau=Bureau.TRANSUNION))
    assert report.values_dropped == 1
    assert found[Bureau.TRANSUNION].tradeline.past_due is None


def test_no_answer_leaves_the_report_as_it_was_read_here() -> None:
    def ask(pages: list[PageText]) -> Said:
        return Said(notes=["Model did not answer in time."])

    sample = make_report("experian", seed=5, accounts=3)
    alone, asked = read_report(sample.pdf), read_report(sample.pdf, ask=ask)
    assert asked.tradelines == alone.tradelines
    assert asked.read_by == ["Tribureau"]
    assert "Model did not answer in time." in asked.notes


words = st.text("abcdefg $1,2.-", min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["balance", "remarks", "account_number", "date_opened"]), words, words)))
def test_whatever_is_said_every_value_kept_is_printed(values: list[tuple[str, str, str]]) -> None:
    shown = ShownPages(document(STRANGE).pages)
    everything = " ".join(line.line.text for line in shown.lines)
    report = read(northgate(*values))
    for line in report.tradelines:
        for evidence in line.evidence.values():
            assert evidence.printed in everything or evidence.printed.startswith("****")


everything_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["Experian", "balance"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["accounts", "creditor", "bureau", "page", "values", "question", "printed", "label"]), inner
        )
    ),
)


@given(everything_json)
def test_any_answer_fits_in_part_or_is_refused_and_nothing_else(answer: object) -> None:
    for text in (json.dumps(answer), json.dumps({"accounts": [answer]}), json.dumps({"accounts": answer})):
        try:
            fitted = fitting(text)
        except ValueError:
            continue
        assert all(isinstance(account.page, int) and account.page >= 1 for account in fitted.accounts)
        assert fitted.dropped >= 0


def test_values_of_a_model_alone_ask_to_be_checked() -> None:
    report = read(northgate())
    line = report.tradelines[0]
    assert all(evidence.confidence <= 0.75 for evidence in line.evidence.values())
    assert line.negative.confidence <= 0.6
