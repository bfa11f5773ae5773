"""Who looks at a page, and the frame around what they see."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tribureau.bootstrap import WebParts
from tribureau.database.transactions import Row, UserId
from tribureau.domain.errors import NotFound
from tribureau.web.csrf import csrf_token
from tribureau.web.dependencies import current_user
from tribureau.web.pages.rendering import render
from tribureau.web.parts import Parts

NOTICES = {
    "saved": "Saved. What was read stays beside it.",
    "undone": "Undone: the value is again what was read.",
    "confirmed": "Thank you. The value counts as checked.",
    "set-aside": "Set aside. It stands below, folded, if you want it back.",
    "brought-back": "Brought back.",
    "merged": "Saved: they are one account from now on, in later reports too.",
    "split": "Saved: they are different accounts from now on, in later reports too.",
    "decided": "Saved. The accounts are put in their new order in a moment; reload to see it.",
    "withdrawn": "Undone. Tribureau puts these accounts together by itself again.",
    "deleted": "Deleted.",
    "added": "Added. You can fill in more below.",
    "password": "Your password is changed. Every other device is signed out.",
    "second-step-on": "The second step is on. Signing in asks for a code from now on.",
    "second-step-off": "The second step is off.",
    "session-ended": "That session is ended.",
    "time-zone": "Saved.",
    "result-confirmed": "Confirmed. Thank you.",
    "results-confirmed": "Confirmed, all of them. Thank you.",
    "result-rejected": "Set aside: it counts for nothing.",
    "result-undone": "Undone: it is again what was read.",
    "profile": "Saved. Your reports are compared with it in a moment.",
    "said-mine": "Saved: this is yours.",
    "said-not-mine": "Saved: this is not yours. It counts as a finding in a moment; reload to see it.",
    "said-undo": "Undone.",
    "letters-begun": "Begun. Say why, and the letter is written.",
    "letter-written": "Written. Read it, then print it.",
    "letter-edited": "Saved: the letter says it in your words.",
    "letter-restored": "The letter is as it was written first.",
    "letter-dropped": "Dropped. The disputes stay as drafts.",
    "letter-posted": "Saved. The time to answer begins when it arrives.",
    "letter-received": "Saved. The time to answer runs from that day.",
    "company-answered": "Saved. It moves no dispute; what a bureau reports is the bureau's word.",
    "company-answer-back": "Removed: no answer is known again.",
    "undone-posting": "Undone: the letter is ready again.",
    "dispute-mailed": "Saved. The bureau's time begins when it arrives.",
    "dispute-received": "Saved. The bureau's time runs from that day.",
    "dispute-answered": "Saved. What can come next stands below.",
    "dispute-taken-back": "Taken back. You can bring it back any time.",
    "dispute-restored": "It is a draft again.",
    "dispute-undone": "Undone. The history keeps both.",
    "proposal-accepted": "Saved: the dispute says so now.",
    "proposal-set-aside": "Set aside. It stands below, if you want it back.",
    "proposal-undone": "Undone: it waits for your word again.",
    "dispute-noted": "Added to the timeline.",
    "next-round": "The next round is open. Say why, and its letter is written.",
    "statement-kept": "Kept. Print it as a letter, or copy it.",
    "statement-dropped": "Dropped.",
    "enclosures": "Saved: this goes with the letter.",
    "cloud-on": "You agreed. It holds for what you upload, or have read again, from now on.",
    "more-information": "Saved. The dates are counted anew.",
    "calendar-off": "Withdrawn. The link leads nowhere any more.",
    "export-removed": "Removed. Nothing of it is left here.",
    "cloud-off": "Taken back. Nothing more is sent.",
}
"""What a page says after a change; the address carries the key (`?done=saved`), never the words."""


class Visitor:
    """A signed-in person, with what a page needs to be read and rendered for them."""

    def __init__(self, request: Request, parts: WebParts, user: UserId) -> None:
        self.request = request
        self.parts = parts
        self.user = user

    async def read(self, name: str, **parameters: object) -> list[Row]:
        """The rows of a page. Each statement may ask for `check_below`, under which a value is to be checked."""
        below = self.parts.settings.check_below
        return await self.parts.database.read_as_user(self.user, name, check_below=below, **parameters)

    async def read_several(self, *names: str, **parameters: object) -> list[list[Row]]:
        """The rows of several statements of one moment, in one round trip; as `read` otherwise."""
        below = self.parts.settings.check_below
        return await self.parts.database.read_several_as_user(self.user, names, check_below=below, **parameters)

    async def read_one(self, name: str, **parameters: object) -> Row:
        """The one row of a page; NotFound where the user has no such thing."""
        rows = await self.read(name, **parameters)
        if not rows:
            raise NotFound(hint="It may have been deleted, or it belongs to another account.")
        return rows[0]

    async def page(self, template: str, active: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A whole page with its navigation."""
        frame = await self.read_one("pages.frame")
        return self.render(template, status, active=active, frame=frame, **context)

    def render(self, template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
        return render(
            template,
            status,
            signed_in=True,
            csrf_token=csrf_token(self.request),
            max_upload_bytes=self.parts.settings.max_upload_bytes,
            notice=NOTICES.get(self.request.query_params.get("done", ""), ""),
            **context,
        )


async def _visitor(request: Request, parts: Parts, user: Annotated[UserId, Depends(current_user)]) -> Visitor:
    return Visitor(request, parts, user)


SignedIn = Annotated[Visitor, Depends(_visitor)]


def go_to(address: str, done: str = "", anchor: str = "") -> RedirectResponse:
    """Where a form leads after it was obeyed (303, so that reloading repeats nothing)."""
    query = f"{'&' if '?' in address else '?'}done={quote(done)}" if done else ""
    return RedirectResponse(f"{address}{query}{'#' + anchor if anchor else ''}", 303)
