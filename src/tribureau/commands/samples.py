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
    scanned: Annotated[bool, typer.Option("--scanned", help="Printed and scanned.")] = False,
    locked_with: Annotated[str | None, typer.Option(help="A password that locks them.")] = None,
    truncated: Annotated[bool, typer.Option("--truncated", help="Cut off.")] = False,
) -> None:
    """Write sample credit reports, or bureaus' answers, of invented people as PDF."""
    variant: dict[str, Any] = {"scanned": scanned, "locked_with": locked_with, "truncated": truncated}
    for path in _answers(folder, count, seed, variant) if response else _reports(folder, count, family, seed, variant):
        typer.echo(path)


def _answers(folder: Path, count: int, seed: int, variant: dict[str, Any]) -> list[Path]:
    from tribureau.samples.responses import write_responses

    return write_responses(folder, count or 15, seed, **variant)


def _reports(folder: Path, count: int, family: list[str] | None, seed: int, variant: dict[str, Any]) -> list[Path]:
    from tribureau.samples import FAMILIES, sample_reports, write_samples

    if count or family or any(variant.values()):
        return write_samples(folder, family, count or len(family or FAMILIES), seed, **variant)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for report in sample_reports():
        path = folder / report.file_name
        path.write_bytes(report.pdf)
        written.append(path)
    return written
