"""`user`: the operator's way to people's accounts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tribureau.providers.identity.local import LocalIdentity
    from tribureau.workflows.delete_account import ErasingParts

app = typer.Typer(no_args_is_help=True, help="See, make and help people's accounts.")
Email = Annotated[str, typer.Argument(help="The address they sign in with.")]


@app.command()
def add(
    email: Email,
    password: Annotated[str | None, typer.Option(help="Without one, a link is printed to set it with.")] = None,
) -> None:
    """Make an account, also where sign-up is closed."""

    async def work() -> str:
        async with _identity() as identity:
            await identity.add_user(email, password)
            return "" if password else await identity.reset_link(email)

    link = _run(work())
    typer.echo(f"{email} may sign in." if password else f"{email} sets a password here, within an hour:\n{link}")


@app.command("reset-link")
def reset_link(email: Email) -> None:
    """Print a link with which a person sets a new password, good for an hour."""

    async def work() -> str:
        async with _identity() as identity:
            return await identity.reset_link(email)

    typer.echo(_run(work()))


@app.command("remove-second-factor")
def remove_second_factor(email: Email) -> None:
    """Let a person who lost their phone sign in with the password alone; ends their sessions."""

    async def work() -> str:
        async with _identity() as identity:
            await identity.remove_second_factors(email)
            return f"{email} signs in with the password alone."

    typer.echo(_run(work()))


@app.command()
def delete(
    email: Email,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
) -> None:
    """Erase a person's account and everything in it, for good: rows, files, key. A signed tombstone stays."""
    if not yes and typer.prompt(f"Everything of {email} is erased for good. Type the address again") != email:
        raise typer.Abort

    async def work() -> str:
        from tribureau.workflows.delete_account import delete_account

        async with _erasing() as (identity, erasing):
            await delete_account(erasing, await identity.find_user(email), "operator", without_export=True)
        return f"{email} and everything of theirs is erased."

    typer.echo(_run(work()))


@app.command("erased")
def list_erased() -> None:
    """List the tombstones of erased accounts: when, by whom, how much, and whether the signature holds."""

    async def work() -> str:
        from tribureau.storage.signing import SignatureCheck
        from tribureau.workflows.delete_account import tombstones

        async with _erasing() as (_, erasing):
            found = await tombstones(erasing.database, SignatureCheck([erasing.signer.public_key]))
        return "\n".join(found) or "Nobody was erased."

    typer.echo(_run(work()))


@app.command("list")
def list_users() -> None:
    """List the accounts: address, since when, last sign-in, second factor."""

    async def work() -> str:
        async with _identity() as identity:
            people = await identity.users()
        lines = (
            f"{person.email}\t{person.created_at:%Y-%m-%d}"
            f"\t{f'{person.last_sign_in_at:%Y-%m-%d}' if person.last_sign_in_at else 'never signed in'}"
            f"\t{'second factor' if person.has_second_factor else 'password only'}"
            for person in people
        )
        return "\n".join(lines) or "Nobody has an account yet."

    typer.echo(_run(work()))


@asynccontextmanager
async def _identity() -> AsyncIterator["LocalIdentity"]:
    async with _erasing() as (identity, _):
        yield identity


@asynccontextmanager
async def _erasing() -> AsyncIterator[tuple["LocalIdentity", "ErasingParts"]]:
    from tribureau import bootstrap
    from tribureau.database.transactions import open_database
    from tribureau.settings import Settings

    settings = Settings()
    database = await open_database(bootstrap.web_database_url(settings), largest_pool=2)
    identity = bootstrap.identity(settings, database)
    try:
        yield identity, bootstrap.erasing_parts(settings, database, identity)
    finally:
        await identity.close()
        await database.close()


def _run(work: "Coroutine[None, None, str]") -> str:
    import asyncio

    return asyncio.run(work)
