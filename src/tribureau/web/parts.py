"""How a request handler receives the parts of the running site."""

from typing import Annotated

from fastapi import Depends, Request

from tribureau.bootstrap import WebParts


def parts_of(request: Request) -> WebParts:
    parts: WebParts = request.app.state.parts
    return parts


Parts = Annotated[WebParts, Depends(parts_of)]
