import os
from pathlib import Path

from tribureau.launcher.backups import is_due

DAY = 24 * 3600.0
NOW = 1_800_000_000.0


def made(folder: Path, hours_ago: float) -> None:
    place = folder / f"tribureau-{int(1000 - hours_ago)}"
    place.mkdir(parents=True)
    os.utime(place, (NOW - hours_ago * 3600, NOW - hours_ago * 3600))


def test_the_first_backup_is_due_at_once(tmp_path: Path) -> None:
    assert is_due(tmp_path / "backups", DAY, NOW)


def test_the_newest_backup_decides(tmp_path: Path) -> None:
    made(tmp_path, 50)
    assert is_due(tmp_path, DAY, NOW)

    made(tmp_path, 23)
    assert not is_due(tmp_path, DAY, NOW)


def test_an_unfinished_backup_does_not_count(tmp_path: Path) -> None:
    (tmp_path / ".draft-tribureau-1").mkdir()

    assert is_due(tmp_path, DAY, NOW)
