"""What is wished of the vendors in these tests. The people are invented; the address is a bureau's."""

import uuid
from dataclasses import replace

from tribureau.domain.letters.recipients import BUREAU_ADDRESSES
from tribureau.domain.mailing.mail_house import LetterWish, MailAddress, mail_address
from tribureau.domain.payments.processor import CheckoutWish

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SENDER = MailAddress("Ann Sample", "1 Main St", "Springfield", "IL", "62701", "Apt 2")


def new() -> str:
    return str(uuid.uuid4())


def checkout_wish(cents: int = 800, **other: object) -> CheckoutWish:
    wish = CheckoutWish(
        payment=new(),
        user=new(),
        letters=(new(), new()),
        cents=cents,
        description="Postage and mailing of 2 letters",
        return_url="http://127.0.0.1:8000/paid?session={CHECKOUT_SESSION_ID}",
        cancel_url="http://127.0.0.1:8000/letters",
    )
    return replace(wish, **other)  # type: ignore[arg-type]


def letter_wish(**other: object) -> LetterWish:
    wish = LetterWish(new(), 1, new(), mail_address(BUREAU_ADDRESSES[0].address.lines), SENDER, PDF)
    return replace(wish, **other)  # type: ignore[arg-type]
