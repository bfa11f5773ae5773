"""`/auth/v1`: the local identity provider in Supabase Auth's paths and shapes, so that its client libraries work."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.routing import APIRoute

from tribureau import __version__
from tribureau.domain.errors import TribureauError
from tribureau.providers.identity.account_changes import Changes
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.errors import InvalidData, LinkExpired
from tribureau.providers.identity.links import Purpose
from tribureau.providers.identity.local import LocalIdentity
from tribureau.web.api import auth_errors, auth_shapes
from tribureau.web.parts import parts_of
from tribureau.web.sessions import device_of


class _Route(APIRoute):
    """Answers every refusal in Supabase Auth's shape instead of this site's own."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handle(request)
            except TribureauError as error:
                return auth_errors.answer(error)
            except RequestValidationError as error:
                return auth_errors.invalid_request(error)

        return answered


router = APIRouter(prefix="/auth/v1", tags=["identity"], route_class=_Route)


def identity_of(request: Request) -> LocalIdentity:
    return parts_of(request).identity


Identity = Annotated[LocalIdentity, Depends(identity_of)]


async def bearer(request: Request, identity: Identity) -> Claims:
    """Whose token it is; the second factor may still be due."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise auth_errors.NoBearerToken
    return await identity.verify_first_factor(token.strip())


Bearer = Annotated[Claims, Depends(bearer)]
MailPurpose = Literal["signup", "invite", "magiclink", "recovery", "email_change", "email"]


@router.post("/signup", summary="Make an account")
async def sign_up(body: auth_shapes.SignUp, request: Request, identity: Identity) -> dict[str, Any]:
    """Makes an account. Answers tokens, or only the user while the address waits to be confirmed."""
    signed_up = await identity.sign_up(body.email, body.password, device_of(request), body.data)
    return auth_shapes.tokens(signed_up.tokens) if signed_up.tokens else auth_shapes.user(signed_up.user)


@router.post("/token", summary="Sign in with a password, or refresh a session")
async def token(
    body: auth_shapes.TokenRequest,
    request: Request,
    identity: Identity,
    grant_type: Annotated[Literal["password", "refresh_token"], Query()],
) -> dict[str, Any]:
    """Signs in, or answers the next tokens of a session."""
    if grant_type == "refresh_token":
        if not body.refresh_token:
            raise InvalidData("`refresh_token` is missing.")
        return auth_shapes.tokens(await identity.refresh(body.refresh_token))
    if not body.email or not body.password:
        raise InvalidData("`email` and `password` are needed.")
    return auth_shapes.tokens(await identity.sign_in(body.email, body.password, device_of(request)))


@router.post("/logout", status_code=204, summary="Sign out")
async def sign_out(
    claims: Bearer, identity: Identity, scope: Annotated[Literal["global", "local", "others"], Query()] = "global"
) -> Response:
    """Ends all of the user's sessions, this one or all others."""
    await identity.sign_out(claims, scope)
    return Response(status_code=204)


@router.get("/user", summary="Who the token speaks for")
async def user(claims: Bearer, identity: Identity) -> dict[str, Any]:
    """The account that the token belongs to."""
    return auth_shapes.user(await identity.user(claims))


@router.put("/user", summary="Change address, password or own data")
async def change_user(body: auth_shapes.UserChange, claims: Bearer, identity: Identity) -> dict[str, Any]:
    """Changes the address, the password or what users say about themselves.

    The first two take `current_password`, or a sign-in within the last 15 minutes.
    """
    changes = Changes(body.email, body.password, body.current_password, body.data)
    return auth_shapes.user(await identity.change(claims, changes))


@router.post("/recover", summary="Mail a link to set a new password")
async def recover(body: auth_shapes.Recover, request: Request, identity: Identity) -> dict[str, Any]:
    """Mails a link to set a new password, if there is such an account; the answer does not say."""
    await identity.recover(body.email, device_of(request))
    return {}


@router.post("/resend", summary="Mail a confirmation once more")
async def resend(body: auth_shapes.Resend, request: Request, identity: Identity) -> dict[str, Any]:
    """Mails a confirmation once more, if one is waited for; the answer does not say."""
    await identity.resend(body.type, body.email, device_of(request))
    return {}


