"""Supabase Auth's own way to delete a user, where its users are not ours to delete."""

from typing import Final

import httpx

from tribureau.database.transactions import UserId
from tribureau.domain.errors import Unavailable

_SECONDS: Final = 15


class SupabaseAdmin:
    """`url` ends in `/auth/v1`; `service_key` is the project's service role key."""

    def __init__(self, url: str, service_key: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"apikey": service_key, "Authorization": f"Bearer {service_key}"}

    async def delete_user(self, user: UserId) -> None:
        """Also where there is no such user. Every row that refers to them goes along. Raises Unavailable."""
        try:
            async with httpx.AsyncClient(timeout=_SECONDS) as client:
                answer = await client.delete(f"{self._url}/admin/users/{user}", headers=self._headers)
            if answer.status_code != httpx.codes.NOT_FOUND:
                answer.raise_for_status()
        except httpx.HTTPError as error:
            raise Unavailable(
                "Supabase could not delete the account just now.", hint="It is tried again by itself within the hour."
            ) from error
