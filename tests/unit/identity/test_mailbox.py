from email import message_from_bytes, policy
from pathlib import Path
from typing import get_args

import pytest

from tribureau.providers.identity.mailbox import MailFolder, MailName, compose

FACTS = {
    "site_url": "https://site.example",
    "link": "https://site.example/confirm?token=a&b",
    "new_email": "b@example.org",
}


@pytest.mark.parametrize("name", get_args(MailName))
def test_every_message_has_its_parts(name: MailName) -> None:
    mail = compose(name, "ann@example.org", **FACTS)
    assert mail.to == "ann@example.org"
    assert mail.subject and "\n" not in mail.subject
    assert "https://site.example" in mail.text and "https://site.example" in mail.html


def test_what_stands_in_html_is_escaped() -> None:
    mail = compose("email_changed", "ann@example.org", **FACTS | {"new_email": "<b>@example.org"})
    assert "<b>" not in mail.html
    assert "<b>@example.org" in mail.text


async def test_a_mail_becomes_a_file_that_mail_programs_open(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    await MailFolder(folder, "Tribureau <no-reply@site.example>").send(compose("recovery", "ann@example.org", **FACTS))
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o077 == 0
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["To"] == "ann@example.org"
    assert message["From"] == "Tribureau <no-reply@site.example>"
    text = message.get_body(("plain",))
    assert text and FACTS["link"] in text.get_content()


async def test_mails_to_an_address_and_those_that_name_it_are_forgotten(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "mail", "Tribureau <no-reply@site.example>")
    await folder.send(compose("recovery", "b@example.org", **FACTS))
    await folder.send(compose("email_changed", "before@example.org", **FACTS))
    await folder.send(compose("recovery", "bb@example.org", **FACTS))
    (tmp_path / "mail" / ".half-written").write_bytes(b"To: B@example.org\nSubj")
    assert await folder.forget("b@example.org") == 3
    [kept] = (tmp_path / "mail").iterdir()
    assert b"To: bb@example.org" in kept.read_bytes()
    assert await MailFolder(tmp_path / "none", "x@site.example").forget("b@example.org") == 0
