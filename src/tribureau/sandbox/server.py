"""Runs the stand-in on this machine alone, and never beside keys that move real money or mail."""

import ipaddress
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import uvicorn

from tribureau.domain.errors import TribureauError
from tribureau.sandbox.app import create_sandbox
from tribureau.sandbox.books import Books
from tribureau.sandbox.schemas import specifications
from tribureau.sandbox.webhooks import Endpoint

_LIVE: Final = ("sk_live_", "rk_live_", "live_")
BOOKS_NAME: Final = "sandbox.sqlite3"


class NoSandbox(TribureauError):
    """The sandbox does not start here."""

    code = "no_sandbox"


@dataclass(frozen=True)
class SandboxOptions:
    """`deliver_to` is the site's address, whose webhooks are told what happens; empty, and nobody is told."""

    folder: Path
    deliver_to: str = ""
    stripe_webhook_secret: str = field(default="", repr=False)
    lob_webhook_secret: str = field(default="", repr=False)


def refuse_outside(host: str) -> None:
    """Raises NoSandbox for an address that others than this machine can reach."""
    try:
        inside = ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = host == "localhost"
    if not inside:
        raise NoSandbox(
            f"The sandbox listens on this machine only, and {host} can be reached from elsewhere.",
            hint="Leave its address at 127.0.0.1.",
        )


def refuse_beside_live(keys: Iterable[str]) -> None:
    """Raises NoSandbox where one of the keys moves real money or real mail."""
    if any(key.strip().startswith(_LIVE) for key in keys):
        raise NoSandbox(
            "A live key of Stripe or Lob is set, so the sandbox does not start: nobody should take one for the other.",
            hint="Unset TRIBUREAU_STRIPE_SECRET_KEY and TRIBUREAU_LOB_API_KEY, or use test keys.",
        )


def serve_sandbox(options: SandboxOptions, listener: socket.socket) -> None:
    """Answers on `listener` until it is told to stop. Raises NoSandbox for an address outside."""
    refuse_outside(str(listener.getsockname()[0]))
    options.folder.mkdir(parents=True, exist_ok=True)
    books = Books(options.folder / BOOKS_NAME)
    app = create_sandbox(books, _endpoints(options), specifications(os.environ.get("TRIBUREAU_SPECS")))
    # The faults cut the connection below the application, which only h11's cycle lets them.
    config = uvicorn.Config(
        app, http="h11", proxy_headers=False, log_level="warning", access_log=False, timeout_graceful_shutdown=2
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        books.close()


def _endpoints(options: SandboxOptions) -> dict[str, Endpoint]:
    if not options.deliver_to:
        return {}
    secrets = {"stripe": options.stripe_webhook_secret, "lob": options.lob_webhook_secret}
    return {
        vendor: Endpoint(f"{options.deliver_to.rstrip('/')}/webhooks/{vendor}", secret)
        for vendor, secret in secrets.items()
        if secret
    }
