"""Dates of disputes and letters in words: what is shown of each, the same on the page, in the calendar and the API."""

from tribureau.domain.deadlines import Matter
from tribureau.domain.deadlines.company_clock import NO_PERIOD
from tribureau.web.wording import Result, Term
from tribureau.workflows.company_letters import OpenLetter
from tribureau.workflows.deadlines import OpenDispute, Standing

MATTERS = {
    Matter.FURNISHER_TOLD: Term("The furnisher is told"),
    Matter.INVESTIGATED: Term("Dispute answer due"),
    Matter.RESULTS_SENT: Term("Last day to send the results"),
    Matter.COMPANY_ANSWERED: Term("Company's answer due"),
    Matter.ANSWER_HERE: Term("Last day to wait for the mail"),
}
STANDINGS = {
    Standing.NOT_DELIVERED: Result(
        "Not yet delivered",
        "Unknown until delivered: the bureau's time runs from the day it receives your letter. The dates below are "
        "estimates.",
        "quiet",
        "◌",
    ),
    Standing.RUNNING: Result("The bureau investigates", "", "info", "◔"),
    Standing.PERIOD_OVER: Result(
        "The bureau's time is over",
        "No answer is known. The results may still be in the mail, so wait for the last date below.",
        "warn",
        "!",
    ),
    Standing.NO_ANSWER: Result(
        "No answer received",
        "Good news for you: no answer came within the time that the law gives. What a bureau can't "
        "verify in time it has to delete (15 USC 1681i(a)(5)(A)); ask for that in your next letter.",
        "good",
        "✓",
    ),
}
COMPANY_STANDINGS = {
    Standing.NOT_DELIVERED: Result(
        "Not yet delivered",
        "Unknown until delivered: the company's time runs from the day it receives your letter. The dates below are "
        "estimates.",
        "quiet",
        "◌",
    ),
    Standing.RUNNING: Result("The company investigates", "", "info", "◔"),
    Standing.PERIOD_OVER: Result(
        "The company's time is over",
        "No answer is known. It may still be in the mail, so wait for the last date below.",
        "warn",
        "!",
    ),
    Standing.NO_ANSWER: Result(
        "No answer received",
        "No answer came within the time that the law gives. Your dispute at the bureau goes its own way; a complaint "
        "to the Consumer Financial Protection Bureau can name this letter.",
        "bad",
        "!",
    ),
}
"""Of letters to furnishers."""
COLLECTOR = Result("No period runs", NO_PERIOD, "quiet", "◌")


def standing_of(letter: OpenLetter) -> Result:
    return COLLECTOR if letter.collects else COMPANY_STANDINGS[letter.standing]


def time_left(dispute: OpenDispute | OpenLetter) -> str:
    """`5 days left`, `last day`, `3 days over`; empty while nothing runs."""
    left = dispute.days_left
    if left is None or dispute.standing is Standing.NO_ANSWER:
        return ""
    if left == 0:
        return "last day"
    days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    return f"{days} left" if left > 0 else f"{days} over"
