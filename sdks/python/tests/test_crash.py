"""A program that dies between the question and its answer finds its task again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from api_server import ApiServer, SeenRequest, json_answer, task
from conftest import Kind


def killed_while_asking(environment: dict[str, str], question: dict[str, Any]) -> None:
    """Asks in a process that is killed once the task is created."""
    child = Path(__file__).with_name("asking_child.py")
    command = [sys.executable, str(child), json.dumps(question)]
    died = subprocess.run(
        command, env=environment, timeout=60, check=False, capture_output=True, text=True
    )
    assert died.returncode == -signal.SIGKILL, died.stderr


def test_ask_after_a_crash(kind: Kind, server: ApiServer) -> None:
    tasks: dict[str, str] = {}

    def create(handler: Any, request: SeenRequest) -> None:
        """As the API does: one key, one task."""
        key = request.body["idempotency_key"]
        is_new = key not in tasks
        id = tasks.setdefault(key, f"task-{len(tasks) + 1}")
        answered = task("posted" if is_new else "verified", id=id, output={"answer": "Yes"})
        json_answer(201 if is_new else 200, answered)(handler, request)

    server.answer_with(create)
    question = {"question": "Is it?", "payload": {"order": kind.is_async}}
    environment = {"HUMANRAIL_API_KEY": "ek_test_key", "HUMANRAIL_BASE_URL": server.base_url}
    killed_while_asking(environment, question)
    answer = kind.run(kind.client().ask(**question))
    assert (answer.value, answer.task.id) == ("Yes", "task-1")
    assert len(server.requests) == 2
