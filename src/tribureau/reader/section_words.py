"""What a heading announces that no declaration has word for word: by its telling words, and nothing but such words.

A creditor's name may hold a telling word too (`COLLECTION BUREAU OF WEXLEY`), so what announces accounts or collections
must be made of common words only.
"""

import re
from functools import lru_cache
from typing import Final

_LONGEST: Final = 9
_TELLING: Final = tuple(
    (re.compile(pattern), section)
    for pattern, section in (
        (
            r"\b(?:soft|promotional|account review|consumer[- ]only) (?:inquir|requests)"
            r"|\b(?:inquir|requests|checks|companies).*\b(?:only (?:by |to |with )?you\b|n.?t (?:count|affect)"
            r"|not (?:count|affect))",
            "soft_inquiries",
        ),
        (
            r"\binquir(?:y|ies)\b|\brequests? (?:for|to see|viewed)\b|^(?:your )?credit checks?$"
            r"|\b(?:who|companies|lenders|businesses)\b.*\b(?:asked|requested|checked|viewed|accessed|looked|pulled)\b",
            "inquiries",
        ),
        (
            r"\bpublic (?:record|info|filing)|\bcourt (?:records?|filings?|judge?ments?)\b"
            r"|\bbankruptc(?:y|ies)$|\bjudge?ments?$|\bliens?$",
            "public_records",
        ),
        (r"\bcontacts?\b|^creditor addresses$", "contacts"),
        (
            r"\bpersonal (?:info|prof|details|data|identif)|\bidentif(?:ication|ying)\b|^(?:all )?about you$"
            r"|\bconsumer (?:info|identif|details|profile|data)|^your (?:details|profile|information|identity|data)$",
            "personal",
        ),
        (r"\bsummary\b|\bat a glance\b|\boverview\b|\bsnapshot\b", "summary"),
        (r"\bscores?\b", "scores"),
        (
            r"\b(?:consumer|personal) statements?|\byour rights|\bfraud alert|\bfile notices$|\bimportant messages\b"
            r"|\bhow to dispute\b|^glossary\b|^legend\b",
            "other",
        ),
    )
)
_COMMON_WORDS: Final = """
    a account accounts active adverse affect agencies agency agreed all and are as at auto bad been brought by card
    cards carry closed collection collections collector collectors continued credit current debt debts delinquent
    derogatory details due estate for from good handed have help history home hurt in information installment
    instalment is items late lines list listing loan loans may missed mortgage mortgages my need negative never of
    older on open opened order other over overdue owe owed paid party past payment payments placed positive potentially
    problem problems real reported reports revolving satisfactory score second seriously sent standing still student
    that the third to trade tradelines up utilities utility were with your you
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_COLLECTIONS: Final = re.compile(r"\bcollect(?:ions?|ors?)\b")
_ACCOUNTS: Final = re.compile(
    r"\baccounts?\b|\btrade ?lines?\b|\b(?:negative|positive|credit) (?:items|lines|history)\b"
    r"|\b(?:loans|cards|mortgages)$"
)


@lru_cache(maxsize=2048)
def section_of(text: str) -> str | None:
    """The part that a heading announces: accounts, collections, personal, scores, summary, inquiries, soft_inquiries,
    public_records, contacts or other; None for any other line."""
    words = re.findall(r"[a-z][a-z'’-]*", text.lower())
    if not words or len(words) > _LONGEST:
        return None
    plain = " ".join(words)
    told = next((section for pattern, section in _TELLING if pattern.search(plain)), None)
    if told or not _COMMON.issuperset(words):
        return told
    if _COLLECTIONS.search(plain):
        return "collections"
    return "accounts" if _ACCOUNTS.search(plain) else None
