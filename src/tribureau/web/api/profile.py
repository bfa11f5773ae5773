"""The user's profile, sealed at rest under their own key."""

from fastapi import APIRouter

from tribureau.domain.profile import PostalAddress, Profile
from tribureau.web.api.beside_shapes import ProfileShape
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.profile import save_profile, show_profile

router = APIRouter(prefix="/api/v1/profile", tags=["profile"])


@router.get("", summary="Who you are")
async def get_profile(parts: Parts, user: CurrentUser) -> ProfileShape:
    return ProfileShape.model_validate(await show_profile(parts.receiving, user))


@router.put("", summary="Say who you are; replaces all of it")
async def put_profile(new: ProfileShape, parts: Parts, user: CurrentUser) -> ProfileShape:
    await save_profile(parts.receiving, user, as_profile(new))
    return new


def as_profile(shape: ProfileShape) -> Profile:
    return Profile(
        name=shape.name.strip(),
        former_names=tuple(name.strip() for name in shape.former_names),
        address=PostalAddress(**shape.address.model_dump()) if shape.address else None,
        earlier_addresses=tuple(PostalAddress(**address.model_dump()) for address in shape.earlier_addresses),
        date_of_birth=shape.date_of_birth,
        ssn_last4=shape.ssn_last4,
    )
