"""A stand-in for Stripe and Lob over HTTP, for trying and testing: no money and no mail are real here.

It talks as they do (their paths, errors, idempotency keys, signed webhooks), can be told to fail as they do, and
keeps a ledger of its own, so that a test counts what the outside world did and not what we believe that it did.
"""
