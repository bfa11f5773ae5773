"""Text that a narrow column cut into lines, as one text again; a word that was cut in its middle becomes whole."""

import re
from collections.abc import Sequence
from typing import Final

_PRINTED: Final = """
    a account accounts acct agency agreed agreement airline amount and as at attorney auto automobile bad balance
    bank bankruptcy bankcard bill billing by card cards chapter charge charged chargeoff close closed closing
    collection collections company conditional consumer consumers consumr contract conventional corporate cosigner
    could credit creditor current customer date days dealer debt deed defaulted deferred deferment delinquent
    department derogatory deposit disagrees discharged dispute disputed disputes due education educational equity
    estate fair filed finance first for forbearance foreclosure foreclosed from full government grantor guarantor
    health home house in included individual information inquiry installment institution insurance investigation is
    item joint judgment know late lease legally lender lending less line litigation loan loans lost maker managed
    manual medical meets modified month monthly months mortgage natural never no none not note of off office on open
    or original other over own owner paid participant partial past pay paying payment payments pays personal
    petition placed plan profit programs property purchased real reaffirmed redeemed refinanced released remark
    remarks rental repossession reported reporting request requirement requirements resolved retail returned
    revolving satisfied secured seller serviced settled settlement signature sold started status stolen student
    surrender suspended tax telecommunications term terminated than the this to transferred under undesignated
    unpaid unsecured user utility variable vehicle voluntarily voluntary was with write written year
"""
_WORDS: Final = frozenset(_PRINTED.split())
_LAST: Final = re.compile(r"[A-Za-z/\-]+$")
_FIRST: Final = re.compile(r"^[A-Za-z/\-]+")
_AMOUNT_BEGUN: Final = re.compile(r"\$[\d,]*$")
_AMOUNT: Final = re.compile(r"\$(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d)?")
_DATE_BEGUN: Final = re.compile(r"(?<!\d)\d{1,2}/(?:\d{1,2}/\d{0,3}|\d?)$")
_DATE: Final = re.compile(r"\d{1,2}/(?:\d{1,2}/)?(?:\d{4}|\d\d)")


def rejoined(lines: Sequence[str]) -> str:
    """The lines with a blank between them, or with none where a line's end and the next one's start make one word.

    Two pieces make a word when together they are one that reports print and at least one of them alone is none. So do
    two pieces of an amount or a date; what stands under a whole amount is another value.
    """
    text = ""
    for line in lines:
        text = f"{text}{'' if not text or _is_cut(text, line) else ' '}{line}"
    return text


def _is_cut(above: str, below: str) -> bool:
    if _is_cut_number(above, below):
        return True
    end, start = _LAST.search(above), _FIRST.search(below.lstrip(">"))
    if end is None or start is None:
        return False
    left, right = end.group().lower(), start.group().lower()
    if left.endswith("-") and len(left) > 1 and below[:1].islower():
        return True
    pieces = [piece for piece in re.split(r"[/\-]", left + right) if piece]
    whole = bool(pieces) and all(piece in _WORDS for piece in pieces)
    alone = all(piece in _WORDS for part in (left, right) for piece in re.split(r"[/\-]", part) if piece)
    return whole and not alone


def _is_cut_number(above: str, below: str) -> bool:
    amount = _AMOUNT_BEGUN.search(above)
    if amount and _AMOUNT.fullmatch(amount.group() + below):
        return below[0] in ",." or not _AMOUNT.fullmatch(amount.group())
    date = _DATE_BEGUN.search(above)
    return bool(date and _DATE.fullmatch(date.group() + below))
