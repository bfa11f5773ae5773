"""The local identity provider: all that signing in needs where there is no Supabase Auth.

One object made by bootstrap. Its methods read as what a user or the operator does; the rules are in the files that
this one puts together.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal, TypedDict
from urllib.parse import urlsplit
from uuid import UUID

from argon2 import PasswordHasher

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import NotFound
from tribureau.providers.identity.account_changes import AccountChanges, Changes
from tribureau.providers.identity.addresses import account_address
from tribureau.providers.identity.attempts import Attempts
from tribureau.providers.identity.calendar_links import CalendarLinks
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.closing import ClosingAccounts
from tribureau.providers.identity.errors import SecondFactorNeeded, SessionEnded
from tribureau.providers.identity.factors import Challenge, Enrolment, Factors
from tribureau.providers.identity.form_tokens import FormTokens
from tribureau.providers.identity.links import Links, Purpose
from tribureau.providers.identity.mailbox import Mailbox
from tribureau.providers.identity.password_reset import PasswordReset
from tribureau.providers.identity.passwords import PasswordHashes
from tribureau.providers.identity.reauthentication import Reauthentication
from tribureau.providers.identity.recovery import Recovery
from tribureau.providers.identity.sessions import Device, Scope, Sessions, SessionSummary, Tokens
from tribureau.providers.identity.signing_in import SigningIn
from tribureau.providers.identity.signing_keys import SigningKeys
from tribureau.providers.identity.signing_up import SignedUp, SigningUp
from tribureau.providers.identity.site_sessions import SiteSession, SiteSessions
from tribureau.providers.identity.supabase_admin import SupabaseAdmin
from tribureau.providers.identity.supabase_keys import SupabaseKeys, SupabaseTokens
from tribureau.providers.identity.sweeping import sweep, sweeping
from tribureau.providers.identity.tokens import Lifetimes, TokenVerifier
from tribureau.providers.identity.users import User, UserSummary, find_user
from tribureau.storage.keys import MasterKey

_LONGEST_LIFE_IN_IDLE_TIMES: Final = 3
"""However much it is used, a session ends after three times the days that it may lie unused."""


@dataclass(frozen=True)
class IdentityOptions:
    """What the operator decides; `supabase` says which foreign tokens are accepted, none by default."""

    site_url: str
    open_signup: bool = True
    confirm_email: bool = False
    access_token_seconds: int = 3600
    session_days: int = 30
    audience: str = "authenticated"
    supabase: SupabaseTokens = field(default_factory=SupabaseTokens)
    supabase_admin: SupabaseAdmin | None = None

    @property
    def issuer(self) -> str:
        return f"{self.site_url}/auth/v1"

    @property
    def lifetimes(self) -> Lifetimes:
        idle = timedelta(days=self.session_days)
        return Lifetimes(timedelta(seconds=self.access_token_seconds), idle, idle * _LONGEST_LIFE_IN_IDLE_TIMES)


class _Shared(TypedDict):
    attempts: Attempts
    hashes: PasswordHashes
    mailbox: Mailbox
    site_url: str
    confirm_email: bool


class LocalIdentity:
    def __init__(
        self,
        database: Database,
        master_key: MasterKey,
        mailbox: Mailbox,
        options: IdentityOptions,
        *,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self.options = options
        self._database = database
        lifetimes, audience = options.lifetimes, options.audience
        self._keys = SigningKeys(database, master_key.sealer("identity signing keys"), verifiable=lifetimes.verifiable)
        self._supabase_keys = SupabaseKeys(options.supabase.jwks_url) if options.supabase.jwks_url else None
        self._verifier = TokenVerifier(
            database,
            self._keys,
            lifetimes,
            issuer=options.issuer,
            audience=audience,
            supabase=options.supabase,
            supabase_keys=self._supabase_keys,
        )
        self._sessions = Sessions(database, self._keys, lifetimes, issuer=options.issuer, audience=audience)
        self._site_sessions = SiteSessions(
            database, self._sessions, master_key.sealer("site session tokens"), lifetimes
        )
        attempts = Attempts(database, master_key.derive("subjects of sign-in attempts"))
        self.form_tokens = FormTokens(master_key.derive("form tokens"))
        self.calendar_links = CalendarLinks(database, attempts)
        self.closing = ClosingAccounts(database, mailbox, options.supabase_admin)
        links, hashes = Links(options.site_url), PasswordHashes(hasher)
        shared = _Shared(
            attempts=attempts,
            hashes=hashes,
            mailbox=mailbox,
            site_url=options.site_url,
            confirm_email=options.confirm_email,
        )
        self._signing_up = SigningUp(database, self._sessions, links, open_signup=options.open_signup, **shared)
        self._signing_in = SigningIn(database, self._sessions, links, **shared)
        self._changes = AccountChanges(database, links, **shared)
        self._recovery = Recovery(database, links, attempts, mailbox)
        self._resetting = PasswordReset(
            database,
            self._sessions,
            links,
            attempts=attempts,
            hashes=hashes,
            mailbox=mailbox,
            site_url=options.site_url,
        )
        self._factors = Factors(
            database,
            self._sessions,
            attempts,
            master_key.sealer("second factors"),
            issuer_name=f"Tribureau ({urlsplit(options.site_url).hostname or 'local'})",
        )

        self._reauthentication = Reauthentication(database, attempts, hashes, self._factors)

    async def close(self) -> None:
        if self._supabase_keys:
            await self._supabase_keys.close()

    # Tokens

    async def verify(self, access_token: str) -> Claims:
        """Whom a token speaks for; a second factor that is due has been shown.

        Raises InvalidToken, SessionEnded, AccountBanned, SecondFactorNeeded or Unavailable.
        """
        claims = await self.verify_first_factor(access_token)
        if claims.second_factor_due:
            raise SecondFactorNeeded
        return claims

    async def verify_first_factor(self, access_token: str) -> Claims:
        """As `verify`, for what a user may do before the second factor: show it, or sign out."""
        return await self._verifier.verify(access_token)

    async def jwks(self) -> dict[str, Any]:
        """The public keys of our tokens (RFC 7517)."""
        return await self._keys.jwks()

    async def rotate_signing_key(self) -> str:
        """Signs with a new key from now on; returns its `kid`. Tokens that are out keep holding."""
        return await self._keys.rotate()

    # Signing up, in and out

    async def sign_up(self, email: str, password: str, device: Device, data: dict[str, Any] | None = None) -> SignedUp:
        """Raises SignupClosed, InvalidEmail, WeakPassword, InvalidData, UserExists or TooManyTries."""
        return await self._signing_up.sign_up(email, password, device, data)

    async def sign_in(self, email: str, password: str, device: Device) -> Tokens:
        """Raises InvalidCredentials, AccountBanned, EmailNotConfirmed or TooManyTries."""
        return await self._signing_in.with_password(email, password, device)

    async def follow_link(self, purpose: Purpose, token: str, device: Device) -> Tokens:
        """Signs in by a link from a mail, once. Raises LinkExpired, AccountBanned or EmailTaken."""
        return await self._signing_in.by_link(purpose, token, device)

    async def refresh(self, refresh_token: str) -> Tokens:
        """Raises RefreshTokenUnknown, RefreshTokenUsed, SessionExpired or AccountBanned."""
        return await self._sessions.refresh(refresh_token)

    async def sign_out(self, claims: Claims, scope: Scope = "global") -> None:
        """Ends the user's sessions: all, this one (`local`) or all but this one (`others`)."""
        await self._sessions.end(claims, scope)

    async def sessions(self, claims: Claims) -> list[SessionSummary]:
        """Where the user is signed in, newest use first."""
        return await self._sessions.of(claims)

    async def end_session(self, claims: Claims, session_id: UUID) -> None:
        """Raises NotFound where the user has no such session."""
        await self._sessions.end_one(claims.user_id, session_id)

    # The account

    async def user(self, claims: Claims) -> User:
        """Raises SessionEnded where the account is gone."""
        async with self._database.as_identity() as transaction:
            user = await find_user(transaction, claims.user_id)
        if user is None:
            raise SessionEnded
        return user

    async def change(self, claims: Claims, changes: Changes) -> User:
        """Raises SecondFactorNeeded, ReauthenticationNeeded, InvalidCredentials, WeakPassword, EmailTaken, …"""
        return await self._changes.make(claims, changes)

    async def prove_again(self, claims: Claims, password: str, code: str = "") -> None:
        """For what a stolen session must not be enough for. The code is asked of who has a second factor.

        Raises ReauthenticationNeeded, SecondFactorNeeded, WrongCode or TooManyTries.
        """
        await self._reauthentication.prove(claims, password, code)

    async def recover(self, email: str, device: Device) -> None:
        """Mails a link to set a new password, if there is such an account. Raises InvalidEmail or TooManyTries."""
        await self._recovery.recover(email, device)

    async def reset_password(self, token: str, password: str, device: Device) -> Tokens:
        """Sets a new password by a recovery link and signs in with it; every other session ends.

        Raises LinkExpired, WeakPassword (the link holds on), AccountBanned or TooManyTries.
        """
        return await self._resetting.reset(token, password, device)

    async def resend(self, purpose: Literal["signup", "email_change"], email: str, device: Device) -> None:
        """Mails a confirmation once more, if one is waited for. Raises InvalidEmail or TooManyTries."""
        await self._recovery.resend(purpose, email, device)

    # The second factor

    async def enrol_factor(self, claims: Claims, friendly_name: str = "", issuer: str = "") -> Enrolment:
        """Raises SecondFactorNeeded, FactorNameTaken or TooManyFactors."""
        return await self._factors.enrol(claims, friendly_name, issuer)

    async def unproved_factor(self, claims: Claims) -> Enrolment | None:
        """The factor that the user has begun to set up, to be shown again until its first code."""
        return await self._factors.unproved(claims)

    async def challenge_factor(self, claims: Claims, factor_id: UUID) -> Challenge:
        """Raises FactorUnknown."""
        return await self._factors.challenge(claims, factor_id)

    async def verify_factor(self, claims: Claims, factor_id: UUID, challenge_id: UUID, code: str) -> Tokens:
        """New tokens of the second level. Raises FactorUnknown, ChallengeExpired, WrongCode or TooManyTries."""
        return await self._factors.verify(claims, factor_id, challenge_id, code)

    async def unenrol_factor(self, claims: Claims, factor_id: UUID) -> None:
        """Raises FactorUnknown or SecondFactorNeeded."""
        await self._factors.unenrol(claims, factor_id)

    # The site's cookie

    async def open_site_session(self, tokens: Tokens, *, replacing: str | None = None) -> str:
        """The opaque id that a browser's cookie holds for `tokens`."""
        return await self._site_sessions.open(tokens, replacing=replacing)

    async def find_site_session(self, cookie: str) -> SiteSession | None:
        """None where the cookie stands for nobody (any more)."""
        return await self._site_sessions.find(cookie)

    async def end_site_session(self, cookie: str) -> None:
        """Signs the browser out: its cookie, its session and every token of it end."""
        await self._site_sessions.end(cookie)

    # The operator's ways

    async def add_user(self, email: str, password: str | None = None) -> UserId:
        """An account with a confirmed address. Raises InvalidEmail, WeakPassword or UserExists."""
        return await self._signing_up.add(email, password)

    async def users(self) -> list[UserSummary]:
        """Everybody who has an account, by address."""
        async with self._database.as_identity() as transaction:
            return [UserSummary(**row) for row in await transaction.all("identity.users")]

    async def reset_link(self, email: str) -> str:
        """A link with which the user sets a new password, good for an hour. Raises NotFound."""
        return await self._recovery.reset_link(email)

    async def remove_second_factors(self, email: str) -> None:
        """For a user who lost their phone; signs them out everywhere. Raises NotFound."""
        await self._factors.remove_all(await self._user_with(email))

    async def find_user(self, email: str) -> UserId:
        """Whose account has this address. Raises NotFound."""
        return await self._user_with(email)

    async def sweep(self) -> None:
        """Deletes what has expired."""
        await sweep(self._database, self.options.lifetimes)

    def sweeping(self) -> AbstractAsyncContextManager[None]:
        """Sweeps every hour for as long as the context lasts."""
        return sweeping(self._database, self.options.lifetimes)

    async def _user_with(self, email: str) -> UserId:
        async with self._database.as_identity() as transaction:
            account = await transaction.first("identity.find_account", email=account_address(email))
        if account is None:
            raise NotFound("There is no account with this address.")
        return UserId(account["user_id"])
