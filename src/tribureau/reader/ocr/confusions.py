"""What engines commonly mistake, put right only where the type of a field leaves no other reading.

Every correction is a guess from shape: whoever takes it lowers the confidence.
"""

import re
from collections.abc import Callable
from typing import Final

from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS

_DIGIT_FOR: Final = str.maketrans("OoQDlI|!iZzSsGB", "000011111225568")
_LOOKALIKE: Final = r"[\dOoQDlI|!iZzSsGB]"
_AMOUNT: Final = re.compile(rf"(?P<dollar>[$Ss§]?)(?P<whole>{_LOOKALIKE}{{1,3}}(?:[,.]\s?{_LOOKALIKE}{{3}})*|"
                            rf"{_LOOKALIKE}+)(?P<cents>\.{_LOOKALIKE}{{2}})?")  # fmt: skip
_NUMERIC_DATE: Final = re.compile(
    rf"({_LOOKALIKE}{{1,2}})([/.\-])({_LOOKALIKE}{{1,2}})\2({_LOOKALIKE}{{4}}|{_LOOKALIKE}{{2}})"
)
_MONTH_DATE: Final = re.compile(rf"({_LOOKALIKE}{{1,2}})([/\-])({_LOOKALIKE}{{4}})")
_ONES_FOR_SLASHES: Final = re.compile(
    r"(?P<month>0?[1-9]|1[0-2])[1lI|/](?P<day>0?[1-9]|[12]\d|3[01])[1lI|/](?P<year>(?:19|20)\d\d)"
)
_NAMED_DATE: Final = re.compile(
    rf"(?P<name>[A-Za-z0|][a-z]{{1,8}}[a-z1|]?)[.,]?\s*(?:(?P<day>{_LOOKALIKE}{{1,2}})[.,;]?\s*)?(?P<year>{_LOOKALIKE}{{4}})"
)
MONTH_MISREAD: Final = {
    "0ct": "Oct", "0ctober": "October", "0ec": "Dec", "5ep": "Sep", "|an": "Jan", "lan": "Jan", "Ju1": "Jul",
    "Ju|": "Jul", "Jui": "Jul", "Juf": "Jul", "Apt": "Apr", "Maf": "Mar", "Mat": "Mar", "0ecember": "December",
    "dul": "Jul", "dun": "Jun",
}  # fmt: skip
_MASKING: Final = r"*+«»”“\"'°•·#¢"
_MASK_RUN: Final = re.compile(rf"[{re.escape(_MASKING)}]*\*[{re.escape(_MASKING)}]*|[{re.escape(_MASKING)}]{{3,}}")
_ONE_ASTERISK: Final = re.compile(r"^[^\w\s(]\s?(?=\d{3,4}$)")
_DIGITS_BESIDE_MASK: Final = re.compile(rf"^{_LOOKALIKE}{{4,}}(?=[*xX]|$)|(?<=[*xX]){_LOOKALIKE}{{4}}$")
_SLASHED_COUNTS: Final = re.compile(rf"{_LOOKALIKE}{{1,2}}(?:/{_LOOKALIKE}{{1,2}}){{2,3}}")

Correction = Callable[[str], str]


def as_money(printed: str) -> str:
    """`S1,4B9` as `$1,489`, `$1.489` and `$1, 489` too; anything that is no amount otherwise as it is."""
    text = printed.strip()
    found = _AMOUNT.fullmatch(text)
    if not found or not (found["dollar"] == "$" or any(c.isdigit() for c in found["whole"])):
        return printed
    whole = re.sub(r"[,.]\s?", ",", found["whole"]).translate(_DIGIT_FOR)
    dollar = "$" if found["dollar"] else ""
    return f"{dollar}{whole}{(found['cents'] or '').translate(_DIGIT_FOR)}"


def as_date(printed: str) -> str:
    """`O1/12/2O24` as `01/12/2024`, `412712024` as `4/27/2024`, `0ct 5.2023` as `Oct 5, 2023`."""
    text = printed.strip()
    for shape in (_NUMERIC_DATE, _MONTH_DATE):
        if shape.fullmatch(text):
            return text.translate(_DIGIT_FOR)
    slashed = _ONES_FOR_SLASHES.fullmatch(text)
    if slashed:
        return "/".join(slashed.group("month", "day", "year"))
    named = _NAMED_DATE.fullmatch(text)
    if not named:
        return printed
    name = MONTH_MISREAD.get(named["name"], named["name"])
    day = f" {named['day'].translate(_DIGIT_FOR)}," if named["day"] else ""
    return f"{name}{day} {named['year'].translate(_DIGIT_FOR)}"


def as_account_number(printed: str) -> str:
    """Runs of marks around an asterisk as asterisks; letters among four or more digits beside a mask as digits."""
    masked = _MASK_RUN.sub(lambda run: "*" * len(run.group()), printed.strip())
    masked = _ONE_ASTERISK.sub("*", masked)
    return _DIGITS_BESIDE_MASK.sub(_mostly_digits, masked)


def as_counts(printed: str) -> str:
    """`l/O/2` as `1/0/2`, a lone `O` as `0`."""
    text = printed.strip()
    return text.translate(_DIGIT_FOR) if _SLASHED_COUNTS.fullmatch(text) or len(text) == 1 else printed


def _mostly_digits(run: re.Match[str]) -> str:
    text = run.group()
    return text.translate(_DIGIT_FOR) if sum(c.isdigit() for c in text) >= len(text) - 1 else text


CORRECTIONS: Final[dict[str, Correction]] = {
    **dict.fromkeys((*MONEY_FIELDS, "limit_or_amount"), as_money),
    **dict.fromkeys(DATE_FIELDS, as_date),
    "account_number": as_account_number,
    **dict.fromkeys(("late_payments_30", "late_payments_60", "late_payments_90", "late_payments_120"), as_counts),
    "late_totals": as_counts,
}
"""By the question that a printed value answers."""
