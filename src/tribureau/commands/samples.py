"""`sample-report`: reports of people who do not exist, to try Tribureau with."""

from pathlib import Path
from typing import Annotated

import typer


def sample_report(
    folder: Annotated[Path, typer.Argument(help="Where the PDFs go.")] = Path("sample-reports"),
    count: Annotated[int, typer.Option(help="How many random ones; 0 writes the four of one invented person.")] = 0,
    family: Annotated[list[str] | None, typer.Option(help="Only this layout; may be given several times.")] = None,
    seed: Annotated[int, typer.Option(help="Another number gives other people.")] = 1,
) -> None:
    """Write sample credit reports of invented people as PDF."""
    for path in _write(folder, count, family, seed):
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
