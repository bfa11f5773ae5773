"""One file with everything of a user: asked for, made by the worker, kept sealed, gone after a day."""
