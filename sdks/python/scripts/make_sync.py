"""Writes `src/humanrail/_sync`, the blocking client, from `_async`, the awaited one.

With --check it writes nothing, and fails where a file is not what it should be.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import unasync

SOURCE = Path(__file__).parents[1] / "src/humanrail/_async"
TARGET = SOURCE.with_name("_sync")

REPLACEMENTS = {
    "ASYNC": "SYNC",
    "AsyncAsking": "Asking",
    "AsyncBalances": "Balances",
    "AsyncClient": "Client",
    "AsyncDeliveries": "Deliveries",
    "AsyncDeposits": "Deposits",
    "AsyncEvents": "Events",
    "AsyncHumanRail": "HumanRail",
    "AsyncHumanTools": "HumanTools",
    "AsyncL402Purchases": "L402Purchases",
    "AsyncListing": "Page",
    "AsyncQuotes": "Quotes",
    "AsyncSend": "Send",
    "AsyncTasks": "Tasks",
    "AsyncTaskTypes": "TaskTypes",
    "AsyncTool": "Tool",
    "AsyncTransport": "Transport",
    "AsyncUsageReports": "UsageReports",
    "AsyncWebhooks": "Webhooks",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "aread": "read",
    "async_list_of": "list_of",
    "async_settled": "settled",
    "async_sleep": "sleep",
}

INTRO = '"""The client whose calls block, made of `_async`."""\n'
HEADER = "# Written by scripts/make_sync.py; do not edit.\n"


def blocking_files() -> dict[str, str]:
    """What each file of `_sync` is to hold, by its name."""
    with tempfile.TemporaryDirectory() as home:
        written = Path(home) / "_sync"
        sources = sorted(SOURCE.glob("*.py"))
        for source in sources:
            copy = Path(home) / "_async" / source.name
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(source.read_text())
        rule = unasync.Rule("/_async/", "/_sync/", REPLACEMENTS)
        unasync.unasync_files([str(Path(home) / "_async" / one.name) for one in sources], [rule])
        (written / "__init__.py").write_text(INTRO)
        config = str(SOURCE.parents[2] / "pyproject.toml")
        ruff = [sys.executable, "-m", "ruff", "--config", config]
        fixes = ["--select=I,UP028", "--fix", "--unsafe-fixes"]
        subprocess.run([*ruff, "check", "--quiet", *fixes, written], check=True)
        subprocess.run([*ruff, "format", "--quiet", written], check=True)
        return {one.name: HEADER + one.read_text() for one in sorted(written.glob("*.py"))}


def main(check: bool) -> int:
    wanted = blocking_files()
    present = {one.name: one.read_text() for one in TARGET.glob("*.py")}
    if wanted == present:
        return 0
    if check:
        print("src/humanrail/_sync is not what scripts/make_sync.py makes of _async; run it.")
        return 1
    TARGET.mkdir(exist_ok=True)
    for name in present.keys() - wanted.keys():
        (TARGET / name).unlink()
    for name, text in wanted.items():
        (TARGET / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
