"""`user`: the operator's way to people's accounts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tribureau.providers.identity.local import LocalIdentity

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
    from tribureau import bootstrap
    from tribureau.database.transactions import open_database
    from tribureau.settings import Settings

    settings = Settings()
    database = await open_database(bootstrap.web_database_url(settings), largest_pool=1)
    identity = bootstrap.identity(settings, database)
    try:
        yield identity
    finally:
        await identity.close()
        await database.close()


def _run(work: "Coroutine[None, None, str]") -> str:
    import asyncio

    return asyncio.run(work)
