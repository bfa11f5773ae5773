"""The bodies of `/auth/v1`, as Supabase Auth's own description of its API has them."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tribureau.providers.identity.factors import Challenge, Enrolment
from tribureau.providers.identity.local import IdentityOptions
from tribureau.providers.identity.sessions import Tokens
from tribureau.providers.identity.users import User

_IDENTITIES: Final = uuid.UUID("a3c1b1de-9d5c-4c43-9d0c-6f5f2a6ea2a1")
"""The namespace that an e-mail identity's id is derived in."""

Email = Annotated[str, Field(max_length=320)]
Password = Annotated[str, Field(max_length=1000)]
Token = Annotated[str, Field(max_length=500)]
Data = dict[str, Any] | None


class SignUp(BaseModel):
    email: Email
    password: Password
    data: Data = None


class TokenRequest(BaseModel):
    email: Email | None = None
    password: Password | None = None
    refresh_token: Token | None = None


class UserChange(BaseModel):
    email: Email | None = None
    password: Password | None = None
    current_password: Password | None = None
    data: Data = None


class Recover(BaseModel):
    email: Email


class Resend(BaseModel):
    type: Literal["signup", "email_change"]
    email: Email


class Verify(BaseModel):
    """`token` and `token_hash` are the same here: the secret of the link."""

    type: Literal["signup", "invite", "magiclink", "recovery", "email_change", "email"]
    token: Token | None = None
    token_hash: Token | None = None
    email: Email | None = None


class Enrol(BaseModel):
    factor_type: Literal["totp"]
    friendly_name: Annotated[str, Field(max_length=100)] | None = None
    issuer: Annotated[str, Field(max_length=100)] | None = None


class VerifyFactor(BaseModel):
    challenge_id: UUID
    code: Annotated[str, Field(max_length=20)]


def tokens(issued: Tokens) -> dict[str, Any]:
    return {
        "access_token": issued.access_token,
        "token_type": "bearer",
        "expires_in": issued.expires_in,
        "expires_at": issued.expires_at,
        "refresh_token": issued.refresh_token,
        "user": user(issued.user),
    }


def fragment(issued: Tokens, type_: str) -> dict[str, Any]:
    """What follows the `#` after a link was clicked."""
    shown = tokens(issued)
    del shown["user"]
    return {**shown, "type": type_}


def user(account: User) -> dict[str, Any]:
    """Absent rather than null where there is nothing to say, as in Supabase Auth."""
    shown = {
        "id": str(account.user_id),
        "aud": "authenticated",
        "role": "authenticated",
        "email": account.email,
        "email_confirmed_at": _moment(account.email_confirmed_at),
        "phone": "",
        "confirmation_sent_at": _moment(account.confirmation_sent_at),
        "confirmed_at": _moment(account.email_confirmed_at),
        "recovery_sent_at": _moment(account.recovery_sent_at),
        "new_email": account.new_email,
        "email_change_sent_at": _moment(account.email_change_sent_at),
        "last_sign_in_at": _moment(account.last_sign_in_at),
        "app_metadata": account.app_metadata,
        "user_metadata": account.user_metadata,
        "identities": [_identity(account)],
        "factors": account.factors or None,
        "created_at": _moment(account.created_at),
        "updated_at": _moment(account.updated_at),
        "is_anonymous": False,
    }
    return _present(shown)


def enrolment(begun: Enrolment) -> dict[str, Any]:
    return {
        "id": str(begun.factor_id),
        "type": "totp",
        "friendly_name": begun.friendly_name,
        "totp": {"qr_code": begun.qr_code, "secret": begun.secret, "uri": begun.uri},
    }


def challenge(asked: Challenge) -> dict[str, Any]:
    return {"id": str(asked.challenge_id), "type": "totp", "expires_at": int(asked.expires_at.timestamp())}


def settings(options: IdentityOptions) -> dict[str, Any]:
    return {
        "external": {"email": True, "phone": False, "anonymous_users": False},
        "disable_signup": not options.open_signup,
        "mailer_autoconfirm": not options.confirm_email,
        "phone_autoconfirm": False,
        "saml_enabled": False,
    }


def _identity(account: User) -> dict[str, Any]:
    return _present(
        {
            "identity_id": str(uuid.uuid5(_IDENTITIES, str(account.user_id))),
            "id": str(account.user_id),
            "user_id": str(account.user_id),
            "identity_data": {
                "email": account.email,
                "email_verified": account.email_confirmed_at is not None,
                "phone_verified": False,
                "sub": str(account.user_id),
            },
            "provider": "email",
            "last_sign_in_at": _moment(account.last_sign_in_at),
            "created_at": _moment(account.created_at),
            "updated_at": _moment(account.updated_at),
            "email": account.email,
        }
    )


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
