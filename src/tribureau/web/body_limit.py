"""Refuses a request whose body is larger than its address takes, before and while it is received."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tribureau.domain.errors import TooLarge

_FORM_OVERHEAD = 64 * 1024
_OTHER_BODIES = 1024 * 1024


class BodyLimit:
    """`uploads` are the path prefixes that take files of at most `largest_file` bytes."""

    def __init__(self, app: ASGIApp, largest_file: int, uploads: tuple[str, ...]) -> None:
        self._app = app
        self._largest_upload = largest_file + _FORM_OVERHEAD
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = self._largest_upload if scope["path"].startswith(self._uploads) else _OTHER_BODIES
        declared = next((int(value) for name, value in scope["headers"] if name == b"content-length"), 0)
        received = declared if declared > limit else 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise TooLarge(f"This is larger than {limit // (1024 * 1024)} MB, the most that is accepted here.")
            return message

        return await self._app(scope, counted, send)
