"""On whole samples: a model that reads without fault loses nothing, and one that lies gets nothing in."""

from random import Random

import pytest

from tribureau.domain.redaction import redacted
from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.reader.outside.said import LATE_TOTALS, QUESTIONS, Said, SaidAccount, SaidValue
from tribureau.reader.read import read_report
from tribureau.reader.report import ReadTradeline, Report
from tribureau.samples import make_report

FAMILIES = ("experian", "equifax", "transunion", "identityiq", "smartcredit", "creditkarma")


def labelled(line: ReadTradeline) -> list[SaidValue]:
    """What is printed beside a label, as it is shown outside."""
    return [
        SaidValue(name, redacted([found.printed])[0], found.rule.removeprefix("label:"))
        for name, found in line.evidence.items()
        if found.rule.startswith("label:") and name in QUESTIONS and name not in LATE_TOTALS
    ]


def said_of(line: ReadTradeline, values: list[SaidValue]) -> SaidAccount:
    heading = line.evidence["creditor_name"]
    return SaidAccount(heading.printed, line.tradeline.bureau, heading.page, values)


def read_with(pdf: bytes, accounts: list[SaidAccount]) -> Report:
    return read_report(pdf, ask=lambda pages: Said("Model", accounts))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_faultless_reading_is_found_word_for_word(family: str) -> None:
    sample = make_report(family, seed=2, accounts=5)
    alone = read_report(sample.pdf)
    report = read_with(sample.pdf, [said_of(line, labelled(line)) for line in alone.tradelines])
    assert report.values_dropped == 0
    assert [line.tradeline for line in report.tradelines] == [line.tradeline for line in alone.tradelines]
    assert not any("differently" in note for note in report.notes)


@pytest.mark.parametrize("family", FAMILIES)
def test_values_of_other_accounts_and_questions_do_not_get_in(family: str) -> None:
    sample, random = make_report(family, seed=2, accounts=5), Random(family)  # noqa: S311
    alone = read_report(sample.pdf)
    printed = [value for line in alone.tradelines for value in labelled(line)]
    lies = [
        said_of(
            line,
            [
                SaidValue(name, other.printed, other.label)
                for name in (*MONEY_FIELDS, *DATE_FIELDS)
                if name not in line.evidence
                for other in [random.choice([value for value in printed if value.question == name] or printed)]
            ],
        )
        for line in alone.tradelines
    ]
    report = read_with(sample.pdf, lies)
    told = sum(len(account.values) for account in lies)
    assert told >= 10
    assert report.values_dropped >= told - 1
    changed = [line for line, before in zip(report.tradelines, alone.tradelines, strict=True) if line != before]
    assert len(changed) <= 1
    assert all(min(e.confidence for e in line.evidence.values()) < 0.8 for line in changed)
