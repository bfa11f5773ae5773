"""PostgreSQL's own tools on a database of ours: `pg_dump`, `pg_restore` and `psql` of the embedded release."""

import os
import subprocess
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tribureau.database.backup_manifest import BackupError
from tribureau.database.server_programs import embedded_programs

_ERROR_LINES: Final = 3


def tool_command(tool: str, url: str, *options: str) -> list[str]:
    """The command line, without the password, which others on this machine could read there."""
    return [str(embedded_programs() / tool), "--no-password", f"--dbname={make_conninfo(url, password=None)}", *options]


def tool_environment(url: str) -> dict[str, str]:
    password = conninfo_to_dict(url).get("password")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"} | ({"PGPASSWORD": str(password)} if password else {})


def run_tool(tool: str, url: str, *options: str) -> None:
    """Raises BackupError with the tool's last words."""
    done = subprocess.run(
        tool_command(tool, url, *options),
        env=tool_environment(url),
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    if "row-level security" in done.stderr:
        raise BackupError(
            "The login in TRIBUREAU_DATABASE_URL sees no other users' rows, so it can't back them up. Use one with the "
            "attribute BYPASSRLS (`alter role … bypassrls`)."
        )
    if done.returncode != 0:
        raise BackupError(f"{tool} failed: {last_words(done.stderr)}")


def last_words(output: str) -> str:
    return " ".join(output.strip().splitlines()[-_ERROR_LINES:])
