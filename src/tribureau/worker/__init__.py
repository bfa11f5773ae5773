"""The process that works off the queue: thin tasks around the workflows, and what is done by the clock."""

from tribureau.worker.run import run_worker

__all__ = ["run_worker"]
