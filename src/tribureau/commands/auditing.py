"""`audit`: the proof that nobody rewrote a dispute's history."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Check, export and date the history of disputes.")


@app.command()
def verify(
    export: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help="A file that `audit export` made; otherwise the database."),
    ] = None,
    public_key: Annotated[
        list[str] | None, typer.Option(help="In hexadecimal, as `audit key` prints it; otherwise this installation's.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="An earlier export: nothing in it may be gone.")
    ] = None,
) -> None:
    """Check every entry, every signature and every dispute; exit code 1 if anything does not hold."""
    from contextlib import ExitStack
    from datetime import UTC, datetime

    from tribureau import bootstrap
    from tribureau.domain.errors import InvalidInput
    from tribureau.launcher.databases import administrators_database
    from tribureau.settings import Settings
    from tribureau.storage.signing import SignatureCheck
    from tribureau.workflows.audit_history import audit, chains_in_database, chains_in_export

    settings = Settings()
    try:
        keys = [bytes.fromhex(key) for key in public_key or ()] or [bootstrap.signer(settings).public_key]
        check = SignatureCheck(keys)
    except ValueError:
        raise InvalidInput("That is no public key.", hint="It has 64 hexadecimal digits.") from None
    with ExitStack() as stack:
        if export:
            found = chains_in_export(stack.enter_context(export.open(encoding="utf-8")))
        else:
            found = chains_in_database(stack.enter_context(administrators_database(settings)))
        earlier = chains_in_export(stack.enter_context(against.open(encoding="utf-8"))) if against else None
        result = audit(found, check, earlier, now=None if export else datetime.now(UTC))
    for user, dispute, words in result.problems:
        typer.echo(f"user {user} dispute {dispute}: {words}" if dispute.int else f"user {user}: {words}")
    if export and result.disputes and not result.rolls:
        typer.echo("This file has no roll of all disputes, so it can't show whether other disputes are missing.")
    typer.echo(
        f"{result.disputes} disputes, {result.entries} entries, {result.unsigned} of them not signed yet: "
        + (f"{len(result.problems)} problems." if result.problems else "everything holds.")
    )
    raise typer.Exit(1 if result.problems else 0)


@app.command()
def export(target: Annotated[Path, typer.Argument(help="Where to write; one dispute a line.")]) -> None:
    """Write every dispute's history to a file that can be checked anywhere. It holds what users typed: keep it safe."""
    import json

    from tribureau.launcher.databases import administrators_database
    from tribureau.settings import Settings
    from tribureau.workflows.audit_history import chains_in_database

    target.touch(mode=0o600)
    with administrators_database(Settings()) as url, target.open("w", encoding="utf-8") as file:
        count = 0
        for chain in chains_in_database(url):
            file.write(json.dumps(chain, ensure_ascii=False) + "\n")
            count += "entries" in chain
    typer.echo(f"{count} disputes.")


@app.command()
def key() -> None:
    """Print the public key that signatures are checked with. Keep it outside of this machine."""
    from tribureau import bootstrap
    from tribureau.settings import Settings

    typer.echo(bootstrap.signer(Settings()).public_key.hex())
