"""The reader finds in every sample what its truth says: the samples and the reader know nothing of each other."""

from collections import Counter
from typing import Any

import pytest

from tribureau.domain.errors import Damaged, NotACreditReport, PasswordRequired
from tribureau.domain.tradelines import LATE_MONTHS
from tribureau.reader import read_report
from tribureau.reader.report import ReadTradeline
from tribureau.samples import FAMILIES, make_report, sample_reports

WELL_KNOWN = [(family, style) for family in FAMILIES for style in "ABC"] + [("smartcredit", "D")]
LATE_CODES = {code.value for code in LATE_MONTHS}


def facts_of_truth(line: dict[str, Any]) -> tuple[Any, ...]:
    late = frozenset((month, code) for month, code in line["payment_history"].items() if code in LATE_CODES)
    facts = ("creditor_name", "bureau", "account_number", "account_type", "account_status", "date_opened")
    return (*(line[name] for name in facts), line["balance"], line["is_negative"], line["disputed"], late)


def facts_as_read(read: ReadTradeline) -> tuple[Any, ...]:
    line = read.tradeline
    late = frozenset((month, code.value) for month, code in line.payment_history.items() if code in LATE_MONTHS)
    opened = line.date_opened.iso() if line.date_opened else None
    balance = None if line.balance is None else float(line.balance)
    number, kind, status = line.account_number, line.account_type, line.account_status
    negative = read.negative.is_negative
    return (line.creditor_name, line.bureau, number, kind, status, opened, balance, negative, line.disputed, late)


@pytest.mark.parametrize(("family", "style"), WELL_KNOWN)
def test_every_account_is_read_as_it_is(family: str, style: str) -> None:
    sample = make_report(family, style=style, seed=21, accounts=13)
    report = read_report(sample.pdf)
    assert report.layout == family
    assert Counter(map(facts_as_read, report.tradelines)) == Counter(map(facts_of_truth, sample.truth["tradelines"]))


def test_the_shelf_is_read_whole() -> None:
    for sample in sample_reports():
        found = Counter(map(facts_as_read, read_report(sample.pdf).tradelines))
        assert found == Counter(map(facts_of_truth, sample.truth["tradelines"])), sample.file_name


def test_hard_cases_are_told_apart() -> None:
    with pytest.raises(PasswordRequired):
        read_report(make_report("equifax", seed=5, locked_with="00041").pdf)
    with pytest.raises(Damaged):
        read_report(make_report("equifax", seed=5, truncated=True).pdf)
    with pytest.raises(NotACreditReport):
        read_report(make_report("equifax", seed=5, decoy=True).pdf)
    locked = make_report("equifax", seed=5, locked_with="00041")
    assert len(read_report(locked.pdf, password="00041").tradelines) == len(locked.truth["tradelines"])
