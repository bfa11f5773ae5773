"""What an access token says, once it is believed."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from tribureau.database.transactions import UserId

Level = Literal["aal1", "aal2"]
"""Authenticator assurance: the second level has shown a second factor (NIST SP 800-63B)."""


@dataclass(frozen=True)
class Claims:
    """Who sends a request. `second_factor_due`: the user has a second factor and this session has not shown it.

    `proved_at` is set for Supabase's tokens only, whose passwords are not ours to check: when their user last showed
    who they are (seconds since 1970; 0 where the token does not say).
    """

    user_id: UserId
    session_id: UUID | None
    aal: Level
    email: str
    second_factor_due: bool = False
    proved_at: int | None = None
