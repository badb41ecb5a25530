"""People in a LangGraph graph."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, TypedDict

import pytest
from api_server import ApiServer, SeenRequest, json_answer, task
from conftest import Kind
from langchain_core.messages import AIMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode

import humanrail
from humanrail.langgraph import (
    ThreadBusyError,
    aresume_thread,
    ask_human_tool,
    human_node,
    resume_thread,
)
from humanrail.types import Task, WebhookEvent

#: What LangGraph needs to interrupt a coroutine.
interrupts = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="LangGraph interrupts coroutines from Python 3.11 on"
)


class State(TypedDict, total=False):
    order: str
    approved: bool


class Api:
    """One task for each key, answered when the test says so."""

    def __init__(self, server: ApiServer, answered_at_once: bool = False) -> None:
        self.tasks: dict[str, dict[str, Any]] = {}
        self.answered_at_once = answered_at_once
        server.answer_with(self.answer)

    def answer(self, handler: Any, request: SeenRequest) -> None:
        if request.method == "GET":
            found = next(one for one in self.tasks.values() if one["id"] in request.path)
            return json_answer(200, found)(handler, request)
        made = task(id=f"task-{len(self.tasks) + 1}", metadata=request.body.get("metadata", {}))
        kept = self.tasks.setdefault(request.body["idempotency_key"], made)
        if self.answered_at_once:
            kept.update(status="verified", output=True)
            return json_answer(201, kept)(handler, request)
        # A replay is the first answer again.
        return json_answer(201, {**kept, "status": "posted", "output": None})(handler, request)

    def end(self, id: str, status: str = "verified", output: Any = True) -> Task:
        found = next(one for one in self.tasks.values() if one["id"] == id)
        found.update(status=status, output=output)
        return Task.from_json(found)


def event_of(ended: Task) -> WebhookEvent:
    facts = {"id": "evt_1", "object": "event", "type": f"task.{ended.status}", "mode": "test"}
    return WebhookEvent.from_json({**facts, "created_at": "x", "data": ended.to_dict()})


def graph_of(kind: Kind, **options: Any) -> Any:
    builder = StateGraph(State)
    node = human_node(
        kind.client(),
        lambda state: f"Approve {state['order']}?",
        payload=lambda state: {"order": state["order"]},
        returns=bool,
        into="approved",
        **options,
    )
    builder.add_node("approve", node)
    builder.add_edge(START, "approve")
    builder.add_edge("approve", END)
    return builder.compile(checkpointer=InMemorySaver())


def thread(id: str) -> Any:
    return {"configurable": {"thread_id": id}}


def invoke(kind: Kind, graph: Any, given: Any, id: str = "t-1") -> Any:
    return kind.run((graph.ainvoke if kind.is_async else graph.invoke)(given, thread(id)))


def resume(kind: Kind, graph: Any, ended: Any) -> Any:
    return kind.run((aresume_thread if kind.is_async else resume_thread)(graph, ended))


@interrupts
def test_a_node_interrupts_and_the_event_resumes_its_thread(kind: Kind, server: ApiServer) -> None:
    api = Api(server)
    graph = graph_of(kind, callback_url="https://example.com/hook", metadata={"mine": 1})
    paused = invoke(kind, graph, {"order": "o-1"})
    [interrupt] = paused["__interrupt__"]
    assert interrupt.value == {"task_id": "task-1", "question": "Approve o-1?"}
    body = server.requests[0].body
    assert body["payload"] == {"question": "Approve o-1?", "order": "o-1"}
    assert body["callback_url"] == "https://example.com/hook"
    assert body["metadata"] == {"mine": 1, "langgraph_thread_id": "t-1"}

    ended = api.end("task-1")
    assert resume(kind, graph, event_of(ended)) == {"order": "o-1", "approved": True}
    assert len(api.tasks) == 1
    # The event comes at least once.
    assert resume(kind, graph, event_of(ended)) is None


@interrupts
def test_a_step_that_runs_again_after_its_event_finds_the_answer(
    kind: Kind, server: ApiServer
) -> None:
    api, graph = Api(server), graph_of(kind)
    invoke(kind, graph, {"order": "o-1"})
    api.end("task-1")
    assert invoke(kind, graph, None)["approved"] is True
    assert len(api.tasks) == 1


@interrupts
def test_threads_do_not_share_their_tasks(kind: Kind, server: ApiServer) -> None:
    api, graph = Api(server), graph_of(kind)
    for id in ("t-1", "t-2"):
        invoke(kind, graph, {"order": "o-1"}, id)
    assert len(api.tasks) == 2
    assert resume(kind, graph, api.end("task-2"))["approved"] is True
    # The same thread asks anew when its node comes round again.
    invoke(kind, graph, {"order": "o-1"}, "t-2")
    assert len(api.tasks) == 3


@interrupts
def test_events_that_are_of_no_waiting_thread(kind: Kind, server: ApiServer) -> None:
    api, graph = Api(server), graph_of(kind)
    invoke(kind, graph, {"order": "o-1"})
    going_on = Task.from_json(next(iter(api.tasks.values())))
    assert resume(kind, graph, going_on) is None
    assert resume(kind, graph, Task.from_json(task("verified"))) is None
    test_event = {"id": "evt_1", "type": "webhook.test", "data": {"endpoint_id": "1"}}
    assert resume(kind, graph, WebhookEvent.from_json(test_event)) is None
    elsewhere = task("verified", metadata={"langgraph_thread_id": "gone"})
    assert resume(kind, graph, Task.from_json(elsewhere)) is None


def test_an_event_that_comes_while_the_thread_still_runs(server: ApiServer) -> None:
    seen: list[str] = []

    class Racing(Api):
        def answer(self, handler: Any, request: SeenRequest) -> None:
            super().answer(handler, request)
            ended = {**next(iter(self.tasks.values())), "status": "verified", "output": True}
            try:
                resume_thread(graph, Task.from_json(ended))
            except ThreadBusyError as error:
                seen.append(error.message)

    kind = Kind(False, server)
    Racing(server)
    graph = graph_of(kind)
    assert "__interrupt__" in invoke(kind, graph, {"order": "o-1"})
    assert "503" in seen[0]
    kind.close()


@interrupts
@pytest.mark.parametrize("status", ["failed", "expired", "cancelled"])
def test_a_task_without_an_answer_fails_the_node(
    kind: Kind, server: ApiServer, status: str
) -> None:
    api, graph = Api(server), graph_of(kind)
    invoke(kind, graph, {"order": "o-1"})
    ended = api.end("task-1", status, None)
    with pytest.raises(humanrail.TaskError) as caught:
        resume(kind, graph, event_of(ended))
    assert caught.value.task.status == status


def test_a_node_that_blocks(kind: Kind, server: ApiServer) -> None:
    Api(server, answered_at_once=True)
    graph = graph_of(kind, blocking=True)
    assert invoke(kind, graph, {"order": "o-1"})["approved"] is True
    assert "metadata" not in server.requests[0].body


@interrupts
def test_a_graph_without_a_thread_is_told_what_to_do(kind: Kind, server: ApiServer) -> None:
    builder = StateGraph(State)
    builder.add_node("approve", human_node(kind.client(), "Is it?", into="approved"))
    builder.add_edge(START, "approve")
    graph = builder.compile()
    with pytest.raises(humanrail.HumanRailError, match="with a checkpointer"):
        kind.run(graph.ainvoke({}) if kind.is_async else graph.invoke({}))


def test_a_node_outside_of_a_graph(kind: Kind) -> None:
    node = human_node(kind.client(), "Is it?", into="approved")
    with pytest.raises(humanrail.HumanRailError, match=r"Python 3\.11"):
        kind.run(node({}))


@pytest.mark.parametrize("blocking", [False, True])
def test_the_tool_of_an_agent(kind: Kind, server: ApiServer, blocking: bool) -> None:
    api = Api(server, answered_at_once=blocking)
    builder = StateGraph(MessagesState)
    builder.add_node("tools", ToolNode([ask_human_tool(kind.client(), blocking=blocking)]))
    builder.add_edge(START, "tools")
    graph = builder.compile(checkpointer=InMemorySaver())
    arguments = {"question": "Is it?", "payload": {"a": 1}, "schema": {"type": "boolean"}}
    call = {"name": "ask_human", "args": arguments, "id": "call-1", "type": "tool_call"}
    state = invoke(kind, graph, {"messages": [AIMessage("", tool_calls=[call])]})
    if not blocking:
        assert state["__interrupt__"][0].value["task_id"] == "task-1"
        state = resume(kind, graph, event_of(api.end("task-1")))
    assert state["messages"][-1].content == "true"
    assert server.requests[0].body["output_schema"] == {"type": "boolean"}


def test_the_loop_is_not_blocked(server: ApiServer) -> None:
    Api(server, answered_at_once=True)
    kind = Kind(True, server)
    graph = graph_of(kind, blocking=True)

    async def both() -> list[Any]:
        runs = [graph.ainvoke({"order": str(one)}, thread(f"t-{one}")) for one in range(2)]
        return await asyncio.gather(*runs)

    assert [one["approved"] for one in kind.run(both())] == [True, True]
    kind.close()
