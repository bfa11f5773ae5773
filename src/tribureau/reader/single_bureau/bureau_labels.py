"""Labels that mean the same wherever a bureau or an app prints them.

Questions are those of `PrintedAccount`; a layout's own labels go before these.
"""

from typing import Final

from tribureau.reader.labels import IGNORED

COMMON_LABELS: Final = {
    "creditor_name": "Account Name|Creditor Name|Collection Agency|Agency|Agency Name|Collection Agency Name",
    "account_number": "Account Number|Account No|Account #|Acct #|Acct Number|Partial Account Number",
    "type_words": "Loan Type|Loan/Account Type|Type of Loan|Account Type|Type of Account|Type",
    "account_words": "Status|Account Status|Open/Closed|Activity Designator|Account Condition|Current Status",
    "payment_words": "Pay Status|Payment Status|Account Rating|Current Rating",
    "responsibility": "Responsibility|Owner|Whose Account|Account Owner|Ownership|Account Designator Code",
    "date_opened": "Date Opened|Opened|Open Date|Opened Date|Placed for collection|Date Assigned|Date Placed",
    "balance": "Balance|Recent Balance|Current Balance|Reported Balance|Balance Amount|Account Balance",
    "credit_limit": "Credit Limit",
    "limit_or_amount": "Credit Limit/Original Amount|Credit limit or original amount",
    "original_amount": "Original Balance|Original Amount|Original Loan Amount|Original Amount Owed|Loan Amount",
    "high_balance": "Highest Balance|High Balance|High Credit|High Balance (Hist.)",
    "monthly_payment": "Monthly Payment|Scheduled Payment Amount|Scheduled Payment",
    "past_due": "Past Due Amount|Amount Past Due|Past Due",
    "charge_off_amount": "Charge Off Amount|Original Charge-off|Original Charge Off|Amount Charged Off",
    "date_closed": "Date Closed|Closed|Closed Date",
    "date_reported": "Date Reported|Last Reported|Date Updated|Balance Updated|Last Updated",
    "date_last_activity": "Date of Last Activity|Last Activity|Date Last Active",
    "date_last_payment": "Date of Last Payment|Last Payment Made|Last Payment Date|Last Payment",
    "date_of_first_delinquency": "Date of 1st Delinquency|Date of First Delinquency|First Delinquency",
    "terms": "Terms|Term|Term Duration|Loan Term|Terms Duration",
    "original_creditor": "Original Creditor|Original Creditor Name",
    "remarks": "Remarks|Remark|Comment|Comments|Narrative Code Description|Additional Information",
    "late_totals": "Times 30/60/90 days late|Times 30/60/90/120 days late|Late Payments|Days Late|Times Late",
    IGNORED: (
        "Address|Phone|Phone Number|Contact|Creditor contact details|Recent Payment|Recent Payment Amount"
        "|Payment Received|Actual Payment Amount|Terms Frequency|Payment Frequency|Months Reviewed"
        "|Deferred Payment Start Date"
        "|Balloon Payment Amount|Balloon Payment Date|Date Major Delinquency 1st Reported|Delinquency First Reported"
        "|Date Major Delinquency First Reported|Narrative Code(s)|Narrative Code|Creditor Classification"
        "|Available Credit|Credit Usage|Usage|Utilization|On Record Until|Company Sold|Sold To|Purchased From"
        "|Your Statement|Paid Off|Maximum Delinquency|Maximum Delinquency Note|Estimated month and year this item"
        " will be removed|Estimated removal date|Status Date|Balance Date|Address Identification Number|First Reported"
        "|Business Type|Mortgage ID|Interest Type|Industry|Amount|Reported|Total Months|Reinvestigation Information"
    ),
}
"""Several answers to one question count in their order on the page."""
