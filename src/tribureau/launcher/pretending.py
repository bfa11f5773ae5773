"""The sandbox beside the site: its socket, its keys, and what site and worker are told of it."""

import secrets
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from tribureau.launcher.listener import listen
from tribureau.launcher.processes import Child, environment_for_child
from tribureau.settings import Settings

_HOST: Final = "127.0.0.1"


@dataclass(frozen=True)
class Sandbox:
    """Its webhooks' secrets are made anew by each start, and its socket is held here as the site's is."""

    listener: socket.socket
    stripe_secret: str = field(default_factory=lambda: f"whsec_{secrets.token_hex(24)}", repr=False)
    lob_secret: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)

    def settings(self) -> dict[str, str]:
        address = f"http://{_HOST}:{self.listener.getsockname()[1]}"
        return {
            "TRIBUREAU_STRIPE_SECRET_KEY": "sk_test_sandbox",
            "TRIBUREAU_STRIPE_API_BASE": f"{address}/stripe",
            "TRIBUREAU_STRIPE_WEBHOOK_SECRET": self.stripe_secret,
            "TRIBUREAU_LOB_API_KEY": "test_sandbox",
            "TRIBUREAU_LOB_API_BASE": f"{address}/lob/v1",
            "TRIBUREAU_LOB_WEBHOOK_SECRET": self.lob_secret,
        }

    def child(self, caller: Mapping[str, str], ours: Mapping[str, str]) -> Child:
        """It gets no key and no database of ours."""
        number = self.listener.fileno()
        plain = {name: value for name, value in caller.items() if not name.startswith("TRIBUREAU_")}
        environment = environment_for_child(plain, {**ours, **self.settings()})
        return Child("sandbox", "sandbox", environment, ["--listener", str(number)], (number,))


def sandbox_for(settings: Settings, until: ExitStack) -> Sandbox | None:
    """The sandbox where these settings ask for one, its socket open until `until` ends."""
    return Sandbox(until.enter_context(listen(_HOST, 0))) if settings.runs_sandbox else None
