"""Lob, behind `tribureau.domain.mailing.mail_house`."""
