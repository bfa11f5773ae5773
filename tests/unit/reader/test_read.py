"""Reading as a whole: progress, refusals, and what must never come out of it."""

import json

import pytest
import typst
from tests.unit.reader.drawn import document

from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import Damaged, NotACreditReport, PasswordRequired, ScannedPages
from tribureau.reader import read_report
from tribureau.reader.assembly import assemble
from tribureau.reader.layouts import LAYOUTS
from tribureau.reader.layouts.experian import EXPERIAN
from tribureau.reader.layouts.transunion import TRANSUNION
from tribureau.reader.pages import Page
from tribureau.reader.pdf_text import pages_of
from tribureau.reader.read import read_pages
from tribureau.reader.recognition import recognise
from tribureau.reader.report_json import error_object, report_object
from tribureau.samples import make_report

SUMMARY = """#set page(width: 500pt, height: 400pt)
= Equifax Credit Report
Prepared for: Dana Rowe #h(1em) Confirmation \\# 4012334455 #h(1em) Feb 20, 2026

Your CREDIT FILE has no accounts. Narrative codes and Months Reviewed are explained overleaf.
"""


def test_progress_passes_each_step() -> None:
    told: list[int] = []
    read_report(make_report("equifax", seed=3, accounts=3).pdf, progress=lambda percent, _message: told.append(percent))
    assert told == [30, 60, 90]


def test_a_bank_statement_is_no_credit_report() -> None:
    with pytest.raises(NotACreditReport):
        read_report(make_report("experian", seed=4, decoy=True).pdf)


def test_a_report_without_accounts_is_a_report() -> None:
    report = read_report(bytes(typst.compile(SUMMARY.encode())))
    assert (report.layout, report.tradelines, report.bureaus) == ("equifax", [], [Bureau.EQUIFAX])


def test_refusals() -> None:
    with pytest.raises(ScannedPages):
        read_report(make_report("transunion", seed=5, accounts=3, scanned=True).pdf)
    with pytest.raises(PasswordRequired):
        read_report(make_report("transunion", seed=5, accounts=3, locked_with="1985").pdf)
    with pytest.raises(Damaged):
        read_report(make_report("transunion", seed=5, accounts=3, truncated=True).pdf)


def test_a_locked_report_opens_with_its_password() -> None:
    sample = make_report("transunion", seed=5, accounts=3, locked_with="1985")
    assert len(read_report(sample.pdf, password="1985").tradelines) == len(sample.truth["tradelines"])


def test_one_word_is_never_enough_to_be_a_report() -> None:
    drawn = document([[(40, "Experian is a sponsor of this concert.")], [(40, "Equifax and TransUnion are too.")]])
    assert recognise(drawn, LAYOUTS) is None


def test_a_number_printed_in_full_leaves_as_its_last_four() -> None:
    drawn = document(
        [
            [(40, "Accounts")],
            [(40, "Account Name"), (160, "NORTHGATE BANK")],
            [(40, "Account Number"), (160, "4311960012345678")],
            [(40, "Account Type"), (160, "Credit card")],
            [(40, "Balance"), (160, "$12")],
            [(40, "Date Opened"), (160, "07/15/2012")],
        ]
    )
    [account] = EXPERIAN.accounts(drawn)
    read = assemble(account)
    assert (read.tradeline.account_number, read.tradeline.account_number_last4) == ("****5678", "5678")
    assert "4311960012345678" not in repr(read)


def test_of_a_social_security_number_only_the_last_four_leave() -> None:
    drawn = document(
        [
            [(40, "Personal Information")],
            [(40, "Name"), (160, "DANA ROWE")],
            [(40, "Social Security Number"), (160, "123-45-6789")],
        ]
    )
    details = TRANSUNION.details(drawn)
    assert details.personal_info.ssn_last4 == "6789"
    assert "123-45" not in repr(details)


def test_an_unknown_heading_hides_no_accounts() -> None:
    rows = [
        [(40, "Personal Information")],
        [(40, "Name"), (160, "DANA ROWE")],
        [(40, "What lenders say of you")],
        [(40, "NORTHGATE BANK 431196001234****")],
        [(40, "Date Opened"), (160, "07/15/2012")],
        [(40, "Responsibility"), (160, "Individual Account")],
        [(40, "Loan Type"), (160, "CREDIT CARD")],
        [(40, "Balance"), (160, "$12")],
        [(40, "Date Updated"), (160, "07/15/2024")],
        [(40, "Pay Status"), (160, ">Charged Off<")],
        [(40, "Past Due"), (160, ">$12<")],
    ]
    [account] = TRANSUNION.accounts(document(rows))
    assert account.heading.printed == "NORTHGATE BANK"
    assert account.answers["account_number"][0].printed == "431196001234****"


@pytest.mark.parametrize("family", ["experian", "equifax", "transunion", "creditkarma"])
def test_nothing_is_lost_where_pages_break_elsewhere_and_print_is_upper_case(family: str) -> None:
    sample = make_report(family, style="B", seed=8, accounts=9)
    pages: list[Page] = []
    for page in pages_of(sample.pdf):
        cut = page.lines[len(page.lines) // 3].box.y0 - 0.5
        for low, high in ((0.0, cut), (cut, page.height)):
            number, top = len(pages) + 1, low - 30 if low else 0.0
            words = [
                w._replace(text=w.text.upper(), page=number, y0=w.y0 - top, y1=w.y1 - top)
                for w in page.words
                if low <= w.y0 < high
            ]
            pages.append(Page(number, page.width, page.height, words))
    report = read_pages(pages)
    wanted = {(x["creditor_name"].upper(), x["account_number"], x["balance"]) for x in sample.truth["tradelines"]}
    found = {(t.tradeline.creditor_name, t.tradeline.account_number, t.tradeline.balance) for t in report.tradelines}
    assert len(report.tradelines) == len(sample.truth["tradelines"])
    assert {name for name, _, _ in found} == {name for name, _, _ in wanted}
    assert {float(b) for _, _, b in found if b is not None} == {float(b) for _, _, b in wanted if b is not None}


def test_the_json_of_a_report_says_where_each_value_stands() -> None:
    sample = make_report("equifax", seed=6, accounts=6)
    printed = json.loads(json.dumps(report_object("a.pdf", read_report(sample.pdf))))
    assert (printed["file"], printed["error"], printed["layout"]) == ("a.pdf", None, "equifax")
    for line in printed["tradelines"]:
        source = line["provenance"]["account_number"]
        assert source["rule"] == "label:Account Number"
        x0, y0, x1, y1 = source["box"]
        assert 0 <= x0 < x1 <= 612
        assert 0 <= y0 < y1 <= 792
        assert bool(line["negative_reasons"]) is line["is_negative"]


def test_the_json_of_an_error() -> None:
    assert error_object("a.pdf", PasswordRequired()) == {
        "file": "a.pdf",
        "error": "password_required",
        "message": PasswordRequired().message,
        "hint": PasswordRequired.hint,
        "tradelines": [],
    }
