"""Who is asking: a bearer token for programs, the site's own session for its pages."""

from typing import Annotated

from fastapi import Depends, Request

from tribureau.database.transactions import UserId
from tribureau.domain.errors import Unauthenticated
from tribureau.providers.identity.claims import Claims
from tribureau.web.csrf import require_form_token
from tribureau.web.parts import Parts
from tribureau.web.sessions import current_session


async def current_claims(request: Request, parts: Parts) -> Claims:
    """What the bearer token or the site's session says; Unauthenticated where neither holds."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await parts.identity.verify(token.strip())
    session = await current_session(request)
    if session is None:
        raise Unauthenticated
    await require_form_token(request)
    return session.claims


CurrentClaims = Annotated[Claims, Depends(current_claims)]


async def current_user(claims: CurrentClaims) -> UserId:
    """The user of the bearer token or of the site's session; Unauthenticated where neither holds."""
    return claims.user_id


CurrentUser = Annotated[UserId, Depends(current_user)]
