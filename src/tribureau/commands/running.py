"""`run`, `serve` and `worker`: Tribureau as a whole, and its two processes each by itself; `sandbox` beside them."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pydantic import SecretStr

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


def sandbox(
    port: Annotated[int, typer.Option(help="The port that it listens on; 0 picks a free one.")] = 8100,
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    deliver_to: Annotated[
        str, typer.Option(help="The site that hears webhooks. Empty: the one of TRIBUREAU_PORT.")
    ] = "",
    listener: Annotated[int | None, typer.Option(hidden=True, help="A listening socket that was handed on.")] = None,
    until_ends: UntilEnds = None,
) -> None:
    """Start the stand-in for Stripe and Lob: the whole paid way with no money and no mail. Not beside live keys."""
    import socket

    from tribureau.launcher.listener import listen
    from tribureau.launcher.readiness import local_address
    from tribureau.sandbox.server import SandboxOptions, refuse_beside_live, refuse_outside, serve_sandbox

    settings = _begin(until_ends)
    refuse_beside_live(value for name, value in os.environ.items() if "STRIPE" in name or "LOB" in name)
    refuse_outside(host)
    with listen(host, port) if listener is None else socket.socket(fileno=listener) as answering:
        typer.echo(f"The sandbox is ready at http://{host}:{answering.getsockname()[1]}")
        options = SandboxOptions(
            settings.home,
            deliver_to or local_address(settings),
            _secret(settings.stripe_webhook_secret),
            _secret(settings.lob_webhook_secret),
        )
        serve_sandbox(options, answering)


def _secret(kept: "SecretStr | None") -> str:
    """The one to sign with, where two hold beside each other."""
    return kept.get_secret_value().split(",")[0].strip() if kept else ""


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
