"""The logins that the web and the worker use, made from the one address that `migrate` is given.

Their passwords are derived from the master key, so nothing but that address and that key needs to be configured.
"""

from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

WEB: Final = "tribureau_web"
WORKER: Final = "tribureau_worker"


def login_url(url: str, role: str, password: str) -> str:
    """`url` with its user and password replaced. A pooler's suffix on the user (`postgres.project`) is kept."""
    parts = conninfo_to_dict(url)
    _, dot, project = str(parts.get("user", "")).partition(".")
    return make_conninfo(url, user=role + dot + project, password=password)
