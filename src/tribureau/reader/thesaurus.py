"""What a label means when no declaration has it word for word: its telling words, whatever their order and spelling.

`Acct No.`, `Opened on`, `Pmt Status` and `Amt overdue` say what `Account Number`, `Date Opened`, `Payment Status` and
`Past Due` say. Words are spelt out, those that only join are passed over, and what is left is looked up as a set.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

Sense = frozenset[str]

_SPELT: Final = {
    "account": "acct acc acnt a/c accounts tradeline",
    "number": "# no num nbr nr id identifier",
    "amount": "amt sum",
    "payment": "pmt pymt paymt pay pays paid payments installment instalment",
    "balance": "bal owe owed owes owing outstanding",
    "original": "orig originally originating initial borrowed financed",
    "high": "highest hi largest peak maximum max greatest most",
    "limit": "lmt lim ceiling",
    "credit": "cr",
    "opened": "opnd opening originated origination since started",
    "closed": "closing closure clsd",
    "reported": "report rptd reporting updated update upd verified furnished",
    "last": "latest recent lst",
    "activity": "active",
    "delinquency": "delinquent delinq delinqt delinquencies delq",
    "first": "1st",
    "type": "typ kind category sort",
    "status": "stat condition state standing stands rating",
    "charge off": "chargeoff chargedoff charged charge chg chgoff written writeoff writtenoff",
    "past due": "overdue pastdue arrears",
    "month": "months mo mos",
    "monthly": "scheduled sched minimum min",
    "creditor": "cred crdtr lender furnisher company",
    "owner": "resp responsibility liability ownership holder ecoa role designator relationship whose",
    "term": "trm trms terms duration length repayment repay",
    "remark": "rmk rmks remarks comment comments note notes narrative narratives",
    "date first delinquency": "dofd",
    "date last activity": "dla",
    "date last payment": "dlp",
    "placed": "assigned assignment placement",
}
"""Spellings by the word, or words, that they stand for."""
_WORD_OF: Final = {spelling: tuple(word.split()) for word, listed in _SPELT.items() for spelling in listed.split()}
_JOINING_WORDS: Final = """
    of the on for in or and & your you this that an was were is it to at by as with per each ever usd my has
