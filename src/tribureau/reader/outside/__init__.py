"""Readers outside of this machine: what they are asked, what they said, and what of it stands on the page."""
