"""Row labels, section titles and groups that three-bureau reports share, whoever sells them.

From the printed labels of IdentityIQ, MyScoreIQ, PrivacyGuard, SmartCredit and MyFreeScoreNow reports.
"""

from itertools import permutations
from typing import Final

CUES: Final = {
    **{
        f"{a}{mark} {b}{mark} {c}{mark}": 2.0
        for mark in ("", "®")
        for a, b, c in permutations(("transunion", "experian", "equifax"))
    },
    "two-year payment history": 1.0,
    "creditor contacts": 0.5,
    "lender rank": 0.5,
}
"""What speaks for a three-bureau report of either family, whoever sells it."""
ACCOUNT_LABELS: Final = {
    "account_number": "Account #|Account Number|Account No|Acct #|Account Number (partial)",
    "creditor_name": "Creditor Name|Creditor|Account Name|Company Name|Lender",
    "original_creditor": "Original Creditor|Orig. Creditor|Original Creditor Name|(Original Creditor)",
    "type": "Account Type|Type of Account|Loan Type|Type of Loan",
    "type_detail": "Account Type - Detail|Account Type Detail|Type Detail|Loan Type Detail",
    "type_business": "Creditor Type|Type of Business|Business Type|Industry|Creditor Classification",
    "responsibility": "Bureau Code|Account Description|Responsibility|Owner|Account Owner|ECOA|Account Designator"
    "|Account Responsibility|Ownership|Whose Account",
    "account_words": "Account Status|Account Rating|Status|Condition|Account Condition|Activity Designator|Open/Closed",
    "payment_words": "Payment Status|Pay Status|Current Payment Status|Current Status|Payment Rating",
    "monthly_payment": "Monthly Payment|Payment Amount|Scheduled Payment|Payment|Scheduled Monthly Payment"
    "|Scheduled Payment Amount|Monthly Payment Amount",
    "date_opened": "Date Opened|Opened|Open Date|Opened Date|Date of Opening|Account Opened",
    "date_closed": "Closed Date|Date Closed|Closed|Date of Closing|Account Closed",
    "balance": "Balance|Balance Owed|Current Balance|Balance Amount|Unpaid Balance|Amount Owed|Account Balance",
    "terms": "No. of Months (terms)|Term Length|Terms|Term|Number of Months|No. of Months|Loan Term|Terms (months)"
    "|Months (terms)|Term (months)|Term Duration|# of Months (terms)",
    "high_balance": "High Credit|High Balance|Highest Balance|Highest Credit|High Credit Amount|Maximum Balance",
    "original_amount": "Original Amount|Original Loan Amount|Loan Amount|Original Balance|Amount Financed",
    "credit_limit": "Credit Limit|Limit|Credit Line|Line of Credit",
    "limit_or_amount": "Credit Limit/Original Amount|Limit/Original Amount|Credit Limit / Loan Amount",
    "past_due": "Past Due|Past Due Amount|Amount Past Due|Past Due Balance|Delinquent Amount",
    "charge_off_amount": "Charge Off Amount|Charge-off Amount|Chargeoff Amount|Original Charge-off|Amount Charged Off",
    "date_reported": "Date Reported|Last Reported|Reported|Last Reported On|Date Last Reported|Date Updated"
    "|Reported Date|Last Updated|Date of Last Report|Last Reported Date",
    "date_verified": "Last Verified|Date Verified|Date Last Verified|Verified",
    "date_last_activity": "Date Last Active|Date of Last Activity|Last Activity|Last Active|Last Activity Date|DLA"
    "|Date Last Activity",
    "date_last_payment": "Date of Last Payment|Last Payment|Last Payment Date|Date Last Payment|Last Payment Made"
    "|Date Last Paid|Last Paid",
    "date_of_first_delinquency": "Date of First Delinquency|Date of 1st Delinquency|First Delinquency|DOFD"
    "|Date First Delinquent|Date of First Major Delinquency|First Delinquency Date",
    "remarks": "Comments|Creditor Remarks|Remarks|Comment|Remark|Notes|Creditor Comments|Bureau Remarks"
    "|Account Remarks",
    "dispute_words": "Dispute Status|Dispute|Disputed|Dispute Flag|Consumer Dispute",
    "late_payments_30": "30 Days Late|Times 30 Days Late|Late 30 Days|30 Day Lates|30 Days",
    "late_payments_60": "60 Days Late|Times 60 Days Late|Late 60 Days|60 Day Lates|60 Days",
    "late_payments_90": "90 Days Late|Times 90 Days Late|Late 90 Days|90 Day Lates|90 Days|90+ Days Late|90+ Days",
    "late_payments_120": "120 Days Late|Times 120 Days Late|Late 120 Days|120 Day Lates|120 Days|120+ Days Late",
    "late_totals": "Times 30/60/90|30/60/90|Times 30/60/90 Days Late|Late Payments|30/60/90 Days Late",
    "": "Payment Frequency|Utilization|Reported to Bureau|Months Reviewed|Date of Status|Worst Delinquency|Usage"
    "|Worst Payment Status",
}
PERSON_LABELS: Final = {
    "report_date": "Credit Report Date|Report Date|Date of Report",
    "name": "Name|Names|Full Name|Consumer Name",
    "other_names": "Also Known As|Former|AKA|Former Name|Former Name(s)|Former Names|Aliases|Other Names|Maiden Name",
    "employers": "Employers|Employer|Employment|Current Employer|Previous Employer|Previous Employers|Former Employer",
    "phones": "Phone Numbers|Phones|Telephone|Telephone Numbers",
    "date_of_birth": "Date of Birth|DOB|Birth Date|Year of Birth|Birthdate|Date/Year of Birth|Birth Year",
    "ssn": "SSN|Social Security Number|Social Security|Social Security #|SSN #",
    "current_address": "Current Address(es)|Current Address|Address|Current Addresses|Address(es)",
    "previous_addresses": "Previous Address(es)|Previous Address|Previous Addresses|Former Address(es)"
    "|Prior Address(es)",
    "score": "Credit Score|FICO Score 8|FICO® Score 8|VantageScore 3.0|VantageScore® 3.0|Score|FICO Score|VantageScore"
    "|FICO® Score|VantageScore®|Vantage Score|VantageScore 4.0|VantageScore® 4.0|FICO Score 9|FICO® Score 9|Your Score",
}
LABELS: Final = {**ACCOUNT_LABELS, **PERSON_LABELS}
SECTIONS: Final = {
    "accounts": "Account History|Accounts|Account Information|Credit Accounts|Tradelines|Trade Lines|Account Details"
    "|Credit Account Information|Account Histories|Accounts History",
    "personal": "Personal Information|Personal Info|Consumer Information|Personal Profile|Your Personal Information",
    "scores": "Credit Score|Credit Scores|Scores|Score|Your Credit Scores|3B Scores|Risk Factors|Score Factors"
    "|Your Credit Score|Credit Score Factors",
    "summary": "Summary|Credit Summary|Account Summary|Report Summary|Accounts Summary|Summary of Accounts",
    "inquiries": "Inquiries|Credit Inquiries|Inquiry History|Hard Inquiries|Inquiries in the last 2 years"
    "|Inquiries (2 Years)",
    "soft_inquiries": "Soft Inquiries|Promotional Inquiries|Account Review Inquiries|Consumer Inquiries",
    "public_records": "Public Information|Public Records|Public Record Information|Public Record",
    "contacts": "Creditor Contacts|Creditor Contact Information|Creditor Addresses|Creditors|Contact Information",
    "other": "Consumer Statement|Consumer Statements|Consumer Statement(s)|Fraud Alerts|Legend|Personal Statement"
    "|Alerts"
    "|Your Rights|Know Your Rights|Employment Information|Address Information",
}
GROUPS: Final = (
    "Revolving Accounts|Installment Accounts|Mortgage Accounts|Other Accounts|Collection Accounts|Collections"
    "|Open Accounts"
    "|Real Estate Accounts|Student Loans|Auto Loans|Credit Cards|Closed Accounts|Line of Credit Accounts|Auto Accounts"
    "|Revolving Credit Accounts|Real Estate Loans|Derogatory Accounts|Collection|Student Loan Accounts"
    "|Negative Accounts"
    "|Positive Accounts|Credit Card Accounts"
)
HISTORIES: Final = (
    "Two-Year Payment History|24-Month Payment History|Payment History|24 Month History|Days Late - 7 Year History"
    "|Two Year Payment History|7 Year History|Days Late"
)
