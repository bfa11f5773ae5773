"""Forms with brackets, as both vendors take them: `to[name]`, `line_items[0][quantity]`."""

import re
from collections.abc import Iterable
from typing import Any


def unfolded(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The form as nested objects and lists; a name without brackets as it is."""
    whole: dict[str, Any] = {}
    for name, value in pairs:
        first, *inner = [part for part in re.split(r"[\[\]]+", name) if part] or [name]
        at = whole
        steps = [first, *inner]
        for step in steps[:-1]:
            at = at.setdefault(step, {})
        at[steps[-1]] = value
    return {name: _lists(value) for name, value in whole.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(part) for name, part in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
