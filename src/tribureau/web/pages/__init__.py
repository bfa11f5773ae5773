"""The HTML pages: each file is one page or one matter of a user, read straight from `pages.sql` and rendered."""

from fastapi import APIRouter

from tribureau.web.pages import (
    about_you,
    accounts,
    answers,
    begin_letters,
    checking,
    cloud_reading,
    corrections,
    deadlines,
    dispute,
    dispute_next,
    dispute_steps,
    disputes,
    evidence,
    findings,
    letters,
    notifications,
    profile,
    report,
    reports,
    same_account,
    samples,
    settings,
    signing_in,
    today,
)

router = APIRouter()
for page in (
    today,
    reports,
    report,
    answers,
    about_you,
    checking,
    corrections,
    deadlines,
    evidence,
    findings,
    accounts,
    same_account,
    begin_letters,
    disputes,
    dispute,
    dispute_steps,
    dispute_next,
    letters,
    notifications,
    settings,
    profile,
    cloud_reading,
    samples,
    signing_in,
):
    router.include_router(page.router)
