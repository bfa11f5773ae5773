"""A letter's text to PDF: typst with its own fonts, no system fonts, no network, no clock. One compiler is kept."""

import json
import threading
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from tribureau.letters.letter import Letter

_one_at_a_time = threading.Lock()


def typeset(letter: Letter) -> bytes:
    """The letter's PDF, fonts embedded. The same letter gives the same bytes."""
    with _one_at_a_time:
        compiler, _ = _press()
        made: Any = compiler.compile(format="pdf", sys_inputs={"letter": letter.as_json()})
    return bytes(made)


@cache
def _press() -> tuple[Any, "TemporaryDirectory[str]"]:
    """The compiler, and the folder that its template lies in as long as it lives."""
    folder = TemporaryDirectory(prefix="tribureau-letters-")
    place = Path(folder.name, "letter.typ")
    with as_file(files(__package__) / "letter.typ") as template:
        place.write_bytes(template.read_bytes())
    nothing = json.dumps({})
    compiler = typst.Compiler(str(place), root=folder.name, ignore_system_fonts=True, sys_inputs={"letter": nothing})
    return compiler, folder
