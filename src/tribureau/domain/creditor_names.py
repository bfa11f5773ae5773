"""Furnishers write their names short, and each bureau shortens in its own way: how alike two names are."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

_BRANDS: Final = {
    "AMEX": "AMERICAN EXPRESS",
    "BARCLAYS BK": "BARCLAYS",
    "BK OF AMER": "BANK OF AMERICA",
    "BK OF AMERICA": "BANK OF AMERICA",
    "BOA": "BANK OF AMERICA",
    "BOFA": "BANK OF AMERICA",
    "CAP ONE": "CAPITAL ONE",
    "CAP1": "CAPITAL ONE",
    "CBNA": "CITIBANK",
    "CITICARDS": "CITIBANK",
    "JPMCB": "JPMORGAN CHASE",
    "CHASE": "JPMORGAN CHASE",
    "SYNCB": "SYNCHRONY",
    "THD": "HOME DEPOT",
    "USDOE": "DEPARTMENT EDUCATION",
    "WF": "WELLS FARGO",
    "WFBNA": "WELLS FARGO",
    "DISCOVERFIN": "DISCOVER",
}
_SHORT_WORDS: Final = {
    "ACCEPT": "ACCEPTANCE", "ADJ": "ADJUSTMENT", "AMER": "AMERICA", "AMERICAN": "AMERICA", "ASSET": "ASSETS",
    "ASSOC": "ASSOCIATES", "BK": "BANK", "BNK": "BANK", "BUR": "BUREAU", "CAP": "CAPITAL", "CMNTY": "COMMUNITY",
    "COLL": "COLLECTION", "COLLECTIONS": "COLLECTION", "COMM": "COMMUNITY", "CR": "CREDIT", "CRD": "CARD",
    "CRDT": "CREDIT", "CU": "CREDIT UNION", "DEPT": "DEPARTMENT", "ED": "EDUCATION", "EDUC": "EDUCATION",
    "FCU": "FEDERAL CREDIT UNION", "FED": "FEDERAL", "FIN": "FINANCIAL", "FINANCE": "FINANCIAL", "FINL": "FINANCIAL",
    "FNCL": "FINANCIAL", "FNDG": "FUNDING", "FST": "FIRST", "GRP": "GROUP", "HOSP": "HOSPITAL", "INS": "INSURANCE",
    "INTL": "INTERNATIONAL", "LN": "LOAN", "LNS": "LOAN", "LOANS": "LOAN", "MED": "MEDICAL", "MGMT": "MANAGEMENT",
    "MGT": "MANAGEMENT", "MTG": "MORTGAGE", "MTGE": "MORTGAGE", "NATL": "NATIONAL", "NAT": "NATIONAL",
    "REC": "RECOVERY", "RECOV": "RECOVERY", "SVC": "SERVICES", "SVCS": "SERVICES", "SERV": "SERVICES",
    "SERVICE": "SERVICES", "SERVICING": "SERVICES", "SVG": "SAVINGS", "SYS": "SYSTEMS", "UN": "UNION",
    "UNIV": "UNIVERSITY", "CARDS": "CARD",
}  # fmt: skip
_NO_DISTINCTION: Final = frozenset({
    "THE", "OF", "AND", "A", "NA", "N", "USA", "US", "INC", "LLC", "LLP", "LP", "CORP", "CORPORATION", "CO", "COMPANY",
    "LTD", "FSB", "SSB", "PLC", "BANK", "CARD", "CREDITCARD",
})  # fmt: skip
_DOING_BUSINESS_AS: Final = re.compile(r"\b(?:D/?B/?A|C/O|FKA|F/K/A)\b.*")


@lru_cache(maxsize=8192)
def canonical_creditor(name: str) -> str:
    """Capitals without accents, punctuation, legal form and shortenings; empty for a name of nothing else."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    plain = _DOING_BUSINESS_AS.sub("", plain) or plain
    plain = re.sub(r"[.']", "", plain)
    words = " ".join(re.sub(r"[^A-Z0-9]+", " ", plain).split())
    for short, whole in _BRANDS.items():
        words = re.sub(rf"\b{short}\b", whole, words)
    long_words = " ".join(_SHORT_WORDS.get(word, word) for word in words.split()).split()
    telling = [word for word in dict.fromkeys(long_words) if word not in _NO_DISTINCTION]
    return " ".join(telling or long_words)


@lru_cache(maxsize=65536)
def creditor_likeness(one: str, other: str) -> float:
    """0..1 for two canonical names; 1 for the same words, and words cut short count by what is left of them."""
    if one == other:
        return 1.0 if one else 0.0
    squeezed_one, squeezed_other = one.replace(" ", ""), other.replace(" ", "")
    if squeezed_one == squeezed_other:
        return 1.0
    short, long = sorted((one.split(), other.split()), key=lambda words: (len(words), words))
    if short and all(_begins_alike(a, b) for a, b in zip(short, long, strict=False)):
        return 0.95 if len(short) == len(long) else 0.9 if len("".join(short)) >= 6 else 0.7
    first, second = sorted((squeezed_one, squeezed_other))
    return round(SequenceMatcher(a=first, b=second, autojunk=False).ratio() * 0.95, 4)


def _begins_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 3 and long.startswith(short))
