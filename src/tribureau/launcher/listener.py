"""The site's port, taken before anything else starts and handed to the site, so that a restart loses no caller."""

import errno
import socket
from typing import Final

from tribureau.launcher.refusals import Refused

_WAITING_CALLERS: Final = 512


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Refused where the port or the address can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_WAITING_CALLERS)
    except OSError as error:
        listener.close()
        raise Refused(_why_not(error, host, port)) from error
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} of {host} is in use by another program. "
                f"Stop that program, or choose another port: TRIBUREAU_PORT={port + 1}."
            )
        case errno.EACCES:
            return f"Port {port} may only be taken by root. Choose one above 1023 in TRIBUREAU_PORT."
        case _:
            return (
                f"The site can't listen on {host}: {error.strerror}. Set TRIBUREAU_HOST to an address of this machine."
            )
