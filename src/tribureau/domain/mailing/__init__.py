"""Sending letters by a mail house: what a mailing is here and there."""
