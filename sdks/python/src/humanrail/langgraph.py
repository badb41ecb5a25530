"""People in a LangGraph graph: ``pip install 'humanrail[langgraph]'``.

A node, or a tool, asks and interrupts the graph, so that nothing runs while people answer; the
webhook's event resumes the thread. Or it blocks: ``blocking=True``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from langchain_core.tools import StructuredTool
from langgraph.config import get_config
from langgraph.types import Command, interrupt

from ._ask import Answer, Question, question_of
from ._async.client import AsyncHumanRail
from ._errors import HumanRailError
from ._idempotency import idempotency_key
from ._status import is_terminal
from ._sync.client import HumanRail
from ._tools import ASK_HUMAN, to_text
from .types import Task, WebhookEvent

__all__ = ["ThreadBusyError", "aresume_thread", "ask_human_tool", "human_node", "resume_thread"]

_THREAD_ID = "langgraph_thread_id"

#: A text, or what makes it of the graph's state.
Made = str | Callable[[Any], str]


class Node(Protocol):
    """A node of a graph."""

    def __call__(self, state: Any) -> Any: ...


class ThreadBusyError(HumanRailError):
    """The thread is currently running: respond with 503, so that the event is redelivered."""


def human_node(
    client: HumanRail | AsyncHumanRail,
    question: Made,
    *,
    into: str,
    payload: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = None,
    returns: Any = None,
    blocking: bool = False,
    **options: Any,
) -> Node:
    """A node that asks people and puts the answer's value into the state.

    The graph stops at the node (it needs a checkpointer) until `resume_thread` is called with the
    task's event; the task is created once, however often the node is run for it. With `blocking`
    the node waits instead.

    Args:
        client: With AsyncHumanRail the node is a coroutine function.
        question: A text, or a function of the state that gives one.
        into: The key of the state that gets the value.
        payload: Shown to the worker too, or a function of the state that returns it.
        returns: As for ``client.ask``.
        options: As for ``client.ask``; `callback_url` receives the task's events if no endpoint is
            registered.

    Raises:
        TaskError: In the graph, if the task ended without an answer.
    """

    def asked(state: Any) -> dict[str, Any]:
        return {
            "question": question(state) if callable(question) else question,
            "payload": payload(state) if callable(payload) else payload,
            "returns": returns,
            **options,
        }

    if isinstance(client, AsyncHumanRail):
        awaited = client

        async def async_node(state: Any) -> dict[str, Any]:
            return {into: (await _aask(awaited, asked(state), blocking)).value}

        return async_node
    blocked = client

    def node(state: Any) -> dict[str, Any]:
        return {into: _ask(blocked, asked(state), blocking).value}

    return node


def ask_human_tool(
    client: HumanRail | AsyncHumanRail, *, blocking: bool = False, **options: Any
) -> StructuredTool:
    """The tool `ask_human` for a tool node or an agent of LangGraph's.

    As with `human_node`, its call interrupts the graph unless `blocking`. `options` are those of
    ``client.ask``.
    """

    def asked(given: dict[str, Any]) -> dict[str, Any]:
        return {
            "question": given["question"],
            "payload": given.get("payload"),
            "returns": given.get("schema"),
            **options,
        }

    facts: dict[str, Any] = {
        "name": ASK_HUMAN.name,
        "description": ASK_HUMAN.description,
        "args_schema": ASK_HUMAN.parameters,
    }
    if isinstance(client, AsyncHumanRail):
        awaited = client

        async def async_tool(**given: Any) -> str:
            return to_text((await _aask(awaited, asked(given), blocking)).value)

        return StructuredTool.from_function(coroutine=async_tool, **facts)
    blocked = client

    def tool(**given: Any) -> str:
        return to_text(_ask(blocked, asked(given), blocking).value)

    return StructuredTool.from_function(tool, **facts)


def resume_thread(graph: Any, ended: WebhookEvent | Task) -> Any:
    """Resumes the thread that waits for a task, and returns what the graph gives.

    Pass each event of your webhook (from `parse_webhook_event`), or a task that you read. None
    if no thread waits for it: its task is open or not a graph's, or the event came before.
    `graph` is the compiled graph.

    Raises:
        ThreadBusyError: The thread is currently running, and may be about to wait for the task.
    """
    waiting = _waiting_thread(ended)
    if waiting is None:
        return None
    config, task = waiting
    command = _resumption(graph.get_state(config), task)
    return None if command is None else graph.invoke(command, config)


async def aresume_thread(graph: Any, ended: WebhookEvent | Task) -> Any:
    """`resume_thread` for graphs of coroutines."""
    waiting = _waiting_thread(ended)
    if waiting is None:
        return None
    config, task = waiting
    command = _resumption(await graph.aget_state(config), task)
    return None if command is None else await graph.ainvoke(command, config)


def _ask(client: HumanRail, asked: dict[str, Any], blocking: bool) -> Answer[Any]:
    if blocking:
        return client.ask(**asked)
    question = _of_this_step(asked)
    task = client.tasks.create(**question.fields)
    while not is_terminal(task):
        # A create that was made before answers with the task as it was then.
        task = client.tasks.get(task.id)
        if not is_terminal(task):
            interrupt(_shown(question, task))
    return question.answer(task)


async def _aask(client: AsyncHumanRail, asked: dict[str, Any], blocking: bool) -> Answer[Any]:
    if blocking:
        return await client.ask(**asked)
    question = _of_this_step(asked)
    task = await client.tasks.create(**question.fields)
    while not is_terminal(task):
        # A create that was made before answers with the task as it was then.
        task = await client.tasks.get(task.id)
        if not is_terminal(task):
            interrupt(_shown(question, task))
    return question.answer(task)


def _of_this_step(asked: dict[str, Any]) -> Question[Any]:
    """The question, with the thread in its metadata and a key that belongs to this step alone:
    LangGraph runs a step again from its start when it resumes."""
    try:
        place = get_config().get("configurable", {})
    except RuntimeError:
        raise HumanRailError(
            "LangGraph says of no graph that it runs here. Its coroutines can be interrupted from "
            "Python 3.11 on; before, use HumanRail, or blocking=True."
        ) from None
    thread_id = place.get("thread_id")
    if thread_id is None:
        raise HumanRailError(
            "The graph has no thread to resume: compile it with a checkpointer, and invoke it with "
            "{'configurable': {'thread_id': …}}; or pass blocking=True."
        )
    given = {"payload": None, "returns": None, "type": None, "payout_sats": None, "key": None}
    question = question_of(
        **{
            **given,
            **asked,
            "metadata": {**(asked.get("metadata") or {}), _THREAD_ID: str(thread_id)},
        }
    )
    if asked.get("key") is None:
        step = (str(thread_id), str(place.get("checkpoint_ns", "")))
        own = idempotency_key("langgraph", *step, question.fields["idempotency_key"])
        question.fields["idempotency_key"] = own
    return question


def _shown(question: Question[Any], task: Task) -> dict[str, Any]:
    """What the interrupted graph says it waits for."""
    return {"task_id": task.id, "question": question.fields["payload"]["question"]}


def _waiting_thread(ended: WebhookEvent | Task) -> tuple[dict[str, Any], Task] | None:
    task = ended.data if isinstance(ended, WebhookEvent) else ended
    thread_id = (task.metadata or {}).get(_THREAD_ID)
    if thread_id is None or task.status is None or not is_terminal(task):
        return None
    return {"configurable": {"thread_id": thread_id}}, task


def _resumption(state: Any, task: Task) -> Command[Any] | None:
    """Resumes only the interrupt that waits for this task; others of the thread stay."""
    for step in state.tasks:
        for one in step.interrupts:
            if isinstance(one.value, dict) and one.value.get("task_id") == task.id:
                return Command(resume={one.id: task.status})
    if any(not step.interrupts for step in state.tasks):
        raise ThreadBusyError(
            f"The thread of task {task.id} is running. Answer the webhook with 503, so that its "
            "event is delivered again."
        )
    return None