@router.post("/verify", summary="Follow a link from a mail")
async def verify(body: auth_shapes.Verify, request: Request, identity: Identity) -> dict[str, Any]:
    """Signs in by the token of a link from a mail."""
    token = body.token_hash or body.token
    if not token:
        raise InvalidData("`token_hash` or `token` is needed.")
    return auth_shapes.tokens(await identity.follow_link(_purpose(body.type), token, device_of(request)))


@router.get("/verify", status_code=302, response_class=RedirectResponse, summary="Follow a mail's link in a browser")
async def verify_link(
    request: Request,
    identity: Identity,
    token: Annotated[str, Query()],
    type_: Annotated[MailPurpose, Query(alias="type")],
    redirect_to: Annotated[str, Query()] = "",
) -> RedirectResponse:
    """As a link that is clicked: leads back with the tokens, or the refusal, after the `#` of the address."""
    try:
        tokens = await identity.follow_link(_purpose(type_), token, device_of(request))
        facts = auth_shapes.fragment(tokens, type_)
    except TribureauError as error:
        facts = {"error": "access_denied", "error_code": error.code, "error_description": error.message}
    back = _own_address(redirect_to, identity.options.site_url)
    return RedirectResponse(f"{back.partition('#')[0]}#{urlencode(facts)}", 302)


@router.get("/settings", summary="What this provider offers")
async def settings(identity: Identity) -> dict[str, Any]:
    """What a sign-in form needs to know."""
    return auth_shapes.settings(identity.options)


@router.get("/health", summary="The provider lives")
async def health() -> dict[str, str]:
    return {"name": "Tribureau", "version": __version__, "description": "The identity provider of this Tribureau"}


@router.get("/.well-known/jwks.json", summary="The public keys of our tokens")
async def jwks(identity: Identity) -> JSONResponse:
    """The public keys that our access tokens are verified with."""
    return JSONResponse(await identity.jwks(), headers={"Cache-Control": "public, max-age=60"})


@router.post("/factors", summary="Set up a second factor")
async def enrol(body: auth_shapes.Enrol, claims: Bearer, identity: Identity) -> dict[str, Any]:
    """Begins a second factor; it counts once a code of it was verified."""
    enrolment = await identity.enrol_factor(claims, body.friendly_name or "", body.issuer or "")
    return auth_shapes.enrolment(enrolment)


@router.post("/factors/{factor_id}/challenge", summary="Ask to show a second factor")
async def challenge(factor_id: UUID, claims: Bearer, identity: Identity) -> dict[str, Any]:
    """Asks for a code."""
    return auth_shapes.challenge(await identity.challenge_factor(claims, factor_id))


@router.post("/factors/{factor_id}/verify", summary="Show a second factor")
async def verify_factor(
    factor_id: UUID, body: auth_shapes.VerifyFactor, claims: Bearer, identity: Identity
) -> dict[str, Any]:
    """Takes the code, and answers tokens of the second level."""
    return auth_shapes.tokens(await identity.verify_factor(claims, factor_id, body.challenge_id, body.code))


@router.delete("/factors/{factor_id}", summary="Remove a second factor")
async def unenrol(factor_id: UUID, claims: Bearer, identity: Identity) -> dict[str, str]:
    """Removes a second factor."""
    await identity.unenrol_factor(claims, factor_id)
    return {"id": str(factor_id)}


def _purpose(type_: MailPurpose) -> Purpose:
    """Invitations and magic links are not sent here, so no token of theirs can hold."""
    match type_:
        case "signup" | "email":
            return "signup"
        case "recovery" | "email_change":
            return type_
        case "invite" | "magiclink":
            raise LinkExpired


def _own_address(wanted: str, site_url: str) -> str:
    """`wanted` where it lies on this site, else the site: tokens are led nowhere else."""
    asked, own = urlsplit(wanted), urlsplit(site_url)
    return wanted if (asked.scheme, asked.netloc) == (own.scheme, own.netloc) else f"{site_url}/"
