"""Reports as read, printed: one JSON object, CSV lines, or tables for people."""

import csv
import json
import sys
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tribureau.commands.printing_answers import print_answer
from tribureau.domain.tradelines import FIELDS

_BUREAU_LETTERS: Final = {"Equifax": "EQ", "TransUnion": "TU", "Experian": "EX"}
_LISTS_APART: Final = "; "
_FORMULA_SIGNS: Final = ("=", "+", "@", "\t", "\r")


def print_json(reports: list[dict[str, Any]]) -> None:
    responses = [report["response"] for report in reports if "response" in report]
    plain = [{key: value for key, value in report.items() if key != "response"} for report in reports]
    found = {"reports": plain} | ({"responses": responses} if responses else {})
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def print_csv(reports: list[dict[str, Any]]) -> None:
    """A line for each account; the files that can't be read are told on stderr."""
    columns = ["file", *FIELDS, "is_negative", "negative_reasons"]
    lines = csv.DictWriter(sys.stdout, columns, extrasaction="ignore")
    lines.writeheader()
    for report in reports:
        for tradeline in report["tradelines"]:
            lines.writerow({name: _cell(value) for name, value in ({"file": report["file"]} | tradeline).items()})
    for report in reports:
        if report["error"]:
            sys.stderr.write(f"{report['file']}: {_trouble(report)}\n")


def print_tables(reports: list[dict[str, Any]]) -> None:
    console = Console()
    for report in reports:
        if "response" in report:
            print_answer(console, report["response"], report["notes"])
        elif report["error"]:
            console.print(f"[bold]{escape(report['file'])}[/bold]: {escape(_trouble(report))}\n")
        else:
            console.print(_table(report))
            console.print(Text(_summary(report), style="dim"))
            for note in report["notes"]:
                console.print(Text(note, style="dim"))
            console.print()


def _table(report: dict[str, Any]) -> Table:
    title = Text(_title(report))
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Creditor", no_wrap=True)
    table.add_column("At")
    table.add_column("Number", no_wrap=True)
    table.add_column("Status")
    table.add_column("Balance", justify="right")
    table.add_column("Negative because")
    for account in report["tradelines"]:
        reasons = _words(", ".join(account["negative_reasons"])) if account["is_negative"] else ""
        table.add_row(
            Text(account["creditor_name"]),
            _BUREAU_LETTERS.get(account["bureau"], account["bureau"]),
            Text(account["account_number"] or ""),
            _status(account),
            _dollars(account["balance"]),
            Text(reasons, style="red"),
        )
    return table


def _status(account: dict[str, Any]) -> str:
    """How the account stands, and how it is paid where that says more."""
    standing, payments = account["account_status"], account["payment_status"]
    said_already = payments in {None, "current", standing}
    return _words(standing or "") if said_already else _words(f"{standing or 'unknown'}, {payments}")


def _title(report: dict[str, Any]) -> str:
    day = f", {report['report_date']}" if report["report_date"] else ""
    return f"{report['file']} ({report['layout']}{day})"


def _summary(report: dict[str, Any]) -> str:
    negative = sum(account["is_negative"] for account in report["tradelines"])
    hard, records = report["inquiries_count"]["hard"], len(report["public_records"])
    beside = f"hard inquiries: {hard}, public records: {records}"
    accounts = f"{len(report['tradelines'])} accounts, {negative} negative"
    return f"{accounts}; {beside}. `--json` shows where each value stands."


def _trouble(report: dict[str, Any]) -> str:
    return f"{report['message']} {report['hint']}".strip()


def _words(code: str) -> str:
    return code.replace("_", " ")


def _dollars(amount: float | None) -> str:
    if amount is None:
        return ""
    return f"${amount:,.0f}" if amount == int(amount) else f"${amount:,.2f}"


def _cell(value: object) -> object:
    """A value for a spreadsheet, which must not take a creditor's name for a formula."""
    if isinstance(value, dict):
        return json.dumps(value)
    text = _LISTS_APART.join(str(part) for part in value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(_FORMULA_SIGNS) else text
