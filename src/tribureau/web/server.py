"""The site as a process: uvicorn on a socket that is already listening."""

import socket
from functools import partial
from typing import Final

import uvicorn

from tribureau.bootstrap import open_web
from tribureau.settings import Settings
from tribureau.web.app import create_app

_GRACE_SECONDS: Final = 3
"""How long open requests may take once the site was asked to stop; live pages reconnect by themselves."""


def serve_site(settings: Settings, listener: socket.socket) -> None:
    """Answers on `listener` until SIGTERM or Ctrl-C."""
    config = uvicorn.Config(
        create_app(settings, partial(open_web, settings)),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])
