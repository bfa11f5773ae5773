"""Pages by position, not by offset: `next` of one answer is `after` of the following call."""

import base64
import json
from collections.abc import Callable
from typing import Any

from tribureau.domain.errors import InvalidInput


def cursor(*position: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(position, default=str).encode()).decode().rstrip("=")


def position(after: str | None, *kinds: Callable[[str], Any]) -> list[Any]:
    """The values that `cursor` was given, each through its `kind`; as many None where the first page is asked for."""
    if after is None:
        return [None] * len(kinds)
    try:
        values = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        return [kind(str(value)) for kind, value in zip(kinds, values, strict=True)]
    except (ValueError, TypeError, RecursionError):
        raise InvalidInput(
            "This is not a place to go on from.", hint="Send the `next` of an earlier answer as `after`."
        ) from None
