"""The words that bureaus and products use for the same thing: types, responsibilities, remarks, statuses."""

from datetime import date
from typing import Final

from tribureau.domain.tradelines import AccountStatus, AccountType, PaymentStatus, Responsibility, Tradeline

type_ = AccountType

REMARKS: Final[dict[str, tuple[str, str, str]]] = {
    "Closed by consumer": (
        "Account closed at consumer's request.",
        "Account Closed At Consumers Request",
        "CLOSED BY CONSUMER",
    ),
    "Account closed by credit grantor": (
        "Account closed at credit grantor's request.",
        "Account Closed By Credit Grantor",
        "ACCOUNT CLOSED BY CREDIT GRANTOR",
    ),
    "Credit card lost or stolen": ("Credit card lost or stolen.", "Lost Or Stolen Card", "CREDIT CARD LOST OR STOLEN"),
    "Closed": ("", "Closed or Paid Account/Zero Balance", "CLOSED"),
    "Transferred to another lender": (
        "Transferred to another office.",
        "Account Transferred or Sold",
        "TRANSFERRED TO ANOTHER LENDER",
    ),
    "Purchased by another lender": (
        "Purchased by another lender.",
        "Account Transferred or Sold",
        "PURCHASED BY ANOTHER LENDER",
    ),
    "Charged off as bad debt": ("", "Charged Off Account", ">CHARGED OFF AS BAD DEBT<"),
    "Paid charge off": ("Paid charge off.", "Paid Charge Off", ">PAID PROFIT AND LOSS<"),
    "Placed for collection": ("", "Collection Account", ">PLACED FOR COLLECTION<"),
    "Paid collection": ("Paid collection account.", "Paid Collection", ">PAID COLLECTION<"),
    "Medical": ("", "Medical", ""),
    "Settled - less than full balance": (
        "Account legally paid in full for less than the full balance.",
        "Account Paid For Less Than Full Balance",
        ">SETTLED-LESS THAN FULL BLNC<",
    ),
    "Repossession": ("", "Repossession", ">REPOSSESSION<"),
    "Voluntary surrender": ("Voluntarily surrendered.", "Voluntary Surrender", ">VOLUNTARY SURRENDER<"),
    "Foreclosure": ("", "Foreclosure", ">FORECLOSURE<"),
    "Included in chapter 7 bankruptcy": (
        "Debt included in or discharged through Bankruptcy Chapter 7.",
        "Included In Chapter 7",
        ">CHAPTER 7 BANKRUPTCY<",
    ),
    "Included in chapter 13 bankruptcy": (
        "Debt included in or discharged through Bankruptcy Chapter 13.",
        "Included In Chapter 13",
        ">CHAPTER 13 BANKRUPTCY<",
    ),
    "Payment deferred": ("Student loan - payment deferred.", "Student Loan - Payment Deferred", "PAYMENT DEFERRED"),
    "Account information disputed by consumer": (
        "Account information disputed by consumer (Meets requirement of the Fair Credit Reporting Act).",
        "Consumer Disputes This Account Information",
        "ACCT INFO DISPUTED BY CONSUMR",
    ),
    "Dispute resolved; consumer disagrees": (
        "Completed investigation of FCRA dispute - consumer disagrees.",
        "Consumer Disputes After Resolution",
        "DISP INVG COMP-CONS DISAGREES",
    ),
}
"""The tri-merge products' words to Experian's, Equifax's and TransUnion's; empty where that bureau prints no remark."""

