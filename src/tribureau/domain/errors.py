"""Everything that can go wrong and that a person is told about.

TribureauError
├── NotFound                  404  the thing does not exist for this user
├── InvalidInput              422  a value breaks a rule; the hint says which
├── Conflict                  409  somebody or something else was first
├── NotAllowed                403  signed in, but not for this
├── Unauthenticated           401  no token, or one that does not hold
├── TooManyTries              429  wait, then try again
├── Unavailable               503  a part we depend on is away
│   └── ReaderKilled               the process that read a file was killed: an attempt, and no fault of the file
└── UnreadableReport          the report's own fault; `code` is the `error` of `tribureau read --json`
    ├── PasswordRequired      password_required
    ├── WrongPassword         wrong_password
    ├── Damaged               damaged
    ├── NotAPdf               not_a_pdf
    ├── EmptyFile             empty_file
    ├── TooLarge              too_large
    ├── TooComplex            too_complex: over its bounds of pages, memory or time
    ├── Interrupted           interrupted: the reading was cut short, again and again
    ├── ScannedPages          scanned_pages: pictures of text, not text
    └── NotACreditReport      not_a_credit_report

A class's docstring is its message, `hint` says what to do. Codes are stable; only `web` knows HTTP.
"""

from typing import ClassVar


class TribureauError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"
    hint: str = ""

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())
        self.hint = hint or type(self).hint

    @property
    def message(self) -> str:
        """One sentence for a person."""
        return str(self)


class NotFound(TribureauError):
    """There is nothing here under that address."""

    code = "not_found"


class InvalidInput(TribureauError):
    """A value is not acceptable."""

    code = "invalid_input"


class Conflict(TribureauError):
    """This was changed meanwhile."""

    code = "conflict"
    hint = "Load the page again and repeat your change."


class NotAllowed(TribureauError):
    """You may not do this."""

    code = "not_allowed"


class Unauthenticated(TribureauError):
    """Please sign in."""

    code = "unauthenticated"
    hint = "Send a valid access token, or sign in again."


class TooManyTries(TribureauError):
    """Too many tries in a short time."""

    code = "too_many_tries"

    def __init__(self, message: str = "", *, hint: str = "", retry_after: int = 60) -> None:
        super().__init__(message, hint=hint or f"Wait {retry_after} seconds, then try again.")
        self.retry_after = retry_after


class Unavailable(TribureauError):
    """A part that this needs can't be reached just now."""

    code = "unavailable"
    hint = "Try again in a minute. `tribureau doctor` names the part."


class ReaderKilled(Unavailable):
    """Reading was stopped from outside, by whoever runs this machine or for want of its memory."""

    code = "reader_killed"
    hint = "Try it again."


class UnreadableReport(TribureauError):
    """This file can't be read as a credit report."""

    code = "unreadable"


class PasswordRequired(UnreadableReport):
    """This PDF is locked with a password."""

    code = "password_required"
    hint = "Give the password you open it with (often the last digits of your SSN or your ZIP code). It is not stored."


class WrongPassword(UnreadableReport):
    """That password does not open this PDF."""

    code = "wrong_password"
    hint = "Try the password again; capital letters matter."


class Damaged(UnreadableReport):
    """This PDF is damaged or incomplete."""

    code = "damaged"
    hint = "Download it from the bureau once more and upload the new copy."


class NotAPdf(UnreadableReport):
    """This file is not a PDF."""

    code = "not_a_pdf"
    hint = "Open your report in the browser and choose Print, then «Save as PDF»."


class EmptyFile(UnreadableReport):
    """This file is empty."""

    code = "empty_file"
    hint = "Save the report again and check that the file opens."


class TooLarge(UnreadableReport):
    """This file is larger than this site accepts."""

    code = "too_large"
    hint = "Save only the report's own pages as PDF, or split the file."


class TooComplex(UnreadableReport):
    """Reading this PDF took more time or memory than a credit report needs, so it was stopped."""

    code = "too_complex"
    hint = "Open it, choose Print and «Save as PDF», and upload the new copy."


class Interrupted(UnreadableReport):
    """Reading this report was cut short three times."""

    code = "interrupted"
    hint = "Read it again later. If it happens once more, tell whoever runs this site."


class ScannedPages(UnreadableReport):
    """The pages of this PDF are pictures of text, and they could not be read."""

    code = "scanned_pages"
    hint = (
        "If you can, download the report from the bureau's website as a PDF. "
        "Reading scans takes Tesseract on the machine that runs this site (Debian, Ubuntu: apt install tesseract-ocr)."
    )


class NotACreditReport(UnreadableReport):
    """This does not look like a credit report."""

    code = "not_a_credit_report"
    hint = "Upload the report itself: the PDF from Equifax, TransUnion, Experian or a three-bureau service."
