"""Dispute letters as PDF, with what they enclose."""

from tribureau.letters.attachments import with_attachments
from tribureau.letters.letter import Letter, LetterUse
from tribureau.letters.press import typeset

__all__ = ["Letter", "LetterUse", "typeset", "with_attachments"]
