"""The person, inquiries, public records and scores of reports whose words are drawn here."""

import pytest
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.bureaus import Bureau
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.public_records import PublicRecordKind, PublicRecordStatus
from tribureau.reader.beside_accounts.person import addresses_in, employers_in, names_in
from tribureau.reader.beside_accounts.scores import model_in
from tribureau.reader.layouts.creditkarma import CREDIT_KARMA
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.layouts.equifax import EQUIFAX
from tribureau.reader.layouts.experian import EXPERIAN
from tribureau.reader.layouts.identityiq import IDENTITYIQ
from tribureau.reader.layouts.transunion import TRANSUNION

HEADER: DrawnLine = [(160, "TransUnion"), (300, "Experian"), (440, "Equifax")]


def values(details: Details, kind: PersonalKind) -> list[str]:
    return [one.value for one in details.personal if one.kind is kind]


def row(label: str, *printed: str) -> DrawnLine:
    return [(40, label), *zip((160.0, 300.0, 440.0), printed, strict=False)]


@pytest.mark.parametrize(
    ("printed", "addresses"),
    [
        ("5 OLD MILL RD, TARN HOLLOW, ZX 00018", ["5 OLD MILL RD, TARN HOLLOW, ZX 00018"]),
        (
            "5 OLD MILL RD, TARN, ZX 00018 Address ID #0466897888 Single family 9 FEN LN APT 4, EASTMERE, QJ 00022",
            ["5 OLD MILL RD, TARN, ZX 00018", "9 FEN LN APT 4, EASTMERE, QJ 00022"],
        ),
        ("5 OLD MILL RD, TARN, ZX 00018-1234 Reported: 12/06/2020", ["5 OLD MILL RD, TARN, ZX 00018-1234"]),
        ("77 Old Mill RD, Millrace, ZX 00023; 9 Fen Ln, Eastmere, QJ 00022", 2),
        ("10048 FEN LN, EASTMERE, QJ 00022", ["10048 FEN LN, EASTMERE, QJ 00022"]),
    ],
)
def test_addresses_end_with_their_zip_code(printed: str, addresses: list[str] | int) -> None:
    found = addresses_in(printed)
    assert (len(found) if isinstance(addresses, int) else found) == addresses


@pytest.mark.parametrize(
    ("printed", "employers"),
    [
        ("TARN FREIGHT, BRINDLE FOUNDRY", ["TARN FREIGHT", "BRINDLE FOUNDRY"]),
        ("Moss, Fern and Reed; Tarn Freight, Inc.", ["Moss, Fern and Reed", "Tarn Freight, Inc."]),
        ("MOSS PLC, FERN AND SONS", ["MOSS PLC", "FERN AND SONS"]),
    ],
)
def test_employers_are_told_apart(printed: str, employers: list[str]) -> None:
    assert employers_in(printed) == employers


def test_names_without_what_stands_beside_them() -> None:
    assert names_in("ADA QUARRY Name ID #1234 A QUARRY Name ID #99") == ["ADA QUARRY", "A QUARRY"]


@pytest.mark.parametrize(
    ("printed", "model"),
    [
        ("FICO® Score 8", "FICO Score 8"),
        ("FICO 9", "FICO Score 9"),
        ("VantageScore® 3.0 747 Calculated using TransUnion data", "VantageScore 3.0"),
        ("Your FICO Score", "FICO"),
        ("Credit Score:", None),
    ],
)
def test_score_models(printed: str, model: str | None) -> None:
    assert model_in(printed) == model


