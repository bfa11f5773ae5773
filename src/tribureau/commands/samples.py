"""`sample-report`: reports of people who do not exist, to try Tribureau with."""

from pathlib import Path
from typing import Annotated, Any

import typer


def sample_report(
    folder: Annotated[Path, typer.Argument(help="Where the PDFs go.")] = Path("sample-reports"),
    count: Annotated[int, typer.Option(help="How many random ones; 0 writes the four of one invented person.")] = 0,
    family: Annotated[list[str] | None, typer.Option(help="Only this layout; may be given several times.")] = None,
    seed: Annotated[int, typer.Option(help="Another number gives other people.")] = 1,
    response: Annotated[bool, typer.Option("--response", help="Bureaus' answers to disputes, and no reports.")] = False,
    scanned: Annotated[bool, typer.Option("--scanned", help="With --response: printed and scanned.")] = False,
    locked_with: Annotated[str | None, typer.Option(help="With --response: a password that locks them.")] = None,
    truncated: Annotated[bool, typer.Option("--truncated", help="With --response: cut off.")] = False,
) -> None:
    """Write sample credit reports, or bureaus' answers, of invented people as PDF."""
    if (scanned or locked_with or truncated) and not response:
        raise typer.BadParameter("--scanned, --locked-with and --truncated go with --response.")
    if response:
        from tribureau.samples.responses import write_responses

        variant: dict[str, Any] = {"scanned": scanned, "locked_with": locked_with, "truncated": truncated}
        written = write_responses(folder, count or 15, seed, **variant)
    else:
        written = _write(folder, count, family, seed)
    for path in written:
        typer.echo(path)


def _write(folder: Path, count: int, family: list[str] | None, seed: int) -> list[Path]:
    from tribureau.samples import sample_reports, write_samples

    if count or family:
        return write_samples(folder, family, count or 1, seed)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for report in sample_reports():
        path = folder / report.file_name
        path.write_bytes(report.pdf)
        written.append(path)
    return written
