"""Everything that signing in can be refused for. Each `code` is Supabase Auth's `error_code` for the same case.

InvalidCredentials      invalid_credentials       address or password is wrong; never says which
EmailNotConfirmed       email_not_confirmed
AccountBanned           user_banned
SignupClosed            signup_disabled
UserExists              user_already_exists       only told where no confirmation by mail is asked for
EmailTaken              email_exists
InvalidEmail            email_address_invalid
WeakPassword            weak_password             `reasons`: length, characters (too common or too easily guessed)
SamePassword            same_password
ReauthenticationNeeded  reauthentication_needed   neither the current password nor a recent sign-in
InvalidData             validation_failed
RefreshTokenUnknown     refresh_token_not_found
RefreshTokenUsed        refresh_token_already_used
SessionExpired          session_expired
InvalidToken            bad_jwt
SessionEnded            session_not_found
LinkExpired             otp_expired
SecondFactorNeeded      insufficient_aal
FactorUnknown           mfa_factor_not_found
FactorNameTaken         mfa_factor_name_conflict
TooManyFactors          too_many_enrolled_mfa_factors
ChallengeExpired        mfa_challenge_expired
WrongCode               mfa_verification_failed
"""

from typing import Literal

from tribureau.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, Unauthenticated


class InvalidCredentials(Unauthenticated):
    """That address and password do not belong together."""

    code = "invalid_credentials"
    hint = "Check both and try again, or set a new password."


class EmailNotConfirmed(NotAllowed):
    """Please confirm your address first: follow the link in the mail we sent you."""

    code = "email_not_confirmed"
    hint = "No mail? Look in the spam folder, or have it sent again."


class AccountBanned(NotAllowed):
    """This account is closed for now."""

    code = "user_banned"
    hint = "Ask whoever runs this site."


class SignupClosed(NotAllowed):
    """This site takes no new accounts."""

    code = "signup_disabled"
    hint = "Ask whoever runs it to make one for you (`tribureau user add`)."


class UserExists(Conflict):
    """There is an account with this address already."""

    code = "user_already_exists"
    hint = "Sign in, or set a new password if you forgot it."


class EmailTaken(Conflict):
    """Another account has this address."""

    code = "email_exists"
    hint = "Choose another address."


class InvalidEmail(InvalidInput):
    """This is not an e-mail address."""

    code = "email_address_invalid"
    hint = "An address looks like name@example.com."


class WeakPassword(InvalidInput):
    """This password is too easily guessed."""

    code = "weak_password"
    hint = "Several words that do not belong together make a good one."

    def __init__(self, message: str, reason: Literal["length", "characters"]) -> None:
        super().__init__(message)
        self.reasons = [reason]


class SamePassword(InvalidInput):
    """The new password is the one you have."""

    code = "same_password"
    hint = "Choose another one."


class ReauthenticationNeeded(NotAllowed):
    """Please show that it is you: give your current password."""

    code = "reauthentication_needed"
    hint = "Send `current_password`, or sign in again within the last 15 minutes."


class InvalidData(InvalidInput):
    """These values can't be taken."""

    code = "validation_failed"


class RefreshTokenUnknown(Unauthenticated):
    """Invalid Refresh Token: Refresh Token Not Found"""

    code = "refresh_token_not_found"
    hint = "Sign in again."


class RefreshTokenUsed(Unauthenticated):
    """Invalid Refresh Token: Already Used"""

    code = "refresh_token_already_used"
    hint = "Sign in again."


class SessionExpired(Unauthenticated):
    """Invalid Refresh Token: Session Expired"""

    code = "session_expired"
    hint = "Sign in again."


class InvalidToken(Unauthenticated):
    """This access token does not hold."""

    code = "bad_jwt"


class SessionEnded(Unauthenticated):
    """This session has ended."""

    code = "session_not_found"
    hint = "Sign in again."


class LinkExpired(NotAllowed):
    """This link has expired, or it was used before."""

    code = "otp_expired"
    hint = "Have a new one sent."


class SecondFactorNeeded(NotAllowed):
    """Please give the code from your authenticator app first."""

    code = "insufficient_aal"
    hint = "Verify your second factor, then repeat this."


class FactorUnknown(NotFound):
    """You have no such second factor."""

    code = "mfa_factor_not_found"


class FactorNameTaken(Conflict):
    """You have a second factor with this name already."""

    code = "mfa_factor_name_conflict"
    hint = "Choose another name."


class TooManyFactors(Conflict):
    """You have as many second factors as an account may have."""

    code = "too_many_enrolled_mfa_factors"
    hint = "Remove one first."


class ChallengeExpired(InvalidInput):
    """That took too long."""

    code = "mfa_challenge_expired"
    hint = "Ask for a new challenge, then give the code that the app shows now."


class WrongCode(InvalidInput):
    """That code is not right."""

    code = "mfa_verification_failed"
    hint = "Give the code that the app shows now, and check the clock of your phone."
