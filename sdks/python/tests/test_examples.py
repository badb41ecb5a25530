"""Each example runs as it stands, against a server that plays the API's part."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from api_server import ApiServer, SeenRequest, json_answer, task

EXAMPLES = Path(__file__).parents[1] / "examples"

#: What the person answers, and what the example then prints.
CASES: dict[str, tuple[Any, list[str]]] = {
    "approval": ({"approved": True}, ["Refunded 12.5 for o-1."]),
    "blocking_langgraph": ("angry", ["Mood: angry"]),
    "openai_agent": (
        {"answer": "It is.", "approved": True},
        ["Tool: It is.", "Tool: Refunded 12.5 for o-1.", "Agent: Done."],
    ),
    "temporal_activity": (True, ["Approved: True"]),
    "tool_calls": (
        True,
        [
            "Tools: ask_human, create_task, get_task, cancel_task",
            "Result: {'type': 'tool_result', 'tool_use_id': 'toolu_1', 'content': 'true'}",
        ],
    ),
    "webhook_langgraph": (True, ["Waiting for task 01", "Outcome: refunded"]),
}


def api(output: Any) -> Callable[[Any, SeenRequest], None]:
    """Creates tasks that are answered when they are waited for."""
    metadata: dict[str, Any] = {}
    keys: set[str] = set()
    waits: list[str] = []

    def answer(handler: Any, request: SeenRequest) -> None:
        if request.method == "POST":
            metadata.update(request.body.get("metadata") or {})
            if request.body["idempotency_key"] not in keys:
                waits.clear()
            keys.add(request.body["idempotency_key"])
        elif "wait" in request.query:
            waits.append(request.query["wait"])
        status = "verified" if waits else "posted"
        json_answer(200, task(status, output=output, metadata=metadata))(handler, request)

    return answer


def test_each_example_has_a_case() -> None:
    assert {one.stem for one in EXAMPLES.glob("*.py")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_example(
    server: ApiServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    monkeypatch.setenv("HUMANRAIL_API_KEY", "ek_test_key")
    monkeypatch.setenv("HUMANRAIL_BASE_URL", server.base_url)
    output, lines = CASES[name]
    server.answer_with(api(output))
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    assert capsys.readouterr().out.splitlines() == lines
