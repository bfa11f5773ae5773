"""What must not leave the machine is hidden in a report's text: SSN, date of birth, account numbers printed in full.

Each hidden character becomes one `*`, so that a text keeps its length and what is said about it can be looked up.
Too much hidden costs a value; too little costs a secret. Where in doubt it is hidden.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

HIDDEN: Final = "*"
_LINES_BELOW_A_LABEL: Final = 3
_LAST_SHOWN: Final = 4
_FIRST_SHOWN: Final = 8
"""So many digits are kept before a mask: a number that is masked so is no full one."""

_MISREAD: Final = str.maketrans("OoQDIl|SsBZz", "000011155822")
"""Letters that an engine reads where digits stand."""
_MOSTLY_DIGITS: Final = re.compile(r"\S*\d\S*\d\S*\d\S*")
_MASK: Final = r"[*•●xX#]"

_SSN: Final = re.compile(r"(?<![\d*])\d{3}[-–. ]?\d{2}[-–. ]?\d{4}(?!\d)")
_SSN_MASKED: Final = re.compile(rf"{_MASK}{{3}}[-–. ]{_MASK}{{2}}[-–. ]?(\d{{4}})(?!\d)")
_SSN_LABEL: Final = re.compile(r"\bs\.?s\.?n\b|social\s*sec|\bsoc\.?\s*sec", re.IGNORECASE)
_BIRTH_LABEL: Final = re.compile(r"birth|\bborn\b|\bd\.?\s?o\.?\s?b\b", re.IGNORECASE)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE: Final = re.compile(
    rf"{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}[\s-]{_MONTH}[\s,-]+\d{{4}}|{_MONTH}[\s,/-]*\d{{4}}"
    r"|\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:19|20)\d{2}",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"(?<!\$)(?<![\d,])\d{3,}")
_DIGITS: Final = re.compile(r"(?<!\$)(?<![\d,.$])\d+")

_LONG: Final = re.compile(rf"(?:(?=(?:\d{{1,3}}[ -])*\d{{4}})\d(?:[ -]?\d){{8,}}|\d{{7,}})(?P<mask>\s?{_MASK}{{2,}})?")
"""Nine digits or more with one group of four among them (three columns of months are no number), or seven in a row."""
_YEARS: Final = re.compile(r"(?:19|20)\d{2}(?:[ -](?:19|20)\d{2})+")
_MIXED: Final = re.compile(r"\b(?=(?:[A-Z]*\d){5})(?=\d*[A-Z])(?!\w*XX)[A-Z\d]{8,}\b")
_LABELLED: Final = re.compile(
    r"\bac(?:coun|c)t\.?\s*(?:number|num|no\.?|#|id)\s*[:#]?\s*(?P<number>(?=[\w-]*\d)(?!\w*[xX*]{2})[A-Za-z\d-]{5,})",
    re.IGNORECASE,
)

_Span = tuple[int, int]


def redacted(lines: Sequence[str]) -> list[str]:
    """The lines of one page with every secret hidden, each as long as it was; to be given in reading order."""
    as_digits = [_MOSTLY_DIGITS.sub(lambda token: token.group().translate(_MISREAD), line) for line in lines]
    born = {date for line in lines if (date := _birth_date(line))}
    return [
        _hide(line, [*_secrets(digits), *_below_labels(lines, as_digits, at), *_known(line, born)])
        for at, (line, digits) in enumerate(zip(lines, as_digits, strict=True))
    ]


def _hide(line: str, spans: Sequence[_Span]) -> str:
    letters = list(line)
    for start, end in spans:
        letters[start:end] = [HIDDEN if letter.isalnum() else letter for letter in letters[start:end]]
    return "".join(letters)


def _secrets(line: str) -> Iterator[_Span]:
    """Numbers that are secret whatever stands beside them."""
    yield from (found.span() for found in _SSN.finditer(line))
    yield from (found.span(1) for found in _SSN_MASKED.finditer(line))
    for found in _LONG.finditer(line):
        if not _YEARS.fullmatch(found.group().strip()):
            yield _all_but_what_a_mask_shows(found)
    for found in (*_MIXED.finditer(line), *_LABELLED.finditer(line)):
        start, end = found.span("number") if "number" in found.re.groupindex else found.span()
        yield start, end - _LAST_SHOWN


def _all_but_what_a_mask_shows(run: re.Match[str]) -> _Span:
    mask = run["mask"] or ""
    start, end = run.start(), run.end() - len(mask)
    if not mask:
        return start, _nth_digit(run.group(), -_LAST_SHOWN) + start
    digits = sum(letter.isdigit() for letter in run.string[start:end])
    return (end, end) if digits <= _FIRST_SHOWN else (start + _nth_digit(run.group(), _FIRST_SHOWN), end)


def _nth_digit(text: str, number: int) -> int:
    """Where the digit of that number stands, counted as list indices are."""
    return [at for at, letter in enumerate(text) if letter.isdigit()][number]


def _below_labels(lines: Sequence[str], as_digits: Sequence[str], at: int) -> Iterator[_Span]:
    """What stands on a line that names an SSN or a birth, or in the lines below it."""
    above = lines[max(0, at - _LINES_BELOW_A_LABEL) : at]
    if _SSN_LABEL.search(lines[at]) or _BIRTH_LABEL.search(lines[at]):
        yield from (found.span() for found in (*_DIGITS.finditer(as_digits[at]), *_DATE.finditer(lines[at])))
    if any(_SSN_LABEL.search(line) for line in above):
        yield from (found.span() for found in _NUMBERS.finditer(as_digits[at]))
    if any(_BIRTH_LABEL.search(line) for line in above):
        yield from (found.span() for found in _DATE.finditer(lines[at]))


def _birth_date(line: str) -> str | None:
    """The full date printed right after a label of birth; it may stand elsewhere on the page without one."""
    label = _BIRTH_LABEL.search(line)
    found = _DATE.search(line, label.end()) if label else None
    return found.group() if found and len(found.group()) > len("1980-01") else None


def _known(line: str, dates: set[str]) -> Iterator[_Span]:
    for date in dates:
        yield from (found.span() for found in re.finditer(re.escape(date), line))
