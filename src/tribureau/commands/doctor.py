"""`doctor`: what is off, and how to mend it."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from tribureau.diagnosis import Finding


def doctor() -> None:
    """Check every setting and everything Tribureau depends on; say what is off and how to mend it."""
    from rich.console import Console

    from tribureau.diagnosis import State, examine
    from tribureau.logs import write_logs
    from tribureau.settings import Settings

    settings = Settings()
    write_logs("error", as_json=False)
    console = Console(highlight=False, soft_wrap=True)
    found = []
    for finding in examine(settings):
        console.print(_line(finding))
        found.append(finding)
    wrong = sum(finding.state is State.OFF for finding in found)
    console.print(f"\n{wrong} to mend." if wrong else "\nAll that Tribureau needs is there.")
    sys.exit(1 if wrong else 0)


def _line(finding: "Finding") -> "Text":
    from rich.text import Text

    from tribureau.diagnosis import State

    sign, colour = {State.GOOD: ("ok  ", "green"), State.NOTE: ("note", "yellow"), State.OFF: ("OFF ", "bold red")}[
        finding.state
    ]
    mend = f"\n       {'':<15} {finding.mend}" if finding.mend else ""
    return Text.assemble((sign, colour), f"   {finding.part:<15} {finding.words}", (mend, "italic"))
