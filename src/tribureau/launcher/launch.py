"""From settings to a running Tribureau, and back to nothing left running."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from tribureau.launcher import folder
from tribureau.launcher.backups import Backups
from tribureau.launcher.databases import LaunchedDatabase, database_for, login_settings
from tribureau.launcher.listener import listen
from tribureau.launcher.pretending import Sandbox, sandbox_for
from tribureau.launcher.processes import Child, environment_for_child
from tribureau.launcher.readiness import is_ready, local_address
from tribureau.launcher.stop_request import StopRequest
from tribureau.launcher.supervision import Supervisor
from tribureau.settings import Settings


def launch(settings: Settings, say: Callable[[str], None]) -> None:
    """Runs until Ctrl-C or SIGTERM. Raises Refused, ServerError, MigrationError or what psycopg raises."""
    with StopRequest().noticed() as stop:
        folder.prepare(settings.home)
        hold = folder.Held(settings.home)
        try:
            with ExitStack() as sockets:
                listener = sockets.enter_context(listen(settings.host, settings.port))
                settings = settings.model_copy(update={"port": listener.getsockname()[1]})
                hold.note(local_address(settings))
                Launch(settings, listener.fileno(), stop, say, sandbox_for(settings, sockets)).run()
        finally:
            hold.release()


@dataclass(frozen=True)
class Launch:
    """One run, whose site answers on the socket `listener`."""

    settings: Settings
    listener: int
    stop: StopRequest
    say: Callable[[str], None]
    sandbox: Sandbox | None = None

    def run(self) -> None:
        database = database_for(self.settings)
        try:
            url = database.start()
            if not self.stop.made:
                self._supervise(database, url)
        finally:
            database.stop()

    def _supervise(self, database: LaunchedDatabase, url: str) -> None:
        backups = Backups(self.settings, url)
        supervisor = Supervisor(database, self._children, self.stop, backups.make_when_due)
        try:
            supervisor.start(url)
            supervisor.run_until(lambda: supervisor.all_run() and is_ready(self.settings))
            if not self.stop.made:
                self.say(f"Tribureau is ready at {self.settings.site_url}")
            supervisor.run_until(lambda: False)
        finally:
            supervisor.stop()
            backups.stop()

    def _children(self, url: str) -> list[Child]:
        """The site and the worker, each with a login of its own, and the sandbox where it stands in for the vendors."""
        ours = {"TRIBUREAU_HOME": str(self.settings.home.absolute()), "TRIBUREAU_PORT": str(self.settings.port)}
        vendors = self.sandbox.settings() if self.sandbox else {}
        environments = {
            verb: environment_for_child(os.environ, ours | vendors | own)
            for verb, own in login_settings(self.settings, url).items()
        }
        listener = str(self.listener)
        return [
            Child("site", "serve", environments["serve"], ["--listener", listener], (self.listener,)),
            Child("worker", "worker", environments["worker"]),
            *([self.sandbox.child(os.environ, ours)] if self.sandbox else []),
        ]
