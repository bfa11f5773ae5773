"""`read`: reports as files in, accounts out, without a server or a database."""

from pathlib import Path
from typing import Annotated

import typer


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Credit reports as PDF.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One object with all reports, in full detail.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One line for each account.")] = False,
    password: Annotated[str | None, typer.Option(help="What opens a locked PDF. It is not kept.")] = None,
) -> None:
    """Read credit reports, and bureaus' answers to disputes, and print what they say and why. Nothing is stored."""
    import sys

    from tribureau.commands.printing import print_csv, print_json, print_tables
    from tribureau.commands.reading_many import read_files
    from tribureau.settings import Settings

    if as_json and as_csv:
        raise typer.BadParameter("Choose --json or --csv, not both.")
    reports = read_files(files, password, Settings())
    if as_json:
        print_json(reports)
    elif as_csv:
        print_csv(reports)
    else:
        print_tables(reports)
    if any(report["error"] and "response" not in report for report in reports):
        sys.exit(1)
