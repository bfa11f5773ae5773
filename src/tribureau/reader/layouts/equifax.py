"""Equifax's own report: annualcreditreport.com, myEquifax, and the older mailed one (FORMATS section 2 and 9)."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.single_bureau.declaration import Section
from tribureau.reader.single_bureau.layout import BlockLayout

EQUIFAX: Final = BlockLayout(
    family="equifax",
    bureau=Bureau.EQUIFAX,
    cues={
        "equifax": 1.0,
        "prepared for": 0.5,
        "confirmation": 1.0,
        "credit file": 0.5,
        "narrative code": 2.0,
        "months reviewed": 1.5,
        "activity designator": 1.5,
        "date of 1st delinquency": 1.5,
        "date major delinquency": 1.0,
        "delinquency first reported": 1.0,
        "loan/account type": 1.5,
        "terms frequency": 1.0,
        "creditor classification": 1.0,
        "balloon payment": 1.0,
        "efx-acr": 2.0,
        "whose account": 1.0,
        "24 month history": 0.5,
        "bureau code": -3.0,
        "credit karma": -4.0,
        "creditor contacts": -2.0,
        "account rating": -1.5,
    },
    sections={
        Section.ACCOUNTS: (
            "Credit Accounts|Revolving Accounts|Mortgage Accounts|Installment Accounts|Other Accounts|Accounts"
            "|Credit Account Information|Open Accounts|Closed Accounts"
        ),
        Section.COLLECTIONS: "Collections|Collection Accounts",
        Section.PERSONAL: "Personal Information|Personal Identification|Personal Identification Information",
        Section.INQUIRIES: "Inquiries|Hard Inquiries|Regular Inquiries",
        Section.SOFT_INQUIRIES: "Soft Inquiries|Account Review Inquiries",
        Section.PUBLIC_RECORDS: (
            "Public Records|Public Record|Public Record Information|Public Information|Bankruptcies|Judgments|Liens"
        ),
        Section.OTHER: (
            "Summary|Consumer Statements|Consumer Statement|Dispute File Information"
            "|Consumer File Notices|Your Rights|Alerts"
        ),
    },
    labels={
        "payment_words": "Status|Account Status|Current Status|Pay Status",
        "account_words": "Activity Designator|Activity Description",
        "high_balance": "High Credit|High Balance",
        "balance": "Balance|Reported Balance|Current Balance|Balance Amount|Amount",
        "type_words": "Loan Type|Loan/Account Type|Type of Loan|Type of Account|Account Type",
    },
    subheadings=(
        "Summary|Payment History|24 Month History|Account Details|Account History|Contact|Balance History"
        "|Account Information|Contact Information"
    ),
)
