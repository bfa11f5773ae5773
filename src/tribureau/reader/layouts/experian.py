"""Experian's own report: the yearly free one, the online one, the older mailed one (FORMATS section 1 and 9)."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.single_bureau.declaration import Section
from tribureau.reader.single_bureau.layout import BlockLayout

EXPERIAN: Final = BlockLayout(
    family="experian",
    bureau=Bureau.EXPERIAN,
    cues={
        "experian": 1.0,
        "prepared for": 1.0,
        "date generated": 1.0,
        "report number": 1.0,
        "usa.experian.com": 2.0,
        "printable-report/experian": 2.0,
        "experian data": 1.0,
        "on record until": 1.5,
        "balance updated": 1.0,
        "status updated": 1.0,
        "potentially negative": 1.0,
        "accounts in good standing": 1.0,
        "account info": 0.5,
        "at a glance": 0.5,
        "address id": 1.0,
        "name id": 1.0,
        "terms met": 0.5,
        "record of requests for your credit history": 1.5,
        "scheduled to continue on record until": 1.5,
        "credit limit or original amount": 1.0,
        "credit limit/original amount": 1.0,
        "bureau code": -3.0,
        "credit karma": -4.0,
        "creditor contacts": -2.0,
        "account rating": -1.5,
    },
    sections={
        Section.ACCOUNTS: (
            "Accounts|Your Accounts|Open Accounts|Closed Accounts|Potentially Negative Items|Accounts in Good Standing"
            "|Potentially negative items or items for further review|Potentially Negative|Credit Items|Account History"
        ),
        Section.COLLECTIONS: "Collection Accounts|Collections",
        Section.PERSONAL: "Personal Information|Personal Info|Your Personal Information",
        Section.HARD_INQUIRIES: (
            "Hard Inquiries|Inquiries|Credit Inquiries|Regular Inquiries|Requests viewed by others"
            "|Inquiries shared with others"
        ),
        Section.SOFT_INQUIRIES: (
            "Soft Inquiries|Requests viewed only by you|Inquiries shared only with you"
            "|Record of Requests for Your Credit History"
        ),
        Section.PUBLIC_RECORDS: "Public Records|Public Record|Public Record Information|Public Information",
        Section.OTHER: (
            "At a Glance|Important Messages|Consumer Statements|Personal Statements|Know Your Rights"
            "|Contact Experian|Contact Us|Credit Scores"
        ),
    },
    labels={
        "account_words": "Status|Open/closed|Account Status|Status Details",
        "remarks": "Comment|Comments|Current",
        "date_reported": "Balance Updated|Date of Status|Status Updated|Last Reported",
    },
    subheadings=(
        "Account Info|Payment History|Balance Histories|Balance History|Contact Info|Contact|Payment history guide"
        "|Additional info|Account History|Account Details|Historical Info|Your Statement|Dispute|Options"
    ),
)
