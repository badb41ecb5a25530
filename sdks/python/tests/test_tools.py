"""Calls of tools that a model asked for."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from api_server import ApiServer, json_answer, task
from conftest import Kind

import humanrail
from humanrail.tools import AsyncHumanTools, HumanTools

ARGUMENTS = {"question": "Is it?", "payload": {"a": 1}, "schema": {"type": "boolean"}}

OPENAI = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "ask_human", "arguments": json.dumps(ARGUMENTS)},
}
RESPONSES = {
    "type": "function_call",
    "call_id": "call_1",
    "name": "ask_human",
    "arguments": json.dumps(ARGUMENTS),
}
ANTHROPIC = {"type": "tool_use", "id": "toolu_1", "name": "ask_human", "input": ARGUMENTS}

SHAPES = [
    (OPENAI, {"role": "tool", "tool_call_id": "call_1", "content": "true"}),
    (RESPONSES, {"type": "function_call_output", "call_id": "call_1", "output": "true"}),
    (ANTHROPIC, {"type": "tool_result", "tool_use_id": "toolu_1", "content": "true"}),
]


def tools_of(kind: Kind, **options: Any) -> Any:
    return (AsyncHumanTools if kind.is_async else HumanTools)(kind.client(), **options)


def as_object(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    # Only what the model wrote stays a dict, as in the SDKs.
    return SimpleNamespace(
        **{key: one if key == "input" else as_object(one) for key, one in value.items()}
    )


@pytest.mark.parametrize(("call", "reply"), SHAPES, ids=["openai", "responses", "anthropic"])
@pytest.mark.parametrize("form", [dict, as_object])
def test_each_shape(kind: Kind, server: ApiServer, call: Any, reply: Any, form: Any) -> None:
    server.answer_with(json_answer(201, task("verified", output=True)))
    tools = tools_of(kind, payout_sats=700)
    assert kind.run(tools.run(form(call))) == reply
    body = server.requests[0].body
    assert body["payload"] == {"question": "Is it?", "a": 1}
    assert (body["output_schema"], body["payout_sats"]) == ({"type": "boolean"}, 700)


def test_the_definitions_are_the_same_in_each_shape(kind: Kind) -> None:
    tools = tools_of(kind)
    chat, responses, messages = tools.openai(), tools.openai_responses(), tools.anthropic()
    assert {one["name"] for one in messages} == tools.names
    for one, two, three in zip(chat, responses, messages, strict=True):
        assert one["function"]["name"] == two["name"] == three["name"]
        assert one["function"]["parameters"] == two["parameters"] == three["input_schema"]
        assert three["input_schema"]["additionalProperties"] is False
        assert set(three["input_schema"]["required"]) <= set(three["input_schema"]["properties"])


def test_a_model_that_repeats_a_create_makes_one_task(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task()))
    tools = tools_of(kind, sla_seconds=60)
    arguments = {"type": "t", "payload": {"a": 1}}
    for _ in range(2):
        text = kind.run(tools.answer("create_task", arguments))
    assert json.loads(text) == {
        "task_id": "01",
        "status": "posted",
        "output": None,
        "confidence": None,
    }
    keys = [request.body["idempotency_key"] for request in server.requests]
    assert keys[0] == keys[1]
    assert keys[0].startswith("tool:")
    assert server.requests[0].body["sla_seconds"] == 60


def test_a_task_is_read_and_called_off(kind: Kind, server: ApiServer) -> None:
    failed = task("failed", failure_reason={"code": "x", "message": "Nobody."})
    server.answer_with(json_answer(200, failed), json_answer(200, task("cancelled")))
    tools = tools_of(kind)
    read = json.loads(kind.run(tools.answer("get_task", {"task_id": "01"})))
    assert read["failure_reason"] == "Nobody."
    cancelled = json.loads(kind.run(tools.answer("cancel_task", '{"task_id": "01"}')))
    assert cancelled["status"] == "cancelled"
    assert [(one.method, one.path) for one in server.requests] == [
        ("GET", "/v1/tasks/01"),
        ("POST", "/v1/tasks/01/cancel"),
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ask_human", "no JSON", "must be a JSON object"),
        ("ask_human", "[]", "must be a JSON object"),
        ("ask_human", {}, "needs question"),
        ("ask_human", {"question": 5}, "question must be of type string"),
        ("ask_human", {"question": "Is it?", "why": 1}, "takes question, payload, schema, not why"),
        ("ask_human", {"question": "Is it?", "schema": {"a": 1}}, "no JSON Schema"),
        ("other", {}, "There is no tool other; there are ask_human, "),
    ],
)
def test_what_fails_is_told_to_the_model(
    kind: Kind, name: str, arguments: Any, message: str
) -> None:
    call = {"type": "tool_use", "id": "1", "name": name, "input": arguments}
    block = kind.run(tools_of(kind).run(call))
    assert block["is_error"] is True
    assert message in block["content"]


@pytest.mark.parametrize("call", [None, {}, {"type": "text"}, {"type": "function"}])
def test_what_is_no_call_is_refused(kind: Kind, call: Any) -> None:
    with pytest.raises(humanrail.HumanRailError, match="no call of a tool"):
        kind.run(tools_of(kind).run(call))
