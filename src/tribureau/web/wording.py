"""The site's words for what the database keeps as codes: short, plain, and explained where a word is not common."""

from typing import Final, NamedTuple


class Term(NamedTuple):
    """A word for a person, and a sentence that explains it (empty where the word explains itself)."""

    word: str
    explanation: str = ""


class Result(NamedTuple):
    """The word for what came of a dispute, with the tone and the sign of its chip."""

    word: str
    explanation: str
    tone: str
    sign: str


ACCOUNT_TYPES: Final = {
    "credit_card": Term("Credit card"),
    "auto_loan": Term("Car loan"),
    "mortgage": Term("Mortgage"),
    "home_equity": Term("Home equity", "A loan or credit line secured by a house."),
    "student_loan": Term("Student loan"),
    "personal_loan": Term("Personal loan"),
    "collection": Term("Collection", "A debt that a collection agency is asking for."),
    "utility": Term("Utility", "Power, water, phone or a similar service."),
}
ACCOUNT_STATUSES: Final = {
    "open": Term("Open"),
    "closed": Term("Closed"),
    "transferred": Term("Transferred", "Sold or moved to another lender."),
    "settled": Term("Settled", "Paid for less than what was owed."),
    "charge_off": Term("Charge-off", "The lender gave up on being paid and wrote the debt off. It may still be owed."),
    "collection": Term("Collection", "A collection agency is asking for the debt."),
    "repossession": Term("Repossession", "The lender took back what the loan had bought."),
    "foreclosure": Term("Foreclosure", "The lender took back the house."),
    "bankruptcy": Term("Bankruptcy", "The debt was part of a bankruptcy."),
}
PAYMENT_STATUSES: Final = {
    "current": Term("On time"),
    "late_30": Term("30 days late"),
    "late_60": Term("60 days late"),
    "late_90": Term("90 days late"),
    "late_120": Term("120 days late or more"),
    "charge_off": ACCOUNT_STATUSES["charge_off"],
    "collection": ACCOUNT_STATUSES["collection"],
    "repossession": ACCOUNT_STATUSES["repossession"],
    "foreclosure": ACCOUNT_STATUSES["foreclosure"],
    "bankruptcy": ACCOUNT_STATUSES["bankruptcy"],
    "settled": ACCOUNT_STATUSES["settled"],
}
RESPONSIBILITIES: Final = {
    "individual": Term("Only you"),
    "joint": Term("Joint", "You and somebody else owe it together."),
    "authorized_user": Term("Authorized user", "You may use it; somebody else owes it."),
    "cosigner": Term("Cosigner", "You promised to pay if the other person does not."),
}
NEGATIVE_KINDS: Final = {
    "bankruptcy": ACCOUNT_STATUSES["bankruptcy"],
    "foreclosure": ACCOUNT_STATUSES["foreclosure"],
    "repossession": ACCOUNT_STATUSES["repossession"],
    "charge_off": ACCOUNT_STATUSES["charge_off"],
    "collection": ACCOUNT_STATUSES["collection"],
    "settled": Term("Settled for less", "Paid for less than what was owed."),
    "tax_lien": Term("Tax lien", "A claim of the tax office on property."),
    "judgment": Term("Judgment", "A court decided that the debt is owed."),
    "late": Term("Late payments", "At least one payment was 30 days late or more."),
}
MONTHS_OF_HISTORY: Final = {
    "OK": Term("✓", "paid on time"),
    "30": Term("30", "30 days late"),
    "60": Term("60", "60 days late"),
    "90": Term("90", "90 days late"),
    "120": Term("120", "120 days late"),
    "150": Term("150", "150 days late"),
    "180": Term("180", "180 days late or more"),
    "CO": Term("CO", "charged off"),
    "COL": Term("C", "in collection"),
    "RPO": Term("RPO", "repossessed"),
    "VS": Term("VS", "given back voluntarily"),
    "FC": Term("FC", "foreclosed"),
    "BK": Term("BK", "in bankruptcy"),
    "ND": Term("·", "nothing reported"),
}
REPORT_SOURCES: Final = {
    "annual_free": Term("Free report from annualcreditreport.com"),
    "bureau": Term("From a bureau's own site or by mail"),
    "monitoring": Term("From a monitoring service (IdentityIQ, SmartCredit …)"),
    "other": Term("Somewhere else, or I don't know"),
}
LAYOUTS: Final = {
    "experian": Term("Experian report"),
    "equifax": Term("Equifax report"),
    "transunion": Term("TransUnion report"),
    "identityiq": Term("Three-bureau report, IdentityIQ style"),
    "smartcredit": Term("Three-bureau report, SmartCredit style"),
    "creditkarma": Term("Credit Karma report"),
}
FIELDS: Final = {
    "creditor_name": Term("Creditor", "Who reports this account."),
    "account_number": Term("Account number", "As printed, partly hidden."),
    "account_type": Term("Type"),
    "account_status": Term("Status"),
    "payment_status": Term("Payments now", "How the payments stand as of this report."),
    "responsibility": Term("Whose account"),
    "original_creditor": Term("Original creditor", "Who the debt was owed to before a collector got it."),
    "balance": Term("Balance"),
    "past_due": Term("Past due", "What should have been paid by now."),
    "credit_limit": Term("Credit limit"),
    "high_balance": Term("Highest balance"),
    "original_amount": Term("Original amount"),
    "monthly_payment": Term("Monthly payment"),
    "charge_off_amount": Term("Charged off", "What the lender wrote off."),
    "date_opened": Term("Opened"),
    "date_closed": Term("Closed"),
    "date_reported": Term("Reported", "When the creditor last sent news to the bureau."),
    "date_last_activity": Term("Last activity"),
    "date_last_payment": Term("Last payment"),
    "date_of_first_delinquency": Term(
        "First delinquency", "When the account first fell behind for good. The seven years count from here (FCRA §605)."
    ),
    "terms": Term("Terms"),
    "late_payments_30": Term("30 days late", "How many times."),
    "late_payments_60": Term("60 days late", "How many times."),
    "late_payments_90": Term("90 days late", "How many times."),
    "late_payments_120": Term("120+ days late", "How many times."),
    "disputed": Term("Disputed", "Whether the report says that you dispute it."),
    "remarks": Term("Remarks"),
    "comments": Term("Your note"),
    "bureau": Term("Bureau"),
    "is_negative": Term("Negative"),
    "payment_history": Term("Payment history"),
}
FINDINGS: Final = {
    "dofd_missing": Term("the first late date is missing"),
    "dofd_after_default": Term("the first late date is too late"),
    "balance_after_end": Term("money owed on an account that ended"),
    "past_due_while_current": Term("past due, and paid on time"),
    "dates_out_of_order": Term("dates that can't be"),
    "late_after_end": Term("late after the account had ended"),
    "too_old": Term("too old to be reported"),
    "same_debt_twice": Term("one debt, counted twice"),
    "bureaus_disagree": Term("the bureaus disagree"),
    "re_aged": Term("the first late date moved"),
    "reinserted": Term("gone, and back again"),
    "medical_policy": Term("a medical debt that bureaus leave out"),
    "lien_or_judgment": Term("a lien or judgment that bureaus leave out"),
    "record_too_old": Term("a public record that is too old"),
    "inquiry_too_old": Term("an inquiry older than two years"),
    "not_recognised": Term("you don't recognise this"),
    "name_not_yours": Term("a name that is not yours"),
    "address_not_yours": Term("an address that is not yours"),
    "identity_differs": Term("another person's birth or number"),
}
ITEM_KINDS: Final = {
    "account": Term("Account"),
    "inquiry": Term("Inquiry"),
    "personal_information": Term("Personal information"),
    "public_record": Term("Public record"),
}
OUTCOMES: Final = {
    "deleted": Result("Deleted", "It is off your report at this bureau.", "good", "✓"),
    "updated": Result("Updated", "It stays, with something about it changed.", "info", "✎"),
    "verified": Result("Verified", "It stays as it was: the bureau says that it was confirmed.", "quiet", "="),
    "blocked": Result("Blocked", "It is hidden as the result of identity theft.", "good", "✓"),
    "rejected_frivolous": Result(
        "Not investigated", "The bureau calls the dispute frivolous; it has to say why.", "bad", "✕"
    ),
    "needs_information": Result("Wants more information", "The bureau does nothing until it has it.", "warn", "!"),
    "under_investigation": Result("Still being investigated", "", "info", "◔"),
}
RESPONSE_KINDS: Final = {
    "results": Term("No result could be read", "The letter is a bureau's answer, but no result was found in it."),
    "identification_request": Term(
        "They ask who you are", "Nothing was investigated yet. Send the proof that the letter names, then they begin."
    ),
    "frivolous_notice": Term(
        "They call the dispute frivolous", "Nothing was investigated. The letter has to say why, and what is missing."
    ),
}
PERSONAL_KINDS: Final = {
    "name": Term("Name"),
    "other_name": Term("Other name", "A former name, or another spelling."),
    "current_address": Term("Current address"),
    "previous_address": Term("Earlier address"),
    "employer": Term("Employer"),
    "phone": Term("Telephone"),
    "date_of_birth": Term("Date of birth"),
    "ssn_last4": Term("Social security number"),
}
RECORD_STATUSES: Final = {
    "filed": Term("Still stands"),
    "discharged": Term("Discharged", "The court ended the debts."),
    "dismissed": Term("Dismissed", "The court closed the case."),
    "satisfied": Term("Paid or released"),
    "vacated": Term("Withdrawn or undone"),
}
ENTRIES: Final = {"inquiry": "Inquiry", "public_record": "Public record", "score": "Score"}
CHOICES: Final = {
    "account_type": ACCOUNT_TYPES,
    "account_status": ACCOUNT_STATUSES,
    "payment_status": PAYMENT_STATUSES,
    "responsibility": RESPONSIBILITIES,
}
_RULE_ORIGINS: Final = {
    "label": "read beside the label «{}»",
    "similar label": "read beside the label «{}», which we know in other words",
    "likely label": "read beside «{}», which we take for its label",
    "grid": "read from the column «{}»",
    "inferred": "worked out from the {}",
    "heading": "read from the heading",
    "column": "read from the column «{}»",
    "model": "named by {}, and found printed here",
}


def term(terms: dict[str, Term], code: str | None) -> Term:
    """The word for a code; the code itself, in plain letters, where a newer reader knows more than this page."""
    if not code:
        return Term("–")
    return terms.get(code) or Term(code.replace("_", " ").capitalize())


def rule_in_words(rule: str) -> str:
    """`label:Amount Past Due` as a phrase; other rules as they are."""
    origin, _, detail = rule.partition(":")
    phrase = _RULE_ORIGINS.get(origin)
    return phrase.format(detail) if phrase and (detail or "{}" not in phrase) else rule.replace("_", " ")
