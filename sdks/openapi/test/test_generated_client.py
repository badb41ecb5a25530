"""The client that openapi-python-client makes of ``public/openapi.json``."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

DOCUMENT = Path(__file__).resolve().parents[3] / "public/openapi.json"
PACKAGE = "human_rail_client"

BASE_URL = os.environ.get("HUMANRAIL_LIVE_BASE_URL", "")
API_KEY = os.environ.get("HUMANRAIL_LIVE_API_KEY", "")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the generator printed; its package can be imported afterwards."""
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.json"
    # Without its own formatting, which changes nothing of what is tested.
    config.write_text(json.dumps({"post_hooks": []}), encoding="utf-8")
    target = folder / "made"
    run = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
        + ["--path", str(DOCUMENT), "--output-path", str(target), "--config", str(config)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    sys.path.insert(0, str(target))
    return run.stdout + run.stderr


def call(tag: str, operation_id: str) -> Any:
    """The module of an operation."""
    name = operation_id.replace(".", "_")
    return importlib.import_module(f"{PACKAGE}.api.{tag.lower().replace(' ', '_')}.{name}")


def test_it_is_made_without_a_warning(generated: str) -> None:
    assert not re.search("warning|skip|unsupported", generated, re.IGNORECASE), generated


def test_it_has_every_operation(generated: str) -> None:
    paths = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
    operations = [one for methods in paths.values() for one in methods.values()]
    assert len(operations) > 20
    for one in operations:
        assert callable(call(one["tags"][0], one["operationId"]).sync_detailed)


@pytest.mark.skipif(
    not (BASE_URL and API_KEY),
    reason="HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY name no running app",
)
def test_a_task_goes_through_it(generated: str) -> None:
    client_module = importlib.import_module(PACKAGE)
    models = importlib.import_module(f"{PACKAGE}.models")
    origin = BASE_URL.removesuffix("/v1")
    client = client_module.AuthenticatedClient(origin, API_KEY, timeout=httpx.Timeout(60))
    question = {
        "type": "content_review",
        "payload": {"content": "Great product, 5 stars!", "run": str(uuid.uuid4())},
        "output_schema": {
            "type": "object",
            "required": ["verdict"],
            "properties": {"verdict": {"type": "string"}},
        },
        "payout_sats": 500,
        "sandbox": {"outcome": "verified", "answer": {"verdict": "genuine"}, "delay_seconds": 0},
    }
    body = models.CreateTaskInput.from_dict(question)
    created = call("Tasks", "tasks.create").sync_detailed(client=client, body=body)
    assert created.status_code == 201, created.content
    task = call("Tasks", "tasks.get").sync(created.parsed.id, client=client, wait=30)
    assert (task.id, task.payout_sats) == (created.parsed.id, 500)
    assert task.payload.to_dict() == question["payload"]
    missing = call("Tasks", "tasks.get").sync("0198c0de-0000-7000-8000-000000000000", client=client)
    assert missing.error.code == "not_found"
