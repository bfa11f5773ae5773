"""The sandbox beside the site, as `tribureau run` starts it."""

import re
from base64 import b64encode
from pathlib import Path

import httpx
from tests.launched import _descendants as descendants
from tests.launched import eventually, launched

ADDRESS = re.compile(r"^The sandbox is ready at (http://\S+)$", re.MULTILINE)


def test_run_starts_it_without_keys_of_ours_and_ends_it(tmp_path: Path) -> None:
    with launched(tmp_path, TRIBUREAU_MASTER_KEY=b64encode(bytes(range(32))).decode()) as running:
        running.wait_until_ready()
        eventually(lambda: ADDRESS.search(running.said))
        address = ADDRESS.findall(running.said)[0]

        assert "Nothing here is real" in httpx.get(address, trust_env=False).text
        processes = {verb: pid for pid, verb in descendants(running.process.pid)}
        told = environment_of(processes["sandbox"])
        assert {name for name in told if "DATABASE" in name or "MASTER" in name} == set()
        assert environment_of(processes["worker"])["TRIBUREAU_LOB_API_BASE"] == f"{address}/lob/v1"
        assert environment_of(processes["serve"])["TRIBUREAU_STRIPE_WEBHOOK_SECRET"].startswith("whsec_")

        assert running.stop() == 0
        assert running.survivors() == []


def environment_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)
