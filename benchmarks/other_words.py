"""Other wordings for what the declared styles print: labels and headings that no declaration was written from."""

from typing import Final

LABELS: Final = {
    "creditor_name": ("Furnisher", "Name of creditor", "Lender name", "Company"),
    "account_number": ("Acct No.", "Acct. Num.", "Account ID", "Account no. (masked)", "Acct Nbr"),
    "type_words": ("Kind of account", "Acct Type", "Loan category", "Type of credit", "Credit type"),
    "account_words": ("Acct Status", "Condition", "Status of account", "State of account"),
    "payment_words": ("Pmt Status", "Current pay status", "Payment rating", "Status of payments", "How it is paid"),
    "responsibility": ("Acct Holder", "Liability", "ECOA", "Your role", "Account responsibility"),
    "date_opened": ("Opened on", "Open date", "Acct Opened", "Date account opened", "Account open since"),
    "balance": ("Amount owed", "Current bal.", "Balance owed", "Outstanding balance", "Present balance"),
    "credit_limit": ("Limit", "Credit line", "Line limit", "Max. credit limit"),
    "limit_or_amount": ("Limit / original amount", "Credit limit or loan amount"),
    "original_amount": ("Orig. amount", "Orig. loan amount", "Amount borrowed", "Original debt"),
    "high_balance": ("Highest bal.", "Peak balance", "Largest balance", "Most ever owed", "High bal."),
    "monthly_payment": ("Monthly pmt", "Payment per month", "Pmt amount", "Sched. payment", "Minimum payment"),
    "past_due": ("Amt past due", "Amount overdue", "Overdue amount", "Past-due balance"),
    "charge_off_amount": ("Charged-off amount", "Amount written off", "Chg-off amount", "Written off"),
    "date_closed": ("Closed on", "Acct closed", "Date acct closed", "Close date"),
    "date_reported": ("Reported on", "Last report date", "Report date of account", "Updated on"),
    "date_last_activity": ("Last active", "Activity date", "DLA", "Date of latest activity"),
    "date_last_payment": ("Last paid", "Last pmt date", "Most recent payment date", "Date last paid"),
    "date_of_first_delinquency": ("DOFD", "1st delinquency", "Date first delinquent", "First delinq. date"),
    "terms": ("Term length", "Loan length", "Repayment term", "Number of months"),
    "original_creditor": ("Orig. creditor", "Original lender", "First creditor", "Debt bought from"),
    "remarks": ("Notes", "Creditor comments", "Account remarks", "Bureau remarks"),
}
"""By question; the first words are near to what is declared, the last ones far from it."""

HEADINGS: Final = {
    "accounts": ("Trade lines", "Your credit accounts", "Accounts on file", "Account listing"),
    "good": ("Accounts in good order", "Accounts never late", "Positive accounts", "Accounts paid as agreed"),
    "bad": ("Negative accounts", "Accounts that may hurt", "Derogatory accounts", "Accounts with late payments"),
    "collections": ("Debts in collection", "Accounts sent to collections", "Collection agency accounts"),
    "personal": ("About you", "Identification", "Consumer information", "Your details"),
    "hard": ("Companies that asked for your file", "Inquiries that may affect your score", "Credit checks"),
    "soft": ("Inquiries only you can see", "Checks that don't count", "Promotional requests"),
    "records": ("Court records", "Public record items", "Public filings"),
    "history": ("Months paid", "Monthly record", "Your payment record"),
    "details": ("More about this account", "Facts", "Particulars"),
}
SAID_OF: Final = {
    "good": r"^satisfactory accounts$|good standing",
    "bad": r"adverse|potentially neg",
    "collections": r"^(?:\d+\. )?(?:collections?|collection accounts)$",
    "personal": r"^(?:\d+\. )?personal (?:info|ident)",
    "hard": r"^(?:hard|regular) inquiries",
    "soft": r"^(?:soft|account review) inquiries",
    "records": r"^(?:\d+\. )?public (?:records|information)",
    "accounts": r"^(?:credit accounts|accounts|account history|credit account information)$",
    "history": r"^payment history$",
    "details": r"^(?:account details|account information|account info)$",
}
"""Which headings of the samples each kind of `HEADINGS` replaces."""
