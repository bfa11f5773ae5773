"""Bureaus' answers as read, as tables for people."""

from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_KINDS: Final = {
    "results": "no result could be read",
    "identification_request": "asks who you are; nothing was investigated yet",
    "frivolous_notice": "calls the dispute frivolous",
}


def print_answer(console: Console, response: dict[str, Any], notes: list[str]) -> None:
    day = f", {response['letter_date']}" if response["letter_date"] else ""
    title = f"{response['file']} (an answer from {response['bureau'] or 'a bureau'}{day})"
    if response["items"]:
        console.print(_table(title, response["items"]))
        console.print(Text(f"{len(response['items'])} results. Compare them with the letter.", style="dim"))
    else:
        console.print(Text(f"{title}: {_KINDS[response['kind']]}"))
    for note in notes:
        console.print(Text(note, style="dim"))
    console.print()


def _table(title: str, items: list[dict[str, Any]]) -> Table:
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Item", "Number", "Outcome", "In its words", "Changed"):
        table.add_column(name, no_wrap=name in ("Item", "Number"))
    for item in items:
        changes = "; ".join(_change(change) for change in item["changes"])
        table.add_row(
            Text(item["creditor_name"]),
            Text(item["account_number"] or item["kind"].replace("_", " ")),
            item["outcome"].replace("_", " "),
            Text(item["outcome_text"]),
            Text(changes),
        )
    return table


def _change(change: dict[str, Any]) -> str:
    before = f" from {change['before']}" if change["before"] else ""
    return f"{change['field'].replace('_', ' ')}{before} to {change['after']}"
