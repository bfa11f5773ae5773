"""Full account numbers and SSNs, wherever they turn up in a report's text, are cut down before they are stored."""

import re
from typing import Final

_SPACE: Final = r" \t\u00a0\u2000-\u200a\u202f\u3000"
_DASH: Final = r"\-\u2010-\u2015\u2212"
_NO_WIDTH: Final = r"[\u00ad\u200b-\u200d\u2060\ufeff]*"
"""What a text layer may put between digits and nobody sees."""
_GAP: Final = rf"{_NO_WIDTH}(?:[{_SPACE}{_DASH}]{_NO_WIDTH})?"
_WIDE_GAP: Final = rf"{_NO_WIDTH}[{_SPACE}]{{0,3}}[{_SPACE}{_DASH}./_]{_NO_WIDTH}[{_SPACE}]{{0,3}}"
"""Only inside a number's own grouping: elsewhere a dot belongs to an amount, a slash to a date."""

_SSN: Final = rf"(?<!\d)\d{{3}}{_WIDE_GAP}\d{{2}}{_WIDE_GAP}\d{{4}}(?!\d)"
_IN_FOURS: Final = rf"(?<!\d)(?!(?:19|20)\d\d[{_SPACE}]*[./])\d{{4}}(?:{_WIDE_GAP}\d{{4}}){{2,}}(?!\d)"
"""Years between slashes are no number."""

_LONG_NUMBER: Final = re.compile(rf"(?:{_SSN}|{_IN_FOURS}|\d(?:{_GAP}\d){{8,}})(?P<mask>[*xX•#.]{{2,}})?")
_SHOWN_BEFORE_A_MASK: Final = 8
_SHOWN_AT_THE_END: Final = 4


def masked(text: str) -> str:
    """`text` with each run of nine digits or more hidden but for its last four, whatever stands between its groups.

    Where a mask follows (`431196001234****`) the last digits shown are not the number's last: its first eight stay.
    """
    return _LONG_NUMBER.sub(_hide, text)


def _hide(run: re.Match[str]) -> str:
    mask = run["mask"] or ""
    digits = "".join(filter(str.isdigit, run.group().removesuffix(mask)))
    if mask:
        return digits[:_SHOWN_BEFORE_A_MASK] + "*" * (len(digits) - _SHOWN_BEFORE_A_MASK) + mask
    return "*" * (len(digits) - _SHOWN_AT_THE_END) + digits[-_SHOWN_AT_THE_END:]