def test_each_row_of_a_list_of_addresses_has_its_own_place() -> None:
    details = EXPERIAN.details(
        document(
            [
                [(40, "Personal Information")],
                [(40, "Names"), (160, "ADA M QUARRY Name ID #1")],
                [(160, "ADA FENWICK Name ID #2")],
                [(40, "Addresses"), (160, "5 OLD MILL RD, TARN, ZX 00018 Address ID #46 Single family")],
                [(160, "9 FEN LN, EASTMERE, QJ 00022 Address ID #47 Multifamily")],
                [(40, "Year of Birth"), (160, "1974")],
                [(40, "Employers"), (160, "TARN FREIGHT, BRINDLE FOUNDRY")],
            ],
            pitch=20,
        )
    )
    assert values(details, PersonalKind.NAME) == ["ADA M QUARRY"]
    assert values(details, PersonalKind.OTHER_NAME) == ["ADA FENWICK"]
    assert values(details, PersonalKind.CURRENT_ADDRESS) == ["5 OLD MILL RD, TARN, ZX 00018"]
    assert values(details, PersonalKind.PREVIOUS_ADDRESS) == ["9 FEN LN, EASTMERE, QJ 00022"]
    boxes = {one.value: one.evidence.box for one in details.personal}
    assert boxes["9 FEN LN, EASTMERE, QJ 00022"].y0 > boxes["5 OLD MILL RD, TARN, ZX 00018"].y1
    assert boxes["BRINDLE FOUNDRY"].x0 > boxes["TARN FREIGHT"].x1
    assert details.personal_info.previous_addresses == ["9 FEN LN, EASTMERE, QJ 00022"]


def test_each_bureau_has_its_own_person() -> None:
    details = IDENTITYIQ.details(
        document(
            [
                [(40, "Personal Information")],
                HEADER,
                row("Name:", "ADA QUARRY", "ADA QUARRY", "ADA M QUARRY"),
                row("Also Known As:", "A QUARRY", "-", "-"),
                row("Former:", "ADA FENWICK", "-", "-"),
                row("Employers:", "TARN FREIGHT", "-", "WEFT & WARP"),
            ],
            pitch=16,
        )
    )
    by_bureau = {(one.bureau, one.kind): one.value for one in details.personal}
    assert by_bureau[Bureau.EQUIFAX, PersonalKind.NAME] == "ADA M QUARRY"
    assert by_bureau[Bureau.EQUIFAX, PersonalKind.EMPLOYER] == "WEFT & WARP"
    assert values(details, PersonalKind.OTHER_NAME) == ["A QUARRY", "ADA FENWICK"]
    assert details.personal_info.name == "ADA QUARRY"


def test_inquiries_of_a_table_with_a_name_that_wraps() -> None:
    details = EQUIFAX.details(
        document(
            [
                [(40, "Inquiries")],
                [(40, "Date"), (120, "Company"), (300, "Request Originator"), (420, "Contact")],
                [(40, "07/15/2023"), (120, "COPPERLINE CREDIT UNION OF"), (300, "Hard"), (420, "PO BOX 12")],
                [(120, "NORTH BRINDLE, N.A."), (420, "TARN, ZX 00018")],
                [(40, "07/09/2023"), (120, "TARN BANK"), (300, "Soft")],
                [(40, "We keep inquiries for two years and show them to you whenever you ask for it.")],
            ]
        )
    )
    assert [(i.creditor_name, i.kind, i.inquired_on.iso()) for i in details.inquiries] == [
        ("COPPERLINE CREDIT UNION OF NORTH BRINDLE, N.A.", InquiryKind.HARD, "2023-07-15"),
        ("TARN BANK", InquiryKind.SOFT, "2023-07-09"),
    ]


def test_inquiries_under_their_names() -> None:
    details = TRANSUNION.details(
        document(
            [
                [(40, "Regular Inquiries")],
                [(40, "NORTHGATE BANK USA, N.A.")],
                [(40, "Location"), (170, "PO BOX 1170, TARN, ZX 00018")],
                [(40, "Requested On"), (170, "07/16/2023")],
                [(40, "Inquiry Type"), (170, "Individual")],
                [(40, "TARN BANK")],
                [(40, "Requested On"), (170, "03/31/2023")],
                [(40, "Account Review Inquiries")],
                [(40, "TARN BANK")],
                [(40, "Requested On"), (170, "05/31/2023")],
            ]
        )
    )
    assert [(i.creditor_name, i.kind) for i in details.inquiries] == [
        ("NORTHGATE BANK USA, N.A.", InquiryKind.HARD),
        ("TARN BANK", InquiryKind.HARD),
        ("TARN BANK", InquiryKind.SOFT),
    ]
    assert details.inquiries[0].evidence["creditor_name"].printed == "NORTHGATE BANK USA, N.A."


