"""SQL by name: each `.sql` file holds blocks that begin `-- name: what_it_does`, then a line that describes it.

Parameters are psycopg's `%(name)s`. `report_uploads.find` is the block `find` of `report_uploads.sql`.
"""

import re
from functools import cache
from importlib import resources
from typing import Final

_BLOCK: Final = re.compile(r"^-- name: (?P<name>\w+)\n(?P<body>.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL)


@cache
def statement(name: str) -> bytes:
    """The SQL of `file.block`; KeyError if there is none."""
    file, _, block = name.partition(".")
    return _blocks(file)[block].encode()


@cache
def _blocks(file: str) -> dict[str, str]:
    text = resources.files(__package__).joinpath(f"{file}.sql").read_text("utf-8")
    return {block["name"]: block["body"].strip() for block in _BLOCK.finditer(text)}


def names() -> list[str]:
    """Every statement's name, for the tests that prepare each of them on a real database."""
    files = (entry.name.removesuffix(".sql") for entry in resources.files(__package__).iterdir())
    return sorted(f"{file}.{block}" for file in files if not file.startswith("_") for block in _blocks(file))
