"""Why Tribureau does not start or go on, in a sentence that says what to do."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pydantic import ValidationError


class Refused(Exception):
    """The message says what is in the way and how to mend it."""


_FULL_OR_UNWRITABLE: Final = {
    28: "The disk of {place} is full. Make room there and start again.",
    122: "The disk quota of {place} is used up. Make room there and start again.",
    30: "{place} can't be written: it is on a read-only disk. Name another folder in TRIBUREAU_HOME.",
    13: "{place} can't be written. Make it writable, or name another folder in TRIBUREAU_HOME.",
    1: "{place} can't be written. Make it writable, or name another folder in TRIBUREAU_HOME.",
}


def because_of_the_disk(error: OSError, place: object) -> Refused:
    """What a full, read-only or closed folder means."""
    sentence = _FULL_OR_UNWRITABLE.get(error.errno or 0, "{place} can't be used: {reason}.")
    return Refused(sentence.format(place=error.filename or place, reason=error.strerror or error))


def sentence_for(error: BaseException) -> str | None:
    """The sentence for an error that a person can mend; None for a fault of ours, which deserves its traceback."""
    import psycopg  # noqa: PLC0415 - only once something failed
    from pydantic import ValidationError  # noqa: PLC0415

    from tribureau.database.backup_manifest import BackupError  # noqa: PLC0415
    from tribureau.database.migrate import MigrationError  # noqa: PLC0415
    from tribureau.database.server_account import ServerError  # noqa: PLC0415
    from tribureau.domain.errors import TribureauError  # noqa: PLC0415
    from tribureau.storage.keys import UnusableMasterKey  # noqa: PLC0415

    match error:
        case Refused() | BackupError() | MigrationError() | ServerError() | UnusableMasterKey():
            return str(error)
        case TribureauError():
            return f"{error.message} {error.hint}".strip()
        case ValidationError():
            return _unusable_settings(error)
        case psycopg.errors.InsufficientPrivilege():
            return f"This database login may not do that ({_first_line(error)}). `tribureau doctor` names the rights."
        case psycopg.OperationalError():
            return f"The database can't be reached: {_first_line(error)}. Check TRIBUREAU_DATABASE_URL."
        case _:
            return None


def place_of(url: str) -> str:
    """A database address without its login, for people to read."""
    parts = urlsplit(url)
    return f"{parts.hostname or 'a local socket'}{f':{parts.port}' if parts.port else ''}{parts.path}"


def _unusable_settings(error: "ValidationError") -> str:
    """One line for each setting, without its value, which may be a secret."""
    return "\n".join(
        f"TRIBUREAU_{'_'.join(str(part) for part in fault['loc'][:1]).upper()} can't be used: {fault['msg']}. "
        "See docs/settings.md."
        for fault in error.errors(include_input=False, include_url=False)
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no answer"])[0].rstrip(".")
