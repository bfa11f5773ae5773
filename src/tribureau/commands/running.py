"""`run`, `serve` and `worker`: Tribureau as a whole, and its two processes each by itself."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tribureau.settings import Settings

UntilEnds = Annotated[
    int | None, typer.Option("--until-ends", hidden=True, help="End when this process, which started us, has ended.")
]


def run(until_ends: UntilEnds = None) -> None:
    """Start all of Tribureau on this machine: its database, the site and a worker. Ctrl-C stops them."""
    from tribureau.launcher.launch import launch

    settings = _begin(until_ends)
    launch(settings, say=_say)


def serve(
    listener: Annotated[int | None, typer.Option(hidden=True, help="A listening socket that was handed on.")] = None,
    until_ends: UntilEnds = None,
) -> None:
    """Start the site alone, against the database in TRIBUREAU_DATABASE_URL or beside `tribureau run`."""
    import socket

    from tribureau.launcher.listener import listen
    from tribureau.web.server import serve_site

    settings = _begin(until_ends)
    with listen(settings.host, settings.port) if listener is None else socket.socket(fileno=listener) as site:
        serve_site(settings, site)


def worker(until_ends: UntilEnds = None) -> None:
    """Start a worker alone, which reads the reports that wait. Several may run, on several machines."""
    from tribureau.worker import run_worker

    run_worker(_begin(until_ends))


def _begin(until_ends: int | None) -> "Settings":
    from tribureau.launcher.lifeline import end_with
    from tribureau.logs import write_logs
    from tribureau.settings import Settings

    if until_ends is not None:
        end_with(until_ends)
    settings = Settings()
    write_logs(settings.log_level, as_json=settings.log_json)
    return settings


def _say(sentence: str) -> None:
    typer.echo(sentence)
    typer.echo("Stop it with Ctrl-C.", err=True)