def test_a_creditor_that_asked_more_than_once() -> None:
    details = EXPERIAN.details(
        document([[(40, "Soft Inquiries")], [(40, "TARN BANK"), (300, "01/02/2024, 03/04/2024")]])
    )
    assert [(i.creditor_name, i.inquired_on.iso()) for i in details.inquiries] == [
        ("TARN BANK", "2024-01-02"),
        ("TARN BANK", "2024-03-04"),
    ]


def test_public_records_one_by_one_and_never_as_accounts() -> None:
    page = document(
        [
            [(40, "Public Records")],
            [(40, "US BANKRUPTCY COURT, DISTRICT OF EASTMERE")],
            [(40, "Type"), (160, "Chapter 7 Bankruptcy")],
            [(40, "Reference Number"), (160, "1838792")],
            [(40, "Date Filed"), (160, "03/06/2019")],
            [(40, "Date Resolved"), (160, "07/06/2019")],
            [(40, "Status"), (160, "Discharged")],
            [(40, "Liability"), (160, "NA")],
            [(40, "TARN COUNTY RECORDER")],
            [(40, "Type"), (160, "State Tax Lien")],
            [(40, "Date Filed"), (160, "05/2016")],
            [(40, "Amount"), (160, "$2,140")],
            [(40, "Status"), (160, "Released")],
            [(40, "Hard Inquiries")],
        ]
    )
    bankruptcy, lien = [read.record for read in EXPERIAN.details(page).public_records]
    assert (bankruptcy.kind, bankruptcy.chapter) == (PublicRecordKind.BANKRUPTCY, 7)
    assert (bankruptcy.status, bankruptcy.reference) == (PublicRecordStatus.DISCHARGED, "***8792")
    assert bankruptcy.court == "US BANKRUPTCY COURT, DISTRICT OF EASTMERE"
    assert (lien.kind, lien.amount, lien.filed_on and lien.filed_on.iso()) == (
        PublicRecordKind.TAX_LIEN,
        2140,
        "2016-05",
    )
    assert lien.status is PublicRecordStatus.SATISFIED
    assert EXPERIAN.accounts(page) == []


def test_public_records_of_bureaus_side_by_side() -> None:
    details = IDENTITYIQ.details(
        document(
            [
                [(40, "Public Information")],
                HEADER,
                row("Type:", "Civil Judgment", "-", "Civil Judgment"),
                row("Status:", "Unsatisfied", "-", "Satisfied"),
                row("Date Filed/Reported:", "01/02/2020", "-", "01/02/2020"),
                row("Type:", "Chapter 13 Bankruptcy", "-", "-"),
                row("Status:", "Petition filed", "-", "-"),
            ],
            pitch=16,
        )
    )
    found = [(read.record.bureau, read.record.kind, read.record.status) for read in details.public_records]
    assert found == [
        (Bureau.TRANSUNION, PublicRecordKind.CIVIL_JUDGMENT, PublicRecordStatus.FILED),
        (Bureau.EQUIFAX, PublicRecordKind.CIVIL_JUDGMENT, PublicRecordStatus.SATISFIED),
        (Bureau.TRANSUNION, PublicRecordKind.BANKRUPTCY, PublicRecordStatus.FILED),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "No public records",
        "You don't have any public records on your report.",
        "first delinquency; Chapter 7 bankruptcies for ten years.",
        "A bankruptcy may be reported for ten years",
    ],
)
def test_sentences_about_public_records_are_none(line: str) -> None:
    page = document([[(40, "Your TransUnion credit report")], [(40, "Public records")], [(40, line)]])
    assert CREDIT_KARMA.details(page).public_records == []


def test_a_sentence_that_names_a_record() -> None:
    page = document(
        [
            [(40, "Your TransUnion credit report")],
            [(40, "Public records")],
            [(40, "Bankruptcy: chapter 7 bankruptcy, discharged")],
        ]
    )
    [read] = CREDIT_KARMA.details(page).public_records
    assert (read.record.bureau, read.record.chapter) == (Bureau.TRANSUNION, 7)
    assert read.negative.is_negative
