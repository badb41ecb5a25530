"""People in the OpenAI Agents SDK: ``pip install 'humanrail[openai-agents]'``."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from agents import (
    FunctionTool,
    RunContextWrapper,
    RunResult,
    RunResultStreaming,
    RunState,
    ToolApprovalItem,
)
from agents.tool_context import ToolContext

from ._approval import APPROVAL_SCHEMA, approval_question, is_approved
from ._async.client import AsyncHumanRail
from ._async.tools import AsyncHumanTools
from ._errors import HumanRailError, TaskError
from ._tools import ASK_HUMAN

__all__ = ["ask_human", "decide_approvals"]

#: As the Agents SDK takes it: yes, no, or a function of the call.
NeedsApproval = bool | Callable[[RunContextWrapper[Any], dict[str, Any], str], Awaitable[bool]]


def ask_human(
    client: AsyncHumanRail,
    *,
    needs_approval: NeedsApproval = False,
    timeout: float | None = None,
    **options: Any,
) -> FunctionTool:
    """The tool `ask_human` for an agent: its model asks a person, and reads the answer.

    Args:
        client: Asks the people.
        needs_approval: Whether a call is interrupted first, as with the SDK's own tools.
        timeout: Seconds to wait at most; by default until the task ends.
        options: What each question is sent with, as for ``client.ask``.
    """
    tools = AsyncHumanTools(client, timeout=timeout, **options)

    async def invoke(context: ToolContext[Any], arguments: str) -> str:
        try:
            return await tools.answer(ASK_HUMAN.name, arguments)
        except HumanRailError as error:
            # The model can act on it: rephrase the question, or continue without.
            return f"{type(error).__name__}: {error.message}"

    return FunctionTool(
        name=ASK_HUMAN.name,
        description=ASK_HUMAN.description,
        params_json_schema=ASK_HUMAN.parameters,
        on_invoke_tool=invoke,
        strict_json_schema=False,
        needs_approval=needs_approval,
    )


async def decide_approvals(
    client: AsyncHumanRail,
    result: RunResult | RunResultStreaming,
    *,
    timeout: float | None = None,
    **options: Any,
) -> RunState[Any]:
    """Lets people decide on a run's interrupted tool calls, and returns the state to continue with.

    For tools with `needs_approval`: ``Runner.run(agent, await decide_approvals(client, result))``.
    A denied call is rejected with the person's reason; so is an undecided one. Each call is
    asked about once, by its id, even if the program restarts in between.

    Args:
        client: Asks the people.
        result: Of a run, with `interruptions`.
        timeout: Seconds to wait for each decision; TaskTimeoutError afterwards.
        options: What each question is sent with, as for ``client.ask``.
    """
    state: RunState[Any] = result.to_state()
    for item in result.interruptions:
        approved, reason = await _decision(client, item, timeout, options)
        if approved:
            state.approve(item)
        else:
            state.reject(item, rejection_message=f"A person denied this call. {reason}".strip())
    return state


async def _decision(
    client: AsyncHumanRail, item: ToolApprovalItem, timeout: float | None, options: dict[str, Any]
) -> tuple[bool, str]:
    tool = item.name or "a tool"
    try:
        answer = await client.ask(
            approval_question(tool),
            payload={"tool": tool, "arguments": _arguments(item)},
            returns=APPROVAL_SCHEMA,
            key=f"approval:{item.call_id}",
            timeout=timeout,
            **options,
        )
    except TaskError as error:
        if error.task.status in ("failed", "expired", "cancelled"):
            return False, error.message
        raise
    approved, reason = is_approved(answer)
    return approved, reason or ""


def _arguments(item: ToolApprovalItem) -> Any:
    try:
        return json.loads(item.arguments or "{}")
    except ValueError:
        return item.arguments
