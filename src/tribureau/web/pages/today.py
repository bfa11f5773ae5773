"""Today: what needs the user now, what is true, what they can do."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tribureau.database.transactions import Row
from tribureau.domain.bureaus import Bureau
from tribureau.web import formats
from tribureau.web.pages.comparison import ComparedAccount, compared_accounts
from tribureau.web.pages.rendering import answer_title, report_title
from tribureau.web.pages.samples import SHELF
from tribureau.web.pages.visitor import SignedIn

router = APIRouter(include_in_schema=False)
_LOCKED = {"password_required", "wrong_password"}


@dataclass(frozen=True)
class Task:
    """One thing to do: a sign and its tone, what it is, where it is done. `urgent` ones count in the headline."""

    tone: str
    sign: str
    title: str
    detail: str
    action: str
    address: str
    urgent: bool = True


@router.get("/")
async def today(visitor: SignedIn) -> HTMLResponse:
    read = await visitor.read_one("pages.today")
    accounts = compared_accounts(await visitor.read("disputes.comparison", everything=True))
    tasks = [
        *answered(read["answers"]),
        *to_do(read["reports"], read["unread"], accounts, read["findings"]),
        *map(_about_you, read["beside"][:3]),
    ]
    frame = await visitor.read_one("pages.frame")
    now = formats.as_moment(datetime.now(UTC), frame["time_zone"])
    return visitor.render(
        "today.html",
        active="today",
        frame=frame,
        reports=read["reports"],
        newcomer=not read["reports"] and not accounts,
        samples=SHELF,
        today_in_full=f"{now:%A, %B} {now.day}",
        headline=headline(read["reports"], tasks),
        to_do=tasks,
        figures=figures(accounts, read["reports"]),
    )


def headline(reports: list[Row], tasks: list[Task]) -> str:
    """The day in a sentence."""
    urgent = sum(task.urgent for task in tasks)
    if urgent:
        return f"{formats.in_words(urgent)} {'thing needs' if urgent == 1 else 'things need'} you"
    if any(report["processing_status"] in {"pending", "processing"} for report in reports):
        return "Your report is being read"
    return "Nothing needs you today"


def figures(accounts: list[ComparedAccount], reports: list[Row]) -> dict[str, int]:
    """The four figures of the page, and how many bureaus they rest on."""
    return {
        "accounts": len(accounts),
        "negative": sum(account.negative for account in accounts),
        "differ": sum(account.differs for account in accounts),
        "bureaus": len({bureau for account in accounts for bureau in account.cells}),
        "to_check": sum(report["to_check"] for report in reports),
    }


def to_do(reports: list[Row], unread: list[Any], accounts: list[ComparedAccount], findings: int = 0) -> list[Task]:
    """What went wrong first, then what was found, then what is doubtful, then what is missing."""
    failed = [_failed(report) for report in reports if report["processing_status"] == "failed"]
    found = [_found(notice) for notice in unread]
    doubtful = [_doubtful(report) for report in reports if report["to_check"]]
    return [*failed[:3], *found[:3], *_inconsistent(findings), *doubtful[:3], *_missing(accounts)]


def answered(answers: list[Any]) -> list[Task]:
    """Answers of bureaus with results that wait for the user's word."""
    return [_answered(answer) for answer in answers[:3]]


def _answered(answer: Any) -> Task:
    count = answer["waiting"]
    title = f"{answer['bureau'] or 'A bureau'} answered: {count} {'result' if count == 1 else 'results'} to confirm"
    detail = f"{answer_title(answer)}: compare each with the letter, then it counts."
    return Task("warn", "?", title, detail, "Confirm", f"/answers/{answer['response_id']}")


def _failed(report: Row) -> Task:
    name, address = report["original_filename"], f"/reports#report-{report['id']}"
    if report["error_code"] in _LOCKED:
        return Task("warn", "!", f"{name} is locked", report["error_message"], "Give the password", address)
    return Task("bad", "✕", f"{name} was not read", report["error_message"], "See what to do", address)


def _found(notice: Any) -> Task:
    detail = f"{report_title(notice)}: {notice['body'][0].lower()}{notice['body'][1:]}"
    return Task("bad", "!", notice["title"], detail, "Look", notice["link"])


def _inconsistent(findings: int) -> list[Task]:
    if not findings:
        return []
    title = f"{formats.in_words(findings)} {'thing does' if findings == 1 else 'things do'} not add up"
    detail = "Dates, amounts or bureaus that contradict each other or a rule. Each names its source."
    return [Task("warn", "!", title, detail, "Look", "/accounts?show=findings")]


def _about_you(found: Row) -> Task:
    count = found["findings"]
    title = f"{formats.in_words(count)} {'thing' if count == 1 else 'things'} about you in a report"
    detail = "A name, an address, an inquiry or a public record that may not belong there."
    return Task("warn", "!", title, detail, "Look", f"/reports/{found['upload_id']}/about-you")


def _doubtful(report: Row) -> Task:
    count = report["to_check"]
    title = f"{formats.in_words(count)} {'value' if count == 1 else 'values'} to check"
    detail = f"{report_title(report)}: hard to read, so please compare with the page."
    return Task("warn", "?", title, detail, "Check", f"/check?report={report['id']}")


def _missing(accounts: list[ComparedAccount]) -> list[Task]:
    known = {bureau for account in accounts for bureau in account.cells}
    missing = [bureau.value for bureau in Bureau if bureau.value not in known]
    if not accounts or not missing or len(missing) == len(Bureau):
        return []
    names = " and ".join(missing)
    detail = "Bureaus often disagree about the same account; side by side it shows."
    title = f"Add your {names} {'report' if len(missing) == 1 else 'reports'}"
    return [Task("info", "+", title, detail, "Upload", "/reports#upload", urgent=False)]
