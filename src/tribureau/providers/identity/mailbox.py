"""Mails to people about their account: a folder per message (subject.txt, text.txt, body.html), and where they go."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

MailName = Literal[
    "confirmation", "recovery", "email_change", "email_changed", "password_changed", "already_registered"
]


@dataclass(frozen=True)
class Mail:
    """One message to one person."""

    to: str
    subject: str
    text: str
    html: str


class Mailbox(Protocol):
    """Takes mails to deliver. `send` returns promptly: how long it takes must not tell whether an account exists."""

    async def send(self, mail: Mail) -> None: ...

    async def forget(self, address: str) -> int:
        """Deletes what still lies here for `address` or names it; how many mails."""


class MailFolder:
    """Puts each mail into a folder as an .eml file that any mail program opens; for sites without a mail server."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        await asyncio.to_thread(self._write, mail)

    async def forget(self, address: str) -> int:
        return await asyncio.to_thread(self._forget, address)

    def _forget(self, address: str) -> int:
        """Half-written ones too: they hold the address as well."""
        forgotten = 0
        for file in (*self._folder.glob("*.eml"), *self._folder.glob(".*-*")):
            with suppress(FileNotFoundError):
                if _concerns(address.lower(), file.read_bytes()):
                    file.unlink()
                    forgotten += 1
        return forgotten

    def _write(self, mail: Mail) -> None:
        now = datetime.now(UTC)
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(now)
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_bytes(message.as_bytes())
        draft.rename(self._folder / f"{draft.name.removeprefix('.')}.eml")


def _concerns(address: str, content: bytes) -> bool:
    """A mail to the address, or one that names it: to the address that somebody had before it."""
    message = message_from_bytes(content, policy=default)
    recipients = {to.addr_spec.lower() for to in message["To"].addresses} if message["To"] else set()
    text = message.get_body(("plain",))
    words = text.get_content().lower().split() if text else []
    return address in recipients or address in {word.strip(".,:;()<>") for word in words}


def compose(name: MailName, to: str, **facts: str) -> Mail:
    """The message `name`, filled with what it asks for."""
    return Mail(
        to=to,
        subject=" ".join(_render(name, "subject.txt", facts).split()),
        text=_render(name, "text.txt", facts),
        html=_render(name, "body.html", facts),
    )


def _render(name: MailName, part: str, facts: dict[str, str]) -> str:
    return _templates().get_template(f"{name}/{part}").render(facts)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(__package__, "mails"), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
    )
