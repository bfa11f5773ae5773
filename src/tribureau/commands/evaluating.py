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

    from tribureau.commands.evaluation_tables import print_answers, print_evaluation
    from tribureau.commands.reading_many import read_files
    from tribureau.evaluation.answers import evaluate_answers, is_answer
    from tribureau.evaluation.evaluation import evaluate as measure
    from tribureau.settings import Settings

    truths = truths_in(folder)
    settings = Settings()
    reports = read_files([folder / "pdf" / truth["file"] for truth in truths], None, settings)
    by_file = {report["file"]: report for report in reports}
    answers = evaluate_answers([truth for truth in truths if is_answer(truth)], by_file)
    found = measure([truth for truth in truths if not is_answer(truth)], by_file, settings.check_below)
    if as_json:
        typer.echo(json.dumps(found.as_object() | ({"answers": answers} if answers else {}), indent=1))
        return
    if found.slices or found.special:
        print_evaluation(found)
    if answers:
        print_answers(answers)


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
