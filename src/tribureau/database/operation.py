"""What the operator does with the house, told to the database, where it holds for whoever writes."""

import psycopg


def keep_mode(url: str, mode: str) -> None:
    """Keeps `TRIBUREAU_MODE`. `url` is the administrator's, who may act as the tables' owner."""
    with psycopg.connect(url) as connection:
        connection.execute("set local role tribureau_owner")
        connection.execute("update tribureau.operation set mode = %(mode)s where mode <> %(mode)s", {"mode": mode})
