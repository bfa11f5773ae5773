"""A user as the identity provider knows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tribureau.database.transactions import Row, Transaction, UserId


@dataclass(frozen=True)
class User:
    user_id: UserId
    email: str
    email_confirmed_at: datetime | None
    last_sign_in_at: datetime | None
    app_metadata: dict[str, Any]
    user_metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    banned: bool
    confirmation_sent_at: datetime | None
    recovery_sent_at: datetime | None
    new_email: str | None
    email_change_sent_at: datetime | None
    factors: list[dict[str, Any]]
    """Each with id, friendly_name, factor_type, status, created_at, updated_at."""

    @property
    def has_second_factor(self) -> bool:
        return any(factor["status"] == "verified" for factor in self.factors)


@dataclass(frozen=True, slots=True)
class UserSummary:
    """A user as the operator's list shows them."""

    email: str
    created_at: datetime
    last_sign_in_at: datetime | None
    email_confirmed_at: datetime | None
    has_second_factor: bool


async def find_user(transaction: Transaction, user: UserId) -> User | None:
    row = await transaction.first("identity.user", user_id=user)
    return user_of(row) if row else None


def user_of(row: Row) -> User:
    return User(
        user_id=UserId(row["id"]),
        email=row["email"],
        email_confirmed_at=row["email_confirmed_at"],
        last_sign_in_at=row["last_sign_in_at"],
        app_metadata=row["app_metadata"],
        user_metadata=row["user_metadata"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        banned=row["banned"],
        confirmation_sent_at=row["confirmation_sent_at"],
        recovery_sent_at=row["recovery_sent_at"],
        new_email=row["new_email"],
        email_change_sent_at=row["email_change_sent_at"],
        factors=row["factors"],
    )
