"""Who a user is: the local provider of accounts, sessions and second factors, and the verifying of access tokens."""
