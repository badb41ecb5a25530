"""The source itself: formatted, checked, typed, and its blocking half made of the awaited one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]

CHECKS = {
    "the blocking client is that of the awaited one": ["scripts/make_sync.py", "--check"],
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy, strictly": ["-m", "mypy", "--config-file", "tests/mypy.ini"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_source(name: str) -> None:
    checked = subprocess.run(
        [sys.executable, *CHECKS[name]], cwd=HOME, check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_file_is_too_long() -> None:
    written = [one for one in HOME.glob("*/**/*.py") if ".venv" not in one.parts]
    by_hand = [one for one in written if one.parent.name != "types"]
    lengths = {str(one.relative_to(HOME)): len(one.read_text().splitlines()) for one in by_hand}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}
