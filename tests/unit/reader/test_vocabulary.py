"""What the bureaus' words mean."""

import pytest

from tribureau.domain.tradelines import AccountType, MonthCode, Responsibility
from tribureau.reader.creditors import creditor
from tribureau.reader.vocabulary import account_type, is_dispute, month_code, responsibility


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("Credit Card",), AccountType.CREDIT_CARD),
        (("CREDIT_CARD",), AccountType.CREDIT_CARD),
        (("Revolving",), AccountType.CREDIT_CARD),
        (("Charge account", "Revolving"), AccountType.CREDIT_CARD),
        (("Conventional real estate mortgage", "Mortgage"), AccountType.MORTGAGE),
        (("CONVENTIONAL_RE_MORTGAGE",), AccountType.MORTGAGE),
        (("Home Equity Line of Credit", "Revolving"), AccountType.HOME_EQUITY),
        (("AUTOMOBILE", "Installment Account"), AccountType.AUTO_LOAN),
        (("Education Loan", "Installment"), AccountType.STUDENT_LOAN),
        (("Unsecured", "Installment"), AccountType.PERSONAL_LOAN),
        (("Installment",), AccountType.PERSONAL_LOAN),
        (("COLLECTION AGENCY/ATTORNEY", "Open Account"), AccountType.COLLECTION),
        (("Debt Buyer",), AccountType.COLLECTION),
        (("Utility company", "Open"), AccountType.UTILITY),
        (("Open", "Collection Accounts"), AccountType.COLLECTION),
        (("Rental agreement",), None),
        (("Open",), None),
        ((), None),
    ],
)
def test_account_types(words: tuple[str, ...], kind: AccountType | None) -> None:
    assert account_type(*words) is kind


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("Individual Account", Responsibility.INDIVIDUAL),
        ("Joint", Responsibility.JOINT),
        ("Authorized User", Responsibility.AUTHORIZED_USER),
        ("Authorised user", Responsibility.AUTHORIZED_USER),
        ("Participant on Account", Responsibility.COSIGNER),
        ("Co-Maker", Responsibility.COSIGNER),
        ("Co-signer", Responsibility.COSIGNER),
        ("Maker", Responsibility.INDIVIDUAL),
        ("Terminated", None),
        ("Undesignated", None),
    ],
)
def test_responsibility(printed: str, role: Responsibility | None) -> None:
    assert responsibility(printed) is role


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("OK", MonthCode.OK),
        ("30", MonthCode.LATE_30),
        ("180", MonthCode.LATE_180),
        ("C/O", MonthCode.CHARGE_OFF),
        ("CO", MonthCode.CHARGE_OFF),
        ("C", MonthCode.COLLECTION),
        ("COL", MonthCode.COLLECTION),
        ("RF", MonthCode.REPOSSESSION),
        ("VS", MonthCode.VOLUNTARY_SURRENDER),
        ("F", MonthCode.FORECLOSURE),
        ("B", MonthCode.BANKRUPTCY),
        ("N/R", MonthCode.NO_DATA),
        ("CLS", MonthCode.NO_DATA),
        ("PBC", MonthCode.NO_DATA),
        ("ND", MonthCode.NO_DATA),
        ("---", MonthCode.NO_DATA),
        ("$120", None),
        ("Balance", None),
    ],
)
def test_month_codes(printed: str, code: MonthCode | None) -> None:
    assert month_code(printed) is code


@pytest.mark.parametrize(
    ("printed", "disputed"),
    [
        ("Account information disputed by consumer", True),
        ("Dispute resolved; consumer disagrees", True),
        ("DISP INVG COMP-CONS DISAGREES", True),
        ("ACCT INFO DISPUTED BY CONSUMR", True),
        ("Account disputed", True),
        ("Account not disputed", False),
        ("Closed by consumer", False),
        ("Charged off as bad debt", False),
    ],
)
def test_dispute_wording(printed: str, disputed: bool) -> None:
    assert is_dispute(printed) is disputed


@pytest.mark.parametrize(
    ("heading", "name", "original", "closed", "number"),
    [
        ("2.1 HARBOR & VINE CARD SVCS - Closed", "HARBOR & VINE CARD SVCS", None, True, None),
        ("NORTHGATE BANK USA, N.A. (CLOSED)", "NORTHGATE BANK USA, N.A.", None, True, None),
        ("SUMMIT LEDGER (Original Creditor: STONE RIDGE)", "SUMMIT LEDGER", "STONE RIDGE", False, None),
        ("BLUE HERON BANK - REWARDS", "BLUE HERON BANK - REWARDS", None, False, None),
        ("1ST ALDER CU", "1ST ALDER CU", None, False, None),
        ("TARN BANK 431196001234****", "TARN BANK", None, False, "431196001234****"),
        ("TARN BANK #4311XXXXXXXX", "TARN BANK", None, False, "#4311XXXXXXXX"),
        ("TARN BANK - Closed", "TARN BANK", None, True, None),
        ("STORE 1234 CARDS", "STORE 1234 CARDS", None, False, None),
        ("LUMENPAY CARD ISSUER 2", "LUMENPAY CARD ISSUER 2", None, False, None),
        ("EXXXON MOBIL", "EXXXON MOBIL", None, False, None),
    ],
)
def test_headings(heading: str, name: str, original: str | None, closed: bool, number: str | None) -> None:
    assert creditor(heading) == (name, original, closed, number)
