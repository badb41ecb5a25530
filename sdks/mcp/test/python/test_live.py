"""The official Python client against a running app, over HTTP and over stdio."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import anyio
import httpx2
import pytest
from mcp import StdioServerParameters
from mcp.client import ClaimContext, Client, ClientExtension, ResultClaim
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, Request, Result

BASE_URL = os.environ["HUMANRAIL_LIVE_BASE_URL"]
API_KEY = os.environ["HUMANRAIL_LIVE_API_KEY"]
PROGRAM = Path(__file__).parents[2] / "bin" / "humanrail-mcp.mjs"
SCHEMA = {
    "type": "object",
    "required": ["approved"],
    "properties": {"approved": {"type": "boolean"}},
}
TASKS = "io.modelcontextprotocol/tasks"

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def connected(way: str, mode: str, **options: Any) -> AsyncIterator[Client]:
    if way == "stdio":
        env = {"HUMANRAIL_API_KEY": API_KEY, "HUMANRAIL_BASE_URL": BASE_URL}
        program = StdioServerParameters(command="node", args=[str(PROGRAM)], env=env)
        async with Client(stdio_client(program), mode=mode, **options) as client:
            yield client
        return
    headers = {"Authorization": f"Bearer {API_KEY}"}
    async with httpx2.AsyncClient(headers=headers, timeout=120) as http:
        transport = streamable_http_client(urljoin(BASE_URL, "/mcp"), http_client=http)
        async with Client(transport, mode=mode, **options) as client:
            yield client


@pytest.mark.parametrize("way", ["http", "stdio"])
@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_asks_and_waits_with_progress(way: str, mode: str) -> None:
    words: list[str] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        words.append(message or "")

    async with connected(way, mode) as client:
        assert len((await client.list_tools()).tools) == 9
        answer = await client.call_tool(
            "ask_human",
            {"question": f"Approve {uuid.uuid4()}?", "schema": SCHEMA, "wait_seconds": 100},
            progress_callback=note,
        )
        assert not answer.is_error
        assert answer.structured_content is not None
        assert answer.structured_content["status"] == "verified"
        assert isinstance(answer.structured_content["answer"]["approved"], bool)
        assert words[0].startswith("Waiting for task ")

        missing = await client.call_tool("get_task", {"task_id": str(uuid.uuid4())})
        assert missing.is_error


class TaskHandle(Result):
    result_type: Literal["task"]
    task_id: str


class TaskState(Result):
    status: str
    result: CallToolResult | None = None


class GetTask(Request[dict[str, Any], Literal["tasks/get"]]):
    name_param = "taskId"


class Tasks(ClientExtension):
    """The Tasks extension: takes a handle, and asks for the result until it is there."""

    identifier = TASKS

    def __init__(self) -> None:
        self.handles: list[str] = []

    def claims(self) -> Sequence[ResultClaim[Any]]:
        return [ResultClaim(result_type="task", model=TaskHandle, resolve=self.resolve)]

    async def resolve(self, handle: TaskHandle, context: ClaimContext) -> CallToolResult:
        self.handles.append(handle.task_id)
        while True:
            request = GetTask(method="tasks/get", params={"taskId": handle.task_id})
            state = await context.session.send_request(request, TaskState)
            if state.result is not None:
                return state.result
            assert state.status == "working"
            await anyio.sleep(1)


@pytest.mark.parametrize("way", ["http", "stdio"])
async def test_gets_the_answer_by_a_handle(way: str) -> None:
    tasks = Tasks()
    async with connected(way, "auto", extensions=[tasks]) as client:
        answer = await client.call_tool(
            "ask_human", {"question": f"Approve {uuid.uuid4()}?", "schema": SCHEMA}
        )
    assert len(tasks.handles) == 1
    assert answer.structured_content is not None
    assert answer.structured_content["task_id"] == tasks.handles[0]
    assert isinstance(answer.structured_content["answer"]["approved"], bool)
