"""Whether the site answers that it can work."""

from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from tribureau.settings import Settings


def local_address(settings: Settings) -> str:
    """Where this machine reaches the site, whatever it listens on."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def is_ready(settings: Settings) -> bool:
    address = urlsplit(local_address(settings))
    connection = HTTPConnection(address.hostname or "", address.port, timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(settings.site_url).netloc})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
