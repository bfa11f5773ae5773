"""Full account numbers and SSNs, wherever they turn up in a report's text, are cut down before they are stored."""

import re
from typing import Final

_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){8,}(?P<mask>[*xX•#.]{2,})?")
_SHOWN_BEFORE_A_MASK: Final = 8
_SHOWN_AT_THE_END: Final = 4


def masked(text: str) -> str:
    """`text` with each run of nine digits or more hidden but for its last four.

    Where a mask follows (`431196001234****`) the last digits shown are not the number's last: its first eight stay.
    """
    return _LONG_NUMBER.sub(_hide, text)


def _hide(run: re.Match[str]) -> str:
    mask = run["mask"] or ""
    digits = re.sub(r"[ -]", "", run.group().removesuffix(mask))
    if mask:
        return digits[:_SHOWN_BEFORE_A_MASK] + "*" * (len(digits) - _SHOWN_BEFORE_A_MASK) + mask
    return "*" * (len(digits) - _SHOWN_AT_THE_END) + digits[-_SHOWN_AT_THE_END:]
