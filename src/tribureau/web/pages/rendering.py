"""Templates into pages: the Jinja environment with our words and formats as filters."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tribureau import charts
from tribureau.web import dispute_words, formats, wording
from tribureau.web.pages.dispute_answered import said_value

_TERMS: Final = {
    "account_type": wording.ACCOUNT_TYPES,
    "account_status": wording.ACCOUNT_STATUSES,
    "payment_status": wording.PAYMENT_STATUSES,
    "negative_kind": wording.NEGATIVE_KINDS,
    "report_source": wording.REPORT_SOURCES,
    "layout": wording.LAYOUTS,
    "field": wording.FIELDS,
}


@pass_context
def _moment(context: Context, value: datetime | str | None, within: bool = False) -> Markup:
    return formats.moment_element(value, context["frame"]["time_zone"], within=within)


def _word(code: str | None, kind: str) -> str:
    return wording.term(_TERMS[kind], code).word


def answer_title(answer: Mapping[str, Any]) -> str:
    """`Experian's answer, Nov 18, 2026`."""
    who = f"{answer['bureau']}'s answer" if answer["bureau"] else "A bureau's answer"
    return f"{who}, {formats.day(answer['letter_date'])}" if answer["letter_date"] else who


def report_title(report: Mapping[str, Any]) -> str:
    """`TransUnion, Nov 2, 2026`; the file's name where the report is not read."""
    if report.get("is_answer"):
        bureau = next(iter(report["bureaus"]), None)
        return answer_title({"bureau": bureau, "letter_date": report["report_date"]})
    bureaus = report["bureaus"]
    if not bureaus:
        return str(report["original_filename"])
    who = ", ".join(bureaus) if len(bureaus) < 3 else "Three bureaus"
    return f"{who}, {formats.day(report['report_date'])}" if report["report_date"] else who


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tribureau.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": formats.day_element,
        "plain_day": formats.day,
        "moment": _moment,
        "money": formats.money,
        "counted": formats.counted,
        "in_words": formats.in_words,
        "seconds": formats.seconds,
        "file_size": formats.file_size,
        "masked": formats.masked_number,
        "word": _word,
        "rule": wording.rule_in_words,
        "report_title": report_title,
        "answer_title": answer_title,
        "said_value": said_value,
    }
    environment.globals |= {
        "wording": wording,
        "dispute_words": dispute_words,
        "charts": charts,
        "frame": {"time_zone": "UTC", "unread": 0, "reading": 0, "disputing": 0},
        "active": "",
        "signed_in": False,
        "csrf_token": "",
        "notice": "",
        "problem": None,
        "duplicate": False,
    }
    return environment


templates: Final = _environment()


def render(template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A template as an answer that no cache keeps: every page holds one person's data."""
    html = templates.get_template(template).render(now=datetime.now(UTC), **context)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def wants_fragment(request: Request) -> bool:
    """Whether one of our modules asks for a piece of a page instead of all of it."""
    return request.headers.get("x-fragment") == "1"
