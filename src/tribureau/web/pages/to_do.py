"""What a user may do next, as the first page lists it: what it is, by when, why, and where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from tribureau.database.transactions import Row
from tribureau.domain.bureaus import Bureau
from tribureau.web import formats
from tribureau.web.pages.rendering import answer_title, report_title

_WEEK: Final = timedelta(days=7)
_LOCKED: Final = frozenset({"password_required", "wrong_password"})
_OF_A_KIND: Final = 3


@dataclass(frozen=True)
class Task:
    """One thing to do. `on` is its day; `sign` stands where it has none. What is not `urgent` can wait."""

    tone: str
    sign: str
    title: str
    detail: str
    action: str
    address: str
    urgent: bool = True
    on: date | None = None


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """By date, then what has none as it was given; what can wait comes last."""
    return sorted(tasks, key=lambda task: (not task.urgent, task.on is None, task.on or date.max))


def headline(tasks: Sequence[Task], today: date, *, reading: bool) -> str:
    """The week in a sentence."""
    urgent = sum(task.urgent and (task.on is None or task.on <= today + _WEEK) for task in tasks)
    if urgent:
        return f"{formats.in_words(urgent)} {'thing needs' if urgent == 1 else 'things need'} you this week"
    return "Your report is being read" if reading else "Nothing needs you this week"


def report_tasks(read: Row, accounts: Row) -> list[Task]:
    """`read` of `pages.today`, `accounts` of `today.accounts`: what went wrong, was found, is doubtful, is missing."""
    reports = read["reports"]
    failed = [_failed(report) for report in reports if report["processing_status"] == "failed"]
    found = [_found(notice) for notice in read["unread"]]
    doubtful = [_doubtful(report) for report in reports if report["to_check"]]
    answers = [_answered(answer) for answer in read["answers"]]
    beside = [_about_you(one) for one in read["beside"]]
    several = (answers, failed, found, _inconsistent(read["findings"]), doubtful, beside, _missing(accounts))
    return [task for tasks in several for task in tasks[:_OF_A_KIND]]


def _answered(answer: Any) -> Task:
    title = f"{answer['bureau'] or 'A bureau'} answered: {formats.counted(answer['waiting'], 'result')} to confirm"
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


def _missing(accounts: Row) -> list[Task]:
    missing = [bureau.value for bureau in Bureau if bureau.value not in accounts["bureaus"]]
    if not accounts["accounts"] or not missing or len(missing) == len(Bureau):
        return []
    names = " and ".join(missing)
    detail = "Bureaus often disagree about the same account; side by side it shows."
    title = f"Add your {names} {'report' if len(missing) == 1 else 'reports'}"
    return [Task("info", "+", title, detail, "Upload", "/reports#upload", urgent=False)]
