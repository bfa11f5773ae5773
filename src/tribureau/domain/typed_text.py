"""What a person types, without the characters that nobody sees and that change what is read or printed."""

import re
from typing import Final

_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and line feed, and those that turn the direction of the text around (UAX 9)."""


def without_controls(text: str) -> str:
    """`text` with line feeds as its only line ends, and without control characters and directional overrides."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
