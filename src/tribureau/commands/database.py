"""`migrate`, `backup` and `restore`: the database and what is kept with it."""

from pathlib import Path
from typing import Annotated

import typer

from tribureau.commands.running import UntilEnds


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is missing; exit code 1 if anything is.")
    ] = False,
) -> None:
    """Bring the database to this release: the one in TRIBUREAU_DATABASE_URL, or the embedded one."""
    import sys

    from tribureau import bootstrap
    from tribureau.database import migrate as migrations
    from tribureau.database.operation import keep_mode
    from tribureau.launcher.databases import administrators_database
    from tribureau.settings import Settings

    settings = Settings()
    with administrators_database(settings) as url:
        if check:
            missing = migrations.pending(url)
        else:
            missing = migrations.migrate(url, bootstrap.login_passwords(bootstrap.master_key(settings)))
            keep_mode(url, settings.mode)
    for migration in missing:
        typer.echo(f"{'missing' if check else 'applied'} {migration.version} {migration.name}")
    if not missing:
        typer.echo("The database is at this release.")
    sys.exit(1 if check and missing else 0)


def backup(
    folder: Annotated[Path | None, typer.Option(help="Instead of TRIBUREAU_BACKUP_FOLDER.")] = None,
    until_ends: UntilEnds = None,
) -> None:
    """Make a backup of the database and the encrypted reports. The master key is not in it: keep that elsewhere."""
    from tribureau import bootstrap
    from tribureau.database.backup import backup as make_backup
    from tribureau.launcher.databases import administrators_database
    from tribureau.launcher.lifeline import end_with
    from tribureau.settings import Settings

    if until_ends is not None:
        end_with(until_ends)
    settings = Settings()
    with administrators_database(settings) as url:
        made = make_backup(
            url,
            settings.reports_folder,
            folder or settings.backups_folder,
            kept=settings.backups_kept,
            key_fingerprint=bootstrap.key_fingerprint(bootstrap.master_key(settings)),
        )
    typer.echo(made)


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="A folder that `backup` made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also where the database has users already.")] = False,
) -> None:
    """Put a backup in place of what the database and the folder of reports hold. Stop Tribureau first."""
    from tribureau import bootstrap
    from tribureau.database.restore import restore as put_back
    from tribureau.launcher.databases import administrators_database
    from tribureau.launcher.folder import Held, prepare
    from tribureau.settings import Settings

    settings = Settings()
    prepare(settings.home)
    hold = Held(settings.home)
    try:
        key = bootstrap.master_key(settings)
        with administrators_database(settings) as url:
            held = put_back(
                source,
                url,
                settings.reports_folder,
                key_fingerprint=bootstrap.key_fingerprint(key),
                logins=bootstrap.login_passwords(key),
                replace=replace,
            )
    finally:
        hold.release()
    typer.echo(f"Restored what was kept on {held.made_at:%Y-%m-%d at %H:%M} UTC: {len(held.files) - 1} reports.")
