"""PostgreSQL: the schema, the one way to the data (a transaction with an identity), and the named SQL."""
