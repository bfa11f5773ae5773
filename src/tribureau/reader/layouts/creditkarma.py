"""Credit Karma's report: TransUnion's and Equifax's accounts one after the other (FORMATS section 6)."""

from typing import Final

from tribureau.reader.single_bureau.declaration import Section
from tribureau.reader.single_bureau.layout import BlockLayout

_KINDS: Final = (
    "Credit cards|Credit card accounts|Auto loans|Real estate loans|Home loans|Mortgages|Student loans|Other loans"
    "|Personal loans|Other accounts|Utilities"
)

CREDIT_KARMA: Final = BlockLayout(
    family="creditkarma",
    bureau=None,
    cues={
        "credit karma": 3.0,
        "creditkarma.com": 2.0,
        "vantagescore": 0.5,
        "calculated using": 0.5,
        "times 30/60/90 days late": 1.5,
        "creditor contact details": 1.0,
        "of payments on time": 1.0,
        "your transunion credit report": 0.5,
        "your equifax credit report": 0.5,
        "bureau code": -3.0,
        "account rating": -1.5,
    },
    sections={
        Section.ACCOUNTS: f"Accounts|Your accounts|Open accounts|Closed accounts|{_KINDS}",
        Section.COLLECTIONS: "Collections|Collection accounts",
        Section.PERSONAL: "Personal information",
        Section.HARD_INQUIRIES: "Hard inquiries|Inquiries|Credit inquiries",
        Section.PUBLIC_RECORDS: "Public Records|Public Record|Public Record Information|Public Information",
        Section.OTHER: "Credit factors|Score details|Score history",
    },
    groups=_KINDS,
    subheadings="Payment history|Account details|Creditor contact details|Contact information|Overview",
)
