"""Blocks of a report to PDF: typst with its own fonts and one sans serif, no system fonts, no network, no clock."""

import json
import threading
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst
from PIL import ImageFont

from tribureau.samples.blocks import Block, Look

SANS_SERIF: Final = "Aileron"
"""CC0, carried by Pillow; typst's own fonts have no proportional sans serif, and reports are set in one."""

_one_at_a_time = threading.Lock()


def typeset(look: Look, blocks: list[Block]) -> bytes:
    """The report's PDF; the same blocks give the same bytes, for no date is written into it."""
    report = json.dumps({"look": look.as_json(), "blocks": blocks}, ensure_ascii=False)
    with _one_at_a_time:
        compiler, _ = _press()
        made: Any = compiler.compile(format="pdf", sys_inputs={"report": report}, pdf_tags=False)
    return bytes(made)


@cache
def _press() -> tuple[Any, "TemporaryDirectory[str]"]:
    """The compiler, and the folder that it reads its template and font from as long as it lives."""
    folder = TemporaryDirectory(prefix="tribureau-samples-")
    font: Any = ImageFont.load_default(12)
    Path(folder.name, f"{SANS_SERIF}.ttf").write_bytes(font.font_bytes)
    with as_file(files(__package__) / "report.typ") as template:
        Path(folder.name, "report.typ").write_bytes(template.read_bytes())
    compiler = typst.Compiler(
        str(Path(folder.name, "report.typ")),
        root=folder.name,
        ignore_system_fonts=True,
        font_paths=[folder.name],
        sys_inputs={"report": json.dumps({"look": Look(title="").as_json(), "blocks": []})},
    )
    return compiler, folder
