"""One file for each goal of a user or of the worker; providers come as arguments."""
