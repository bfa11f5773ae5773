"""What passes between the walled reader, which draws a page, and an engine, which reads the drawing."""

from typing import NamedTuple, Protocol

import msgspec


class Picture(msgspec.Struct, tag="picture"):
    """A page in 8-bit grey, row by row from the top; `scale` is pixels per PDF point."""

    page: int
    width: int
    height: int
    scale: float
    grey: bytes


class SeenWord(NamedTuple):
    """A word in pixels of the picture. `line` tells words of one line of text; `confidence` lies in 0..1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: int
    confidence: float


class PictureRead(msgspec.Struct, tag="picture_read"):
    """The words of page `page` in PDF points of the page set straight, None where the engine failed or took too long.

    The page was turned clockwise by `quarters` of a circle to be upright, and then by `tilt` degrees to be straight.
    `by` names who read it, if it is not the engine of this machine.
    """

    page: int
    words: list[SeenWord] | None
    tilt: float = 0.0
    by: str | None = None
    quarters: int = 0


class Engine(Protocol):
    """Reads the words of a grey picture.

    `name` is what people know it by. Raises EngineFailed where it gave up; cancelled, it leaves nothing running.
    """

    @property
    def name(self) -> str: ...

    async def words_of(self, picture: Picture) -> list[SeenWord]: ...

    async def close(self) -> None: ...


class EngineFailed(Exception):
    """The engine gave no words: it was killed for what it took, or is broken."""
