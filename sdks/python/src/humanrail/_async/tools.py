"""Runs models' tool calls."""

from __future__ import annotations

from typing import Any

from .._errors import HumanRailError
from .._tools import (
    ASK_HUMAN,
    CANCEL_TASK,
    CREATE_TASK,
    DEFINITIONS,
    GET_TASK,
    anthropic_tool,
    arguments_of,
    create_key,
    openai_responses_tool,
    openai_tool,
    read_tool_call,
    task_text,
    to_text,
)
from .client import AsyncHumanRail


class AsyncHumanTools:
    """The tools `ask_human`, `create_task`, `get_task` and `cancel_task`, for any model that calls
    tools.

    Args:
        client: Asks the people.
        timeout: Seconds that `ask_human` waits at most; by default until the task ends.
        options: What each question is sent with, as for ``client.ask``: `payout_sats`,
            `sla_seconds`, `skills_required`, `risk_tier`, `callback_url`, `metadata` and so on.
    """

    def __init__(
        self, client: AsyncHumanRail, *, timeout: float | None = None, **options: Any
    ) -> None:
        self._client = client
        self._timeout = timeout
        self._options = options

    @property
    def names(self) -> frozenset[str]:
        """The tools' names; run calls of other tools yourself."""
        return frozenset(tool.name for tool in DEFINITIONS)

    def openai(self) -> list[dict[str, Any]]:
        """The definitions for OpenAI's Chat Completions (`tools=`)."""
        return [openai_tool(tool) for tool in DEFINITIONS]

    def openai_responses(self) -> list[dict[str, Any]]:
        """The definitions for OpenAI's Responses (`tools=`)."""
        return [openai_responses_tool(tool) for tool in DEFINITIONS]

    def anthropic(self) -> list[dict[str, Any]]:
        """The definitions for Anthropic's Messages (`tools=`)."""
        return [anthropic_tool(tool) for tool in DEFINITIONS]

    async def run(self, call: Any) -> dict[str, Any]:
        """Runs a call and returns the message, item or block with its result.

        `call` is an item of OpenAI's ``message.tool_calls`` or ``response.output``, or an Anthropic
        ``tool_use`` block; objects and dicts both work. Failures are reported to the model,
        which can act on them.

        Raises:
            HumanRailError: This is not a tool call.
        """
        read = read_tool_call(call)
        try:
            return read.reply(await self.answer(read.name, read.arguments), False)
        except HumanRailError as error:
            return read.reply(f"{type(error).__name__}: {error.message}", True)

    async def answer(self, name: str, arguments: Any) -> str:
        """The text that the model reads for a call; raises the errors of its calls."""
        tasks = self._client.tasks
        if name == ASK_HUMAN.name:
            given = arguments_of(ASK_HUMAN, arguments)
            answer = await self._client.ask(
                given["question"],
                payload=given.get("payload"),
                returns=given.get("schema"),
                timeout=self._timeout,
                **self._options,
            )
            return to_text(answer.value)
        if name == CREATE_TASK.name:
            given = arguments_of(CREATE_TASK, arguments)
            task = await tasks.create(
                **{
                    **self._options,
                    "type": given["type"],
                    "payload": given["payload"],
                    "output_schema": given.get("schema"),
                    "idempotency_key": create_key(given),
                }
            )
            return task_text(task)
        if name == GET_TASK.name:
            return task_text(await tasks.get(arguments_of(GET_TASK, arguments)["task_id"]))
        if name == CANCEL_TASK.name:
            return task_text(await tasks.cancel(arguments_of(CANCEL_TASK, arguments)["task_id"]))
        raise HumanRailError(f"There is no tool {name}; there are {', '.join(sorted(self.names))}.")