EXPERIAN_TYPES: Final[dict[AccountType, str]] = {
    type_.CREDIT_CARD: "Credit card",
    type_.AUTO_LOAN: "Auto Loan",
    type_.MORTGAGE: "Mortgage",
    type_.HOME_EQUITY: "Home Equity Line of Credit",
    type_.STUDENT_LOAN: "Education Loan",
    type_.PERSONAL_LOAN: "Unsecured loan",
    type_.COLLECTION: "Collection",
    type_.UTILITY: "Utility company",
}
EQUIFAX_TYPES: Final[dict[AccountType, str]] = {
    type_.CREDIT_CARD: "Credit Card",
    type_.AUTO_LOAN: "Auto Loan",
    type_.MORTGAGE: "Conventional RE Mortgage",
    type_.HOME_EQUITY: "Home Equity Line of Credit",
    type_.STUDENT_LOAN: "Student Loan",
    type_.PERSONAL_LOAN: "Unsecured",
    type_.COLLECTION: "Debt Buyer Account",
    type_.UTILITY: "Utility Company",
}
TRANSUNION_TYPES: Final[dict[AccountType, tuple[str, str]]] = {
    type_.CREDIT_CARD: ("Revolving Account", "CREDIT CARD"),
    type_.AUTO_LOAN: ("Installment Account", "AUTOMOBILE"),
    type_.MORTGAGE: ("Mortgage Account", "CONVENTIONAL REAL ESTATE MTG"),
    type_.HOME_EQUITY: ("Line of Credit Account", "HOME EQUITY LOAN"),
    type_.STUDENT_LOAN: ("Installment Account", "STUDENT LOAN"),
    type_.PERSONAL_LOAN: ("Installment Account", "UNSECURED"),
    type_.COLLECTION: ("Open Account", "COLLECTION AGENCY/ATTORNEY"),
    type_.UTILITY: ("Open Account", "UTILITY COMPANY"),
}
"""Account Type and Loan Type."""

MERGED_TYPES: Final[dict[AccountType, tuple[str, str]]] = {
    type_.CREDIT_CARD: ("Revolving", "Credit Card"),
    type_.AUTO_LOAN: ("Installment", "Auto Loan"),
    type_.MORTGAGE: ("Mortgage", "Conventional real estate mortgage"),
    type_.HOME_EQUITY: ("Line of Credit", "Home equity line of credit"),
    type_.STUDENT_LOAN: ("Installment", "Student loan"),
    type_.PERSONAL_LOAN: ("Installment", "Unsecured loan"),
    type_.COLLECTION: ("Collection", "Collection Agency"),
    type_.UTILITY: ("Open", "Utility company"),
}
"""The class and the detail."""

RESPONSIBILITIES: Final[dict[Responsibility, tuple[str, str]]] = {
    Responsibility.INDIVIDUAL: ("Individual", "Individual Account"),
    Responsibility.JOINT: ("Joint", "Joint Account"),
    Responsibility.AUTHORIZED_USER: ("Authorized User", "Authorized Account"),
    Responsibility.COSIGNER: ("Co-Signer", "Participant on Account"),
}
"""Everybody's word, TransUnion's word."""

EXPERIAN, EQUIFAX, TRANSUNION = 0, 1, 2
DAYS_LATE: Final[dict[PaymentStatus, int]] = {
    PaymentStatus.LATE_30: 30,
    PaymentStatus.LATE_60: 60,
    PaymentStatus.LATE_90: 90,
    PaymentStatus.LATE_120: 120,
}


def remarks_of(line: Tradeline, bureau: int) -> list[str]:
    """That bureau's own wording, without those that it does not print."""
    return [words for remark in line.remarks if (words := REMARKS[remark][bureau])]


def reported(line: Tradeline) -> date:
    """The day on which the bureau last heard of it; every story sets one."""
    if line.date_reported is None:
        raise ValueError("a sample account is always reported on some day")
    return line.date_reported.day


def known_type(line: Tradeline) -> AccountType:
    if line.account_type is None:
        raise ValueError("a sample account always has a type")
    return line.account_type


def responsibility_of(line: Tradeline, spoken_by: int = 0) -> tuple[str, str]:
    """The word that is printed (0 everybody's, 1 TransUnion's) and what it means."""
    responsibility = line.responsibility or Responsibility.INDIVIDUAL
    return RESPONSIBILITIES[responsibility][spoken_by], responsibility.value


def is_closed(line: Tradeline) -> bool:
    return line.account_status not in (AccountStatus.OPEN, AccountStatus.COLLECTION)


def was_late(line: Tradeline) -> bool:
    """Whether its whole history knows any late month."""
    return any(code.value.isdigit() for code in line.payment_history.values())
