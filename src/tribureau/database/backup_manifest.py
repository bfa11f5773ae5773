"""What a backup holds: when and of what it was made, and the SHA-256 of each of its files."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final

DUMP: Final = "database.dump"
REPORTS: Final = "reports"
_NAME: Final = "manifest.json"
_FORM: Final = 1


class BackupError(Exception):
    """A backup can't be made or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """`files` maps each path inside the backup to its SHA-256 in hexadecimal."""

    made_at: datetime
    release: str
    newest_migration: str
    key_fingerprint: str
    files: dict[str, str]

    @classmethod
    def of(cls, folder: Path, made_at: datetime, newest_migration: str, key_fingerprint: str) -> "Manifest":
        files = {str(path.relative_to(folder)): _checksum(path) for path in _files(folder)}
        return cls(made_at, metadata.version("tribureau"), newest_migration, key_fingerprint, files)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises BackupError where `folder` is no backup, or one of another kind than this release reads."""
        try:
            held = json.loads((folder / _NAME).read_text("utf-8"))
            if held.pop("form") != _FORM:
                raise BackupError(f"{folder} was made by a newer Tribureau. Install that release to restore it.")
            return cls(**held | {"made_at": datetime.fromisoformat(held["made_at"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BackupError(f"{folder} is no backup of Tribureau: its {_NAME} can't be read.") from error

    def write(self, folder: Path) -> None:
        held = asdict(self) | {"form": _FORM, "made_at": self.made_at.isoformat()}
        (folder / _NAME).write_text(json.dumps(held, indent=1, sort_keys=True), "utf-8")

    def check(self, folder: Path) -> None:
        """Raises BackupError where a file is missing or not as it was written."""
        for name, checksum in self.files.items():
            path = folder / name
            if not path.is_file() or _checksum(path) != checksum:
                raise BackupError(f"{path} is missing or damaged. Use another backup, or restore this file.")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
