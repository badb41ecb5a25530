"""Each call makes the request of the contract and gives its answer."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any

import pytest
from api_server import ApiServer, json_answer
from conftest import Kind, by_name, conformance

CASES = conformance("requests")["cases"]


def called(client: Any, case: dict[str, Any]) -> Any:
    method = attrgetter(case["call"])(client)
    arguments = case.get("ids") or ([case["id"]] if "id" in case else [])
    params = case.get("params", {})
    if isinstance(params, list):
        return method(*arguments, params)
    return method(*arguments, **params)


def as_json(result: Any) -> Any:
    if hasattr(result, "next_cursor"):
        return as_json(result.data)
    if isinstance(result, list):
        return [as_json(item) for item in result]
    return None if result is None else result.to_dict()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['call']}: {by_name(case)}")
def test_call(kind: Kind, server: ApiServer, case: dict[str, Any]) -> None:
    server.answer_with(json_answer(case["response"]["status"], case["response"]["body"]))
    result = kind.run(called(kind.client(), case))

    [seen] = server.requests
    wanted = case["request"]
    assert (seen.method, seen.query, seen.body) == (
        wanted["method"],
        wanted["query"],
        wanted["body"],
    )
    assert seen.path == wanted["path"]
    assert seen.headers["authorization"] == "Bearer ek_test_key"
    assert seen.headers["user-agent"].startswith("humanrail-python/")
    for name, value in wanted.get("headers", {}).items():
        assert seen.headers[name.lower()] == value
    if seen.method == "POST":
        assert re.fullmatch(r".{1,256}", seen.headers["idempotency-key"])
    else:
        assert "idempotency-key" not in seen.headers
    assert as_json(result) == case["result"]


def fields_of(result: Any) -> Any:
    """A result by its attributes alone, so that what they say is compared too."""
    if isinstance(result, list):
        return [fields_of(item) for item in result]
    if hasattr(result, "to_dict"):
        return {name: fields_of(value) for name, value in vars(result).items() if name[0] != "_"}
    return result.isoformat() if hasattr(result, "isoformat") else result


def test_attributes_say_what_the_json_says(kind: Kind, server: ApiServer) -> None:
    case = next(case for case in CASES if case["call"] == "tasks.create")
    server.answer_with(json_answer(201, {**case["response"]["body"], "newer_field": 1}))
    task = kind.run(called(kind.client(), case))
    found = fields_of(task)
    for name, value in case["response"]["body"].items():
        if isinstance(value, str) and name.endswith("_at"):
            value = value.replace("Z", "+00:00").replace(".000", "")
        if name == "payouts":
            continue
        assert found[name] == value, name
    assert task.payouts[0].amount_sats == 500
    assert (task.payouts[0].paid_at - task.created_at).total_seconds() == 60
    assert task.to_dict()["newer_field"] == 1


def test_a_batch_says_why_an_item_was_refused(kind: Kind, server: ApiServer) -> None:
    case = next(case for case in CASES if case["call"] == "tasks.create_batch")
    server.answer_with(json_answer(case["response"]["status"], case["response"]["body"]))
    results = kind.run(called(kind.client(), case))
    assert [(one.task is None, one.error is None) for one in results] == [
        (one["status"] >= 400, one["status"] < 400) for one in case["result"]
    ]
    refused = next(one for one in results if one.error)
    assert type(refused.error).__name__ == "ValidationError"
    assert refused.error.status == refused.status
