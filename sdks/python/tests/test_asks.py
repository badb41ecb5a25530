"""`ask`: what it sends, what it gives, the key of a question; and the approvals of tools."""

from __future__ import annotations

import json
from typing import Any

import pytest
from api_server import ApiServer, json_answer, task
from conftest import FakeClock, Kind, by_name, conformance

import humanrail
from humanrail._ask import key_of
from humanrail._json import canonical_json, plain

CASES = conformance("asks")
APPROVALS = CASES["approvals"]


@pytest.mark.parametrize("case", CASES["keys"], ids=lambda case: case["key"])
def test_the_key_of_a_question_is_the_same_in_every_language(case: dict[str, Any]) -> None:
    assert key_of(case["question"], case["payload"], case["output_schema"]) == case["key"]


@pytest.mark.parametrize("case", CASES["canonical"], ids=lambda case: case["json"][:20])
def test_canonical_json(case: dict[str, Any]) -> None:
    # As JavaScript reads it: every number is a float there.
    value = json.loads(case["json"], parse_int=float)
    assert canonical_json(plain(value, "it")) == case["canonical"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"n": 2**53 + 1}, r"payload\.n is 9007199254740993, a whole number beyond 2\^53"),
        ({"n": [1, float("nan")]}, r"payload\.n\[1\] is nan"),
        ({"n": float("-inf")}, "payload.n is -inf"),
        ({"n": {1}}, r"payload\.n is of the type set"),
        ({"n": int}, r"payload\.n is the class int"),
        ({1: 2}, "payload has the key 1"),
        ({"n": "\ud800"}, r"payload\.n holds half a character"),
    ],
)
def test_what_json_cannot_say_is_refused_in_words(
    kind: Kind, server: ApiServer, value: Any, message: str
) -> None:
    server.answer_with(json_answer(201, task()))
    with pytest.raises(humanrail.HumanRailError, match=message):
        kind.run(kind.client().ask("Is it?", payload=value))
    with pytest.raises(humanrail.HumanRailError, match=message):
        kind.run(kind.client().tasks.create(type="t", payload=value))
    assert server.requests == []


def test_a_payload_that_contains_itself_is_refused() -> None:
    value: dict[str, Any] = {}
    value["inner"] = value
    with pytest.raises(humanrail.HumanRailError, match="nests deeper than 256"):
        plain(value, "payload")


@pytest.mark.parametrize("case", CASES["asks"], ids=by_name)
def test_ask(kind: Kind, server: ApiServer, clock: FakeClock, case: dict[str, Any]) -> None:
    create, *reads = case["answers"] or [{}]
    server.answer_with(
        json_answer(201, create), *(json_answer(200, answer) for answer in reads or [create])
    )
    given = dict(case["ask"])
    question, timeout = given.pop("question"), given.pop("timeout_seconds", None)
    call = kind.client().ask
    if "error" in case:
        wanted = case["error"]
        with pytest.raises(humanrail.HumanRailError) as caught:
            kind.run(call(question, timeout=timeout, **given))
        assert type(caught.value) is getattr(humanrail, wanted["class"])
        assert wanted["message"] in str(caught.value)
        ended = getattr(caught.value, "task", None)
        assert (ended.id if ended else None) == wanted["task_id"]
    else:
        wanted = case["result"]
        answer = kind.run(call(question, timeout=timeout, **given))
        assert (answer.value, answer.confidence, answer.task.id) == (
            wanted["value"],
            wanted["confidence"],
            wanted["task_id"],
        )
    creates = [request for request in server.requests if request.method == "POST"]
    asked = [request for request in server.requests if request.method == "GET"]
    assert [request.body for request in creates] == ([case["request"]] if case["request"] else [])
    for request in creates:
        assert request.path == "/v1/tasks"
    for request in asked:
        assert request.path == f"/v1/tasks/{create['id']}"
    assert len(asked) == case["reads"] if case["reads"] is not None else len(asked) >= 1


def test_the_basis_of_the_confidence_is_given_where_the_api_has_it(
    kind: Kind, server: ApiServer
) -> None:
    ended = task("verified", output={"answer": "A"})
    server.answer_with(
        json_answer(201, {**ended, "confidence_basis": "calibrated"}), json_answer(201, ended)
    )
    bases = [kind.run(kind.client().ask("Is it?")).confidence_basis for _ in range(2)]
    assert bases == ["calibrated", None]


@pytest.mark.parametrize("case", APPROVALS["cases"], ids=by_name)
def test_a_guarded_tool(kind: Kind, server: ApiServer, case: dict[str, Any]) -> None:
    server.answer_with(json_answer(201, task("verified", output=case["output"])))
    ran: list[Any] = []

    def issue_refund(order_id: str, amount: float) -> str:
        ran.append({"order_id": order_id, "amount": amount})
        return "refunded"

    assert issue_refund.__name__ == case["tool"]
    guarded = kind.client().require_approval(kind.tool(issue_refund))
    for _ in range(2):
        if case["runs"]:
            assert kind.run(guarded(**case["arguments"])) == "refunded"
            continue
        with pytest.raises(humanrail.ApprovalDeniedError) as caught:
            kind.run(guarded(**case["arguments"]))
        assert type(caught.value).__name__ == case["error"]["class"]
        assert caught.value.reason == case["error"]["reason"]
        assert caught.value.task.id == "01"
    assert ran == ([case["arguments"]] * 2 if case["runs"] else [])
    for request in server.requests:
        assert request.body["payload"] == case["payload"]
        assert request.body["output_schema"] == APPROVALS["output_schema"]
    assert len({request.body["idempotency_key"] for request in server.requests}) == 2


def test_an_approval_takes_words_keys_and_options_of_yours(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task("verified", output={"approved": True})))

    class Shop:
        def refund(self, order_id: str, token: str, *notes: str, **more: int) -> str:
            return order_id

    def refund(order_id: str, token: str, *notes: str, **more: int) -> str:
        return order_id

    client = kind.client()
    guard = client.require_approval(
        question=lambda order_id, *_, **__: f"Refund {order_id}?",
        key=lambda order_id, *_, **__: f"refund-{order_id}",
        hide=["token"],
        type="refund",
        payout_sats=700,
    )
    assert kind.run(guard(kind.tool(refund))("o-1", "secret", "late", cents=5)) == "o-1"
    body = server.requests[0].body
    assert body["payload"] == {
        "question": "Refund o-1?",
        "tool": "refund",
        "arguments": {"order_id": "o-1", "notes": ["late"], "cents": 5},
    }
    assert (body["idempotency_key"], body["type"], body["payout_sats"]) == (
        "refund-o-1",
        "refund",
        700,
    )
    shop = Shop()
    method = client.require_approval(kind.tool(Shop.refund))
    assert kind.run(method(shop, "o-2", "t")) == "o-2"
    assert "self" not in server.requests[1].body["payload"]["arguments"]


def test_an_approval_that_nobody_decided_does_not_run_the_tool(
    kind: Kind, server: ApiServer
) -> None:
    server.answer_with(json_answer(201, task("expired")))
    ran: list[int] = []
    guarded = kind.client().require_approval(kind.tool(ran.append))
    with pytest.raises(humanrail.TaskExpiredError):
        kind.run(guarded(1))
    assert ran == []


def test_a_function_of_the_other_kind_is_refused(kind: Kind) -> None:
    async def awaited() -> None: ...

    def plain_one() -> None: ...

    other = plain_one if kind.is_async else awaited
    with pytest.raises(humanrail.HumanRailError, match="guard it by a client of"):
        kind.client().require_approval(other)
