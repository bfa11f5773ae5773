"""Stripe, behind `tribureau.domain.payments.processor`."""
