"""The tools for models: their definitions, and the parsing of their calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ._errors import HumanRailError
from ._idempotency import digest
from ._json import canonical_json, plain
from .types import Task

_PAYLOAD = {"type": "object", "description": "What the person sees besides the question."}
_SCHEMA = {
    "type": "object",
    "description": "JSON Schema of the answer; a text unless given.",
}
_TASK_ID = {"type": "string", "description": "The task's id."}


@dataclass(frozen=True)
class ToolDefinition:
    """A tool's definition for models; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: dict[str, Any]


def _tool(
    name: str, description: str, properties: dict[str, Any], *required: str
) -> ToolDefinition:
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return ToolDefinition(name, description, schema)


ASK_HUMAN = _tool(
    "ask_human",
    "Asks a person and waits for their verified answer. Use it for what needs human judgement. "
    "Asking the same again gives the same answer.",
    {
        "question": {"type": "string", "description": "The question, in words."},
        "payload": _PAYLOAD,
        "schema": _SCHEMA,
    },
    "question",
)
CREATE_TASK = _tool(
    "create_task",
    "Sends a task to people without waiting. Read its answer later by get_task.",
    {
        "type": {"type": "string", "description": "What kind of question it is: a-z 0-9 _ . -"},
        "payload": _PAYLOAD,
        "schema": _SCHEMA,
    },
    "type",
    "payload",
)
GET_TASK = _tool(
    "get_task", "Reads a task: its status and output.", {"task_id": _TASK_ID}, "task_id"
)
CANCEL_TASK = _tool(
    "cancel_task",
    "Calls off a task that nobody has answered yet.",
    {"task_id": _TASK_ID},
    "task_id",
)

DEFINITIONS = (ASK_HUMAN, CREATE_TASK, GET_TASK, CANCEL_TASK)


def openai_tool(tool: ToolDefinition) -> dict[str, Any]:
    """In the format of OpenAI's Chat Completions."""
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters,
        },
    }


def openai_responses_tool(tool: ToolDefinition) -> dict[str, Any]:
    """In the format of OpenAI's Responses."""
    return {
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
        "strict": False,
    }


def anthropic_tool(tool: ToolDefinition) -> dict[str, Any]:
    """In the format of Anthropic's Messages."""
    return {
        "name": tool.name,
        "description": tool.description,
        "input_schema": tool.parameters,
    }


@dataclass(frozen=True)
class ToolCall:
    """A model's tool call, in any provider's format."""

    name: str
    arguments: Any
    #: Makes the message that the model reads of the result; the flag says that it is an error.
    reply: Callable[[str, bool], dict[str, Any]]


def read_tool_call(call: Any) -> ToolCall:
    """Reads a call in OpenAI's shapes (Chat Completions, Responses) or Anthropic's, as a dict or as
    the object of their SDKs. Raises HumanRailError for anything else."""
    kind = _get(call, "type")
    if kind == "function" and _get(call, "function") is not None:
        function, id = _get(call, "function"), _get(call, "id")
        return ToolCall(
            _get(function, "name"),
            _get(function, "arguments"),
            lambda text, _: {"role": "tool", "tool_call_id": id, "content": text},
        )
    if kind == "function_call":
        call_id = _get(call, "call_id")
        return ToolCall(
            _get(call, "name"),
            _get(call, "arguments"),
            lambda text, _: {"type": "function_call_output", "call_id": call_id, "output": text},
        )
    if kind == "tool_use":
        use_id = _get(call, "id")
        return ToolCall(
            _get(call, "name"),
            _get(call, "input"),
            lambda text, is_error: {
                "type": "tool_result",
                "tool_use_id": use_id,
                "content": text,
                **({"is_error": True} if is_error else {}),
            },
        )
    raise HumanRailError(
        "This is no call of a tool: pass an item of OpenAI's tool_calls or output, or an Anthropic "
        "tool_use block."
    )


def _get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def arguments_of(tool: ToolDefinition, given: Any) -> dict[str, Any]:
    """The arguments of a call; models write them as JSON text or as an object.

    Raises HumanRailError, whose message tells the model what to fix.
    """
    try:
        arguments = json.loads(given or "{}") if isinstance(given, str) else given
    except ValueError:
        arguments = None
    if not isinstance(arguments, dict):
        raise HumanRailError(f"The arguments of {tool.name} must be a JSON object.")
    properties = tool.parameters["properties"]
    for name in tool.parameters["required"]:
        if arguments.get(name) is None:
            raise HumanRailError(f"{tool.name} needs {name}.")
    for name, value in arguments.items():
        if name not in properties:
            raise HumanRailError(f"{tool.name} takes {', '.join(properties)}, not {name}.")
        kind = str if properties[name]["type"] == "string" else dict
        if value is not None and not isinstance(value, kind):
            raise HumanRailError(f"{name} must be of type {properties[name]['type']}.")
    return arguments


def create_key(arguments: dict[str, Any]) -> str:
    """The idempotency key of a create, so that a model that repeats itself makes one task."""
    return f"tool:{digest(canonical_json(plain(arguments, 'The arguments')))}"


def task_text(task: Task) -> str:
    """A task's description for the model."""
    reason = task.failure_reason
    return to_text(
        {
            "task_id": task.id,
            "status": task.status,
            "output": task.output,
            "confidence": task.confidence,
            **({"failure_reason": reason.message} if reason is not None else {}),
        }
    )


def to_text(value: Any) -> str:
    """A value as text for the model."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