"""
_JOINING: Final = frozenset(("", *_JOINING_WORDS.split()))
_PASSED_OVER: Final = frozenset(
    ["date", "dates", "dt", "amount", "account", "total", "current", "present", "info", "information", "loan"]
)
"""Words that tell little: a label is looked up with them first, and without them only where that says nothing."""
_PHRASES: Final = {
    ("most", "recent"): ("last",),
    ("most", "recently"): ("last",),
    ("per", "month"): ("monthly",),
    ("each", "month"): ("monthly",),
}

WORDINGS: Final = {
    "account_number": "Account Number|Account ID|Account Number Partial|Account Number Masked|Loan Number|Card Number"
    "|Number of Account",
    "creditor_name": "Furnisher|Lender|Creditor|Creditor Name|Company|Company Name|Account Name|Lender Name",
    "type_words": "Account Type|Loan Type|Type of Credit|Credit Type|Loan Category|Account Type Detail",
    "account_words": "Account Status|Account Condition|Account State|Condition",
    "payment_words": "Payment Status|Current Payment Status|Current Status|Payment Rating|Current Rating",
    "responsibility": "Responsibility|Liability|ECOA|ECOA Code|Account Owner|Account Holder|Responsibility Code"
    "|Your Responsibility|Your Role|Account Designator Code",
    "date_opened": "Date Opened|Opened Date|Open Date|Account Opened|Date Account Opened|Opened On|Open Since"
    "|Account Open Since|Month Opened|Placed For Collection|Date Placed",
    "balance": "Balance|Account Balance|Amount Owed|Current Balance|Balance Owed|Outstanding Balance|Unpaid Balance"
    "|Current Amount Owed|Balance Reported",
    "credit_limit": "Credit Limit|Limit|Credit Line|Line of Credit|Account Limit|Limit Amount",
    "limit_or_amount": "Credit Limit or Original Amount|Limit or Original Amount|Limit/Original Amount"
    "|Credit Limit or Loan Amount|Limit or Loan Amount|Limit/Loan Amount",
    "original_amount": "Original Amount|Original Balance|Original Loan Amount|Loan Amount|Amount Borrowed"
    "|Amount Financed|Original Debt|Original Debt Amount",
    "high_balance": "High Balance|High Credit|High Credit Amount|Most Owed",
    "monthly_payment": "Monthly Payment|Scheduled Payment|Payment Amount|Payment per Month|Monthly Payment Amount"
    "|Scheduled Monthly Payment|Installment Amount",
    "past_due": "Past Due|Past Due Amount|Amount Past Due|Past Due Balance|Delinquent Amount",
    "charge_off_amount": "Charge Off Amount|Amount Charged Off|Written Off|Amount Written Off|Charge Off Balance"
    "|Original Charge Off",
    "date_closed": "Date Closed|Closed Date|Close Date|Date Account Closed|Account Closed Date|Closed On",
    "date_reported": "Date Reported|Last Reported|Reported On|Date Last Reported|Last Reported Date|Date Verified"
    "|Last Verified|Balance Updated|Updated On|Reported As Of|Account Last Reported|Month Reported",
    "date_last_activity": "Date of Last Activity|Last Activity|Activity Date|Last Active",
    "date_last_payment": "Date of Last Payment|Last Payment|Last Payment Made|Last Payment Received|Date Last Paid",
    "date_of_first_delinquency": "Date of First Delinquency|First Delinquency|First Delinquency Date",
    "terms": "Terms|Term Length|Loan Term|Repayment Term|Number of Months|Months|Terms in Months|Terms Months"
    "|Account Terms|Number of Payments|Payment Terms",
    "original_creditor": "Original Creditor|Original Creditor Name|Original Lender|First Creditor|Debt Bought From"
    "|Creditor Original",
    "remarks": "Remarks|Notes|Account Remarks|Account Notes|Creditor Remarks|Bureau Remarks|Reported Remarks"
    "|Account Comments|Remarks Reported by Creditor|Status Remarks|Special Remarks|Additional Remarks",
    "late_totals": "Late Payments|Times Late|Days Late|Late Payment History Counts|Number of Times Late",
}
"""Wordings by the question that they answer, wherever they are printed; those that say nothing we keep are `IGNORED`
in the books. Of two questions with one sense the first has it."""

_SAID_OF_ACCOUNTS: Final = (frozenset({"payment"}), frozenset({"open"}), frozenset({"reported"}), frozenset({"month"}))
"""Words that a value says as well (`Open account`, `Paid account`), or that many labels have (`Total Months`): alone
they make no label."""


def is_spelling(word: str) -> bool:
    """Whether a word stands for another (`bal`, `no`), so that a full stop behind it ends no sentence."""
    return word in _WORD_OF or word in _PASSED_OVER


class Thesaurus:
    """Questions by the sense of their wordings, given with their words; of two with one sense the first has it."""

    def __init__(self, wordings: Sequence[tuple[tuple[str, ...], str]]) -> None:
        self._whole: dict[Sense, str] = {}
        self._telling: dict[Sense, str] = {}
        for words, question in wordings:
            if question or len(words) > 1:
                self._whole.setdefault(sense(words), question)
        for words, question in wordings:
            telling = sense(words) - _PASSED_OVER
            if telling and telling not in _SAID_OF_ACCOUNTS:
                self._telling.setdefault(telling, question)
        self._alone = {words for words, _ in wordings if len(words) == 1}

    def question(self, words: tuple[str, ...]) -> str | None:
        """The question of a label of these words; a single word must be listed itself, for it says many things."""
        if not words or (len(words) == 1 and words not in self._alone):
            return None
        found = sense(words)
        known = self._whole.get(found)
        return known if known is not None else self._telling.get(found - _PASSED_OVER)


@lru_cache(maxsize=8192)
def sense(words: tuple[str, ...]) -> Sense:
    """The words of a label, spelt out, in no order, without those that only join."""
    found: list[str] = []
    split = [part for word in words for part in word.split("/")]
    at = 0
    while at < len(split):
        phrase = _PHRASES.get((split[at], split[at + 1])) if at + 1 < len(split) else None
        found.extend(phrase or _WORD_OF.get(split[at], (split[at],)))
        at += 2 if phrase else 1
    return frozenset(found) - _JOINING
