"""The table of transitions as text: a mermaid diagram and the rows of a Markdown table, for docs/disputes.md."""

from collections import defaultdict
from typing import Final

from tribureau.domain.disputes.statuses import Actor
from tribureau.domain.disputes.transitions import TRANSITIONS, Transition

_START: Final = "[*]"


def diagram() -> str:
    """A mermaid state diagram; each arrow names who may take the step."""
    lines = [f"  {one.previous or _START} --> {one.new}: {_who(one)}" for one in TRANSITIONS]
    return "\n".join(["stateDiagram-v2", *lines])


def table() -> str:
    """One row for each reason: from where, to where, by whom, why."""
    rows: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in TRANSITIONS:
        rows[str(one.previous or "(nothing)"), _who(one), one.why].append(str(one.new))
    body = [f"| {previous} | {', '.join(new)} | {who} | {why} |" for (previous, who, why), new in rows.items()]
    return "\n".join(["| From | To | By | Why |", "|---|---|---|---|", *body])


def _who(one: Transition) -> str:
    return " or ".join(actor for actor in Actor if actor in one.by)
