"""The quickstart's own Python, run as it stands, and its webhook handler, served by uvicorn."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from api_server import ApiServer, json_answer
from conftest import REPOSITORY
from test_live import API_KEY, BASE_URL, against_a_running_app

from humanrail import HumanRail

QUICKSTART = Path(
    os.environ.get("HUMANRAIL_QUICKSTART") or REPOSITORY.parent / "shared/seed/quickstart.txt"
)

pytestmark = pytest.mark.skipif(
    not QUICKSTART.exists(),
    reason="HUMANRAIL_QUICKSTART names no file: the quickstart's code is not there to be run",
)


def blocks() -> list[str]:
    """The Python of the quickstart, each block up to the name of the next language."""
    text = QUICKSTART.read_text(encoding="utf-8")
    return re.findall(r"^Python(?: \(FastAPI\))?\n(.*?)^(?:TypeScript|Go)\b", text, re.M | re.S)


def run(source: str, names: dict[str, Any]) -> dict[str, Any]:
    exec(compile(source, str(QUICKSTART), "exec"), names)
    return names


def test_there_are_three_blocks() -> None:
    create, handler, poll = blocks()
    assert "client.tasks.create(" in create
    assert "@app.post(" in handler
    assert "client.tasks.get(" in poll


def test_it_creates_the_task_and_polls_it(
    server: ApiServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUMANRAIL_API_KEY", "ek_test_env")
    monkeypatch.setenv("HUMANRAIL_BASE_URL", server.base_url)
    paused: list[float] = []
    monkeypatch.setattr(time, "sleep", paused.append)
    output = {"verdict": "genuine", "notes": "Appears authentic"}
    server.answer_with(
        json_answer(201, {"id": "01", "status": "posted", "output": None}),
        json_answer(200, {"id": "01", "status": "assigned", "output": None}),
        json_answer(200, {"id": "01", "status": "verified", "output": output}),
    )
    create, _, poll = blocks()
    run(poll, run(create, {}))
    assert capsys.readouterr().out == f"Task created: 01\nResult: {output}\n"
    assert paused == [5]
    sent = server.requests[0]
    assert sent.headers["authorization"] == "Bearer ek_test_env"
    assert (sent.body["payout_sats"], sent.body["sla_seconds"]) == (500, 300)
    assert sent.body["output_schema"]["required"] == ["verdict"]


@pytest.fixture
def endpoint() -> Iterator[str]:
    """The address of the quickstart's webhook handler, which reads its secret at each request."""
    app = run(blocks()[1], {})["app"]
    web = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(web.serve()), daemon=True)
    thread.start()
    while not web.started:
        threading.Event().wait(0.01)
    [socket] = web.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}/webhooks/humanrail"
    web.should_exit = True
    thread.join()


def test_the_handler_takes_what_was_signed_and_refuses_the_rest(
    endpoint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUMANRAIL_WEBHOOK_SECRET", "whsec_quickstart")
    event = {"type": "task.verified", "data": {"output": {"verdict": "genuine"}}}
    body = json.dumps(event).encode()
    now = int(time.time())
    key, message = b"whsec_quickstart", f"{now}.".encode() + body
    digest = hmac.new(key, message, hashlib.sha256).hexdigest()
    headers = {"X-HumanRail-Signature": f"t={now},v1={digest}"}

    taken = httpx.post(endpoint, content=body, headers=headers)
    assert (taken.status_code, taken.json()) == (200, {"ok": True})
    assert "Result: {'verdict': 'genuine'}" in capsys.readouterr().out
    assert httpx.post(endpoint, content=body + b" ", headers=headers).status_code == 401
    assert httpx.post(endpoint, content=body).status_code == 401
    monkeypatch.setenv("HUMANRAIL_WEBHOOK_SECRET", "")
    assert httpx.post(endpoint, content=body, headers=headers).status_code == 401


@against_a_running_app
def test_the_handler_takes_what_the_app_delivers_for_the_task(
    endpoint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUMANRAIL_API_KEY", API_KEY)
    monkeypatch.setenv("HUMANRAIL_BASE_URL", BASE_URL)
    with HumanRail() as client:
        hook = client.webhooks.create(url=endpoint, events=["task.verified", "task.completed"])
        try:
            monkeypatch.setenv("HUMANRAIL_WEBHOOK_SECRET", hook.secret)
            id = run(blocks()[0], {})["task"].id
            # The handler answers 401 to what is not signed with its secret.
            wanted = {"task.verified": [200], "task.completed": [200]}
            deadline = time.monotonic() + 60
            while (got := answers(client, hook.id, id)) != wanted and time.monotonic() < deadline:
                time.sleep(0.2)
            assert got == wanted
            printed = capsys.readouterr().out
            assert f"Task created: {id}\n" in printed
            assert f"Result: {client.tasks.get(id).output}\n" in printed
        finally:
            client.webhooks.delete(hook.id)


def answers(client: HumanRail, endpoint_id: str, task_id: str) -> dict[str, list[int | None]]:
    """How the endpoint answered each event of the task: its type, and the statuses of the tries."""
    deliveries = client.webhooks.deliveries(endpoint_id, limit=100).data
    own = [one for one in deliveries if one.task_id == task_id and one.attempts]
    return {one.event_type: [each.status_code for each in one.attempts] for one in own}
