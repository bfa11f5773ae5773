"""The page of one dispute: where it stands, what can be done now, what happened, and what it is about."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tribureau.bootstrap import mail_allowance
from tribureau.domain.disputes import ANSWERS
from tribureau.domain.letters import PLANS, Language
from tribureau.domain.next_steps import MOST_WORDS, NextStep, Offer, Story, complaint, drafted_statement, words_in
from tribureau.web import deadline_words
from tribureau.web.dispute_dates import next_date
from tribureau.web.dispute_events import events
from tribureau.web.errors import status_of
from tribureau.web.pages.company_letters import letters_about
from tribureau.web.pages.dispute_answered import answered_to
from tribureau.web.pages.dispute_forms import Form, Refusal, disputed_facts, open_forms, through_letter
from tribureau.web.pages.visitor import SignedIn, Visitor
from tribureau.workflows.dispute_story import StoredStory, read_story

router = APIRouter(include_in_schema=False)
LANGUAGES: Final = {Language.ENGLISH: "English", Language.SPANISH: "Español"}


@router.get("/disputes/{dispute_id}")
async def one_dispute(visitor: SignedIn, dispute_id: UUID) -> HTMLResponse:
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("pages.mark_seen", link=f"/disputes/{dispute_id}")
    return await dispute_page(visitor, dispute_id)


async def dispute_page(visitor: Visitor, dispute_id: UUID, refused: Refusal | None = None) -> HTMLResponse:
    """`refused` is a form that was sent from here: what was typed stays. Raises NotFound."""
    stored = await read_story(visitor.parts.database, visitor.user, dispute_id)
    clock = stored.clock(mail_allowance(visitor.parts.settings))
    language = _language(visitor, stored)
    story = stored.story(language)
    return await visitor.page(
        "dispute.html",
        "disputes",
        status_of(refused.error) if refused else 200,
        problem=refused.error if refused else None,
        typed=refused.typed if refused else {},
        wrong=refused.wrong if refused else {},
        dispute=stored.dispute,
        answered=await answered_to(visitor.parts.database, visitor.user, stored.dispute),
        round=stored.round,
        rounds=stored.rounds,
        report=stored.report,
        heading=next_date(stored.dispute | stored.round, clock, stored.today),
        clock=clock,
        words=deadline_words,
        events=events(stored.history, clock),
        company_letters=await letters_about(visitor, dispute_id=dispute_id),
        facts=disputed_facts(stored.dispute),
        forms=open_forms(stored),
        form=Form,
        through_letter=through_letter(stored),
        offers=[(offer, _texts(offer, story, language)) for offer in stored.offers()],
        steps=NextStep,
        statement=stored.statement,
        statement_draft=drafted_statement(story, language),
        words_in=words_in,
        most_words=MOST_WORDS,
        answers=sorted(ANSWERS),
        kinds={kind.value: plan.label.en for kind, plan in PLANS.items()},
        language=language,
        languages=LANGUAGES,
        today=stored.today,
    )


def _language(visitor: Visitor, stored: StoredStory) -> Language:
    asked = visitor.request.query_params.get("language", "")
    return Language(asked) if asked in set(Language) else stored.language


def _texts(offer: Offer, story: Story, language: Language) -> list[tuple[str, str]]:
    """The texts that a step gives to copy, each under the question that it answers."""
    told = complaint(story, language) if offer.step is NextStep.CFPB_COMPLAINT else None
    if told is None:
        return []
    return [("What happened?", told.what_happened), ("What would be a fair resolution?", told.fair_resolution)]
