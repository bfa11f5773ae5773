import os
from pathlib import Path

import pytest

from tribureau.launcher.folder import Held, prepare
from tribureau.launcher.refusals import Refused


def test_a_new_folder_is_closed_to_others(tmp_path: Path) -> None:
    prepare(tmp_path / "some" / "home")

    assert (tmp_path / "some" / "home").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "some" / "home").iterdir()) == []


def test_one_holds_the_folder_and_the_next_is_told_who(tmp_path: Path) -> None:
    first = Held(tmp_path)
    first.note("http://127.0.0.1:8000")
    with pytest.raises(Refused, match=rf"at http://127.0.0.1:8000 \(process {os.getpid()}\)"):
        Held(tmp_path)
    first.release()

    Held(tmp_path).release()
