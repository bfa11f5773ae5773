"""What a three-bureau report says beside its accounts."""

import pytest
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.bureaus import Bureau
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.layouts.identityiq import IDENTITYIQ
from tribureau.reader.layouts.three_bureau_words import GROUPS, HISTORIES, LABELS, SECTIONS
from tribureau.reader.tri_merge.wording import Announced, Title, Wording

HEADER: DrawnLine = [(160, "TransUnion"), (300, "Experian"), (440, "Equifax")]
WORDING = Wording(labels=LABELS, sections=SECTIONS, groups=GROUPS, histories=HISTORIES)


def details(*lines: DrawnLine) -> Details:
    return IDENTITYIQ.details(document([*lines], pitch=16))


def row(label: str, *values: str) -> DrawnLine:
    return [(40, label), *zip((160.0, 300.0, 440.0), values, strict=False)]


SCORES = {Bureau.TRANSUNION: 672, Bureau.EXPERIAN: 673, Bureau.EQUIFAX: 643}


@pytest.mark.parametrize("label", ["Credit Score:", "FICO® Score 8:", "VantageScore® 3.0", "Your Vantage Score 4.0"])
def test_scores_by_label(label: str) -> None:
    found = details(
        [(40, "Credit Score")], HEADER, row(label, "672", "673", "643"), row("Score Scale:", *["300-850"] * 3)
    )
    assert found.scores == SCORES


def test_scores_without_a_label() -> None:
    found = details(
        [(40, "Credit Score")],
        HEADER,
        [(160, "672"), (300, "673"), (440, "643")],
        row("Score Range", "300", "300", "300"),
    )
    assert found.scores == SCORES


def test_a_bureau_without_a_score() -> None:
    found = details([(40, "Credit Score")], HEADER, row("Credit Score:", "672", "-", "643"))
    assert found.scores == {Bureau.TRANSUNION: 672, Bureau.EQUIFAX: 643}


def test_inquiries_in_a_list_and_in_columns() -> None:
    listed = details(
        [(40, "Inquiries")],
        [(40, "Creditor Name"), (200, "Date of inquiry"), (400, "Credit Bureau")],
        [(40, "TARN BANK"), (200, "1/2/2024"), (400, "Equifax")],
        [(40, "COPPERLINE CU"), (200, "1/3/2024"), (400, "Trans Union")],
        [(40, "We found 2 inquiries in the past 3 years")],
    )
    columns = details(
        [(40, "Inquiries")],
        HEADER,
        row("Creditor:", "TARN BANK", "-", "COPPERLINE CU"),
        row("Date:", "1/2/2024", "-", "2/3/2024"),
    )
    assert listed.inquiries_count.hard == 2
    assert columns.inquiries_count.hard == 2


def test_the_person_as_most_bureaus_have_them() -> None:
    found = details(
        [(40, "Personal Information")],
        HEADER,
        row("Name:", "ADA M QUARRY", "ADA QUARRY", "ADA QUARRY"),
        row("Date of Birth:", "1974", "1974", "-"),
        row("Current Address(es):", "5 OLD MILL RD, TARN HOLLOW, ZX 00018", "-", "-"),
        row("SSN:", "XXX-XX-1234", "-", "-"),
    ).personal_info
    assert (found.name, found.dob, found.ssn_last4) == ("ADA QUARRY", "1974", "1234")
    assert found.current_address == "5 OLD MILL RD, TARN HOLLOW, ZX 00018"


@pytest.mark.parametrize(
    "line",
    [
        "Reference #: M1 Report Date: 08/05/2024",
        "Report viewed 8/5/2024",
        "Generated on Aug 05, 2024",
        "Report Date: 5.8.2024",
    ],
)
def test_the_day_of_the_report(line: str) -> None:
    found = details([(40, line)], [(40, "Account History")])
    assert found.report_date is not None
    assert found.report_date.isoformat() == "2024-08-05"


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ("Account #", "account_number"),
        ("Acct No.", "account_number"),
        ("OPENED DATE:", "date_opened"),
        ("Current Balance", "balance"),
        ("Amt Past Due", "past_due"),
        ("Last Pmt Date", "date_last_payment"),
        ("Comment(s):", "remarks"),
        ("Total Accounts:", None),
        ("Balances:", None),
        ("Court:", None),
        ("", None),
    ],
)
def test_labels_by_their_sense(label: str, question: str | None) -> None:
    assert WORDING.question(label) == question


def test_titles_word_for_word_and_large_ones_by_one_telling_word() -> None:
    assert WORDING.title("Collection Accounts (3)") == Announced(Title.GROUP, "Collection Accounts")
    assert WORDING.title("24 Month Payment History") == Announced(Title.HISTORY, "24 Month Payment History")
    assert WORDING.title("Regular Inquiries") is None
    assert WORDING.title("Regular Inquiries", large=True) == Announced(Title.SECTION, "inquiries")
    assert WORDING.title("COPPERLINE CU", large=True) is None
