"""Paying for postage: what a payment is here and at the payment service."""
