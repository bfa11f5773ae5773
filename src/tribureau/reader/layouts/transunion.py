"""TransUnion's own report: annualcreditreport.com, the Online Service Center, mailed ones (FORMATS section 3 and 9)."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.single_bureau.declaration import Section
from tribureau.reader.single_bureau.layout import BlockLayout

TRANSUNION: Final = BlockLayout(
    family="transunion",
    bureau=Bureau.TRANSUNION,
    cues={
        "transunion": 1.0,
        "personal credit report for": 2.0,
        "file number": 1.0,
        "accounts with adverse information": 2.0,
        "adverse accounts": 1.0,
        "satisfactory accounts": 2.0,
        "pay status": 1.5,
        "last payment made": 1.0,
        "estimated month and year this item": 1.5,
        "maximum delinquency": 1.0,
        "placed for collection": 0.5,
        "account review inquiries": 1.0,
        "promotional inquiries": 1.0,
        "loan type": 0.5,
        "rating key": 0.5,
        "high balance of": 1.0,
        "annualcreditreport.transunion.com": 2.0,
        "bureau code": -3.0,
        "credit karma": -4.0,
        "creditor contacts": -2.0,
        "account rating": -1.5,
    },
    sections={
        Section.ACCOUNTS: (
            "Accounts with Adverse Information|Adverse Accounts|Satisfactory Accounts|Accounts|Credit Accounts"
            "|Account History"
        ),
        Section.COLLECTIONS: "Collections|Collection Accounts",
        Section.PERSONAL: "Personal Information",
        Section.HARD_INQUIRIES: "Regular Inquiries|Inquiries|Hard Inquiries",
        Section.SOFT_INQUIRIES: (
            "Account Review Inquiries|Promotional Inquiries|Soft Inquiries|Requests Viewed Only By You"
        ),
        Section.PUBLIC_RECORDS: "Public Records|Public Record|Public Record Information|Public Information",
        Section.OTHER: "Consumer Statement|Consumer Statements|Credit Score|Summary",
    },
    labels={
        "type_words": "Loan Type|Account Type",
        "payment_words": "Pay Status|Payment Status",
        "date_reported": "Date Updated|Date Reported",
        "": "Terms Frequency|Account Information",
    },
    subheadings="Account Information|Payment History|Payment/Remarks Key|Payment Information|Payment History Key",
    rating_rows="Rating|Pay Status|Status",
)
