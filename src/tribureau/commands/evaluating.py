"""`evaluate`: the reader measured on labelled reports."""

from pathlib import Path
from typing import Annotated, Any

import typer


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Holds `pdf/*.pdf` and `truth/*.json`.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="All figures as one object.")] = False,
) -> None:
    """Read labelled reports and print how much of them was read right, and whether the confidences hold."""
    import json

    from tribureau.commands.evaluation_tables import print_evaluation
    from tribureau.commands.reading_many import read_files
    from tribureau.evaluation.evaluation import evaluate as measure
    from tribureau.settings import Settings

    truths = truths_in(folder)
    settings = Settings()
    reports = read_files([folder / "pdf" / truth["file"] for truth in truths], None, settings)
    found = measure(truths, {report["file"]: report for report in reports}, settings.check_below)
    if as_json:
        typer.echo(json.dumps(found.as_object(), indent=1))
    else:
        print_evaluation(found)


def truths_in(folder: Path) -> list[dict[str, Any]]:
    """The truth of each report of a labelled folder. Raises NotFound, InvalidInput."""
    import json

    from tribureau.domain.errors import InvalidInput, NotFound

    paths = sorted((folder / "truth").glob("*.json"))
    if not paths:
        hint = "`tribureau sample-report FOLDER --count 24` writes one."
        raise NotFound(f"{folder} has no truth/*.json, so there is nothing to measure against.", hint=hint)
    truths = []
    for path in paths:
        try:
            truth = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise InvalidInput(f"{path} is not JSON: {error}.") from error
        if missing := {"file", "layout", "style", "variant", "tradelines"} - set(truth):
            raise InvalidInput(f"{path} lacks {', '.join(sorted(missing))}.")
        truths.append(truth)
    return truths
