"""Late months that a mailed report tells in sentences."""

from tests.unit.reader.drawn import document

from tribureau.reader.read import read_report
from tribureau.reader.single_bureau.late_sentences import late_months
from tribureau.samples import make_report


def told(*texts: str) -> dict[str, str]:
    lines = document([[(40, text)] for text in texts]).lines
    return {month: evidence.printed for month, evidence in late_months(lines)}


def test_a_list_of_months_goes_on_in_the_next_line() -> None:
    assert told("60 days past due as of Mar 2021, Apr 2021,", "May 2021") == {
        "2021-03": "60",
        "2021-04": "60",
        "2021-05": "60",
    }


def test_a_status_that_holds_the_words_is_no_such_sentence() -> None:
    assert told("Status: Open. 30 days past due as of Mar 2025.", "Apr 2025") == {}


def test_a_mailed_report_gives_its_late_months() -> None:
    sample = make_report("experian", style="C", seed=12, accounts=12)
    late = [x["payment_history"] for x in sample.truth["tradelines"]]
    lines = [one.tradeline for one in read_report(sample.pdf).tradelines]
    assert any(late)
    assert [{month: code.value for month, code in one.payment_history.items()} for one in lines] == late
