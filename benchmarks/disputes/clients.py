"""`pgbench` of the embedded release: a script under so many clients, for so many seconds."""

import os
import re
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from tribureau.database.server_programs import embedded_programs


@dataclass(frozen=True)
class Speed:
    """Milliseconds of the median transaction as a client waits for it; transactions a second of all clients."""

    latency_ms: float
    tps: float


def pgbench(url: str, script: str, *, clients: int, seconds: int, count: int) -> Speed:
    """`:count` in the script is how many disputes there are."""
    parts = conninfo_to_dict(url)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script)
        done = subprocess.run(
            [
                *(embedded_programs() / "pgbench", "--no-vacuum", "--protocol=prepared", f"--file={file}"),
                *(f"--client={clients}", f"--jobs={min(clients, 2)}", f"--time={seconds}", f"--define=count={count}"),
                *("--max-tries=3", "--log", f"--log-prefix={folder}/each"),
                *("-h", str(parts["host"]), "-p", str(parts["port"]), "-U", str(parts["user"]), str(parts["dbname"])),
            ],
            env=os.environ | {"PGPASSWORD": str(parts["password"])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        each = [float(line.split()[2]) for log in Path(folder).glob("each.*") for line in log.read_text().splitlines()]
    return Speed(statistics.median(each) / 1000, _figure(r"tps = ([\d.]+)", done))


def script(name: str) -> str:
    return Path(__file__).with_name(name).read_text()


def _figure(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found, text
    return float(found[1])
