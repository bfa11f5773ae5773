"""The command line. A command's parts are imported when it runs, so that each starts quickly."""

import sys

import typer

from tribureau.commands import auditing, database, evaluating, reading, running, samples, users
from tribureau.commands.doctor import doctor

app = typer.Typer(
    name="tribureau",
    help="Reads credit reports, explains every negative mark, and keeps the proof. On your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(rich_help_panel="Running")(running.run)
app.command(rich_help_panel="Running")(running.serve)
app.command(rich_help_panel="Running")(running.worker)
app.command(rich_help_panel="Running")(running.sandbox)
app.command(rich_help_panel="Keeping")(doctor)
app.command(rich_help_panel="Keeping")(database.migrate)
app.command(rich_help_panel="Keeping")(database.backup)
app.command(rich_help_panel="Keeping")(database.restore)
app.add_typer(auditing.app, name="audit", rich_help_panel="Keeping")
app.add_typer(users.app, name="user", rich_help_panel="Keeping")
app.command("read", rich_help_panel="Reports")(reading.read)
app.command(rich_help_panel="Reports")(evaluating.evaluate)
app.command("sample-report", rich_help_panel="Reports")(samples.sample_report)


def main() -> None:
    """Runs a command; what a person can mend is told in a sentence, with exit code 1."""
    try:
        app()
    except Exception as error:
        from tribureau.launcher.refusals import sentence_for  # noqa: PLC0415 - only once something failed

        if (sentence := sentence_for(error)) is None:
            raise
        sys.stderr.write(f"tribureau: {sentence}\n")
        sys.exit(1)
