"""The words that bureaus and their resellers print, and what each means in the canonical record.

One table per kind of word, read from the top: the first pattern found in the text decides. Patterns meet the text in
lower case with underscores as blanks. Sources: the bureaus' own legends, and Metro 2's account types, ECOA codes and
payment history profile, which stand behind them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tribureau.domain.tradelines import AccountType, MonthCode, Responsibility


def plain(text: str | None) -> str:
    """Lower case, underscores, curly quotes and brackets evened out, single blanks."""
    even = (text or "").lower().replace("_", " ").replace("’", "'").replace("–", "-").replace("—", "-")
    return " ".join(even.translate({ord("<"): " ", ord(">"): " "}).split())


_ACCOUNT_TYPES: Final = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"collection|debt (?:buyer|purchaser)|factoring|medical debt|returned check", AccountType.COLLECTION),
        (r"home ?equity|\bheloc\b|equity line|second mortgage", AccountType.HOME_EQUITY),
        (r"student|education", AccountType.STUDENT_LOAN),
        (
            r"mortgage|\bmtge?\b|real estate|\bfha\b|\bva (?:loan|real)|manufactured hous|mobile home",
            AccountType.MORTGAGE,
        ),
        (r"\bauto|vehicle|motorcycle|\bcar loan", AccountType.AUTO_LOAN),
        (
            r"utilit|telecom|cellular|wireless|phone|cable|internet service|\bwater\b|electric|\bgas company",
            AccountType.UTILITY,
        ),
        (
            r"(?:credit|charge|secured|retail|store|gas|business|bank|spending) ?cards?\b|credit ?card|bankcard"
            r"|charge account|department store|revolving charge",
            AccountType.CREDIT_CARD,
        ),
        (
            r"unsecured|personal|note loan|installment (?:loan|sales)|signature|consolidation|line of credit|secured"
            r"|consumer loan|household goods|recreational|boat|payday|deposit related|check credit|finance compan",
            AccountType.PERSONAL_LOAN,
        ),
    )
)
_PORTFOLIO_TYPES: Final = (
    (re.compile(r"revolving"), AccountType.CREDIT_CARD),
    (re.compile(r"instal?lment"), AccountType.PERSONAL_LOAN),
)


def account_type(*wordings: str | None) -> AccountType | None:
    """The kind of account, from the most telling wording to the least (detail, type, business of the creditor).

    The portfolio words `Revolving` and `Installment` decide only where nothing better is printed; `Open` and a rental
    account fit no type.
    """
    texts = [plain(words) for words in wordings if words]
    return _first(_ACCOUNT_TYPES, texts) or _first(_PORTFOLIO_TYPES, texts)


def _first(table: tuple[tuple[re.Pattern[str], AccountType], ...], texts: Iterable[str]) -> AccountType | None:
    for text in texts:
        for pattern, kind in table:
            if pattern.search(text):
                return kind
    return None


_RESPONSIBILITIES: Final = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"authori[sz]ed", Responsibility.AUTHORIZED_USER),
        (r"co-? ?(?:signer|maker|obligor)|cosign|comaker|participa|guarantor", Responsibility.COSIGNER),
        (r"joint|co-? ?borrower|shared", Responsibility.JOINT),
        (r"individual|\bsingle\b|\bmaker\b|primary|\bself\b|sole\b|\bborrower\b", Responsibility.INDIVIDUAL),
    )
)


@lru_cache(maxsize=256)
def responsibility(printed: str | None) -> Responsibility | None:
    """The ECOA relation; `Terminated` and `Undesignated` name none."""
    text = plain(printed)
    return next((role for pattern, role in _RESPONSIBILITIES if pattern.search(text)), None)


_DISPUTE: Final = re.compile(
    r"disput|\bdisp\b|consumer disagrees|\bfcba\b|fair credit (?:reporting|billing) act|under investigation"
)
_NO_DISPUTE: Final = re.compile(
    r"\b(?:not|never|no|none|isn't)\b(?: \w+){0,2} disput|not in dispute|dispute:? (?:no|none)\b"
)


@lru_cache(maxsize=1024)
def is_dispute(printed: str | None) -> bool:
    """Whether the words speak of a dispute by the consumer, open or resolved; `Account not disputed` does not."""
    text = plain(printed)
    return bool(_DISPUTE.search(text)) and not _NO_DISPUTE.search(text)


PAYMENT_PLAN: Final = "PP"
"""The resellers' code for a month of a repayment plan; whether it is a bankruptcy's plan, the account's status says."""

_MONTH_CODES: Final[dict[str, MonthCode]] = {
    **{code.value: code for code in MonthCode},
    **dict.fromkeys(("✓", "✔", "●", "CUR", "CURR", "CURRENT", "PAID", "ON TIME", "PAID ON TIME", "0"), MonthCode.OK),
    "150+": MonthCode.LATE_150,
    "180+": MonthCode.LATE_180,
    "120+": MonthCode.LATE_120,
    **dict.fromkeys(("C/O", "CHARGE OFF", "CHARGE-OFF", "CHARGED OFF"), MonthCode.CHARGE_OFF),
    **dict.fromkeys(("C", "CLN", "COLL", "COLLECTION", "G", "IC", "D"), MonthCode.COLLECTION),
    **dict.fromkeys(("R", "RP", "RF", "REPO", "REPOSSESSION"), MonthCode.REPOSSESSION),
    **dict.fromkeys(("V", "VOLUNTARY SURRENDER"), MonthCode.VOLUNTARY_SURRENDER),
    **dict.fromkeys(("F", "FS", "FORECLOSURE"), MonthCode.FORECLOSURE),
    **dict.fromkeys(("B", "BKR", "BANKRUPTCY"), MonthCode.BANKRUPTCY),
    **dict.fromkeys(
        ("", "-", "--", "---", "–", "—", "N/R", "NR", "N/A", "NA", "X", "TN", "U", "CLS", "PBC", "NO DATA", "UNKNOWN"),
        MonthCode.NO_DATA,
    ),
}
"""`CLS` closed and `PBC` paid by creditor rate no month; a government (`G`) or insurance (`IC`) claim and a default
(`D`) are debts handed on for collection; `RF` is the resellers' one code for repossession and foreclosure."""


@lru_cache(maxsize=512)
def month_code(printed: str | None) -> MonthCode | None:
    """The code of one month's cell; None where the cell holds something else (an amount, a stray word)."""
    text = " ".join((printed or "").strip("<> \t.").upper().split())
    return _MONTH_CODES.get(text) or _MONTH_CODES.get(text.removesuffix(" DAYS").removesuffix(" DAYS LATE"))
