"""What is tried again, after how long, and which error an answer becomes."""

from __future__ import annotations

from typing import Any

import pytest
from api_server import Answer, ApiServer, json_answer, reset
from conftest import FakeClock, Kind, by_name, conformance

import humanrail
from humanrail import _clock
from humanrail._retry import is_retryable, parse_retry_after, retry_delay

RETRIES = conformance("retries")
ERRORS = conformance("errors")["cases"]


@pytest.mark.parametrize("case", RETRIES["retryable"], ids=str)
def test_which_answers_are_tried_again(case: dict[str, Any]) -> None:
    assert is_retryable(case["status"], case["code"]) is case["retry"]


@pytest.mark.parametrize("case", RETRIES["delays"], ids=str)
def test_how_long_a_retry_waits(case: dict[str, Any]) -> None:
    delay = retry_delay(case["retry"], case["retry_after_seconds"], case["random"])
    assert delay * 1000 == case["delay_ms"]


@pytest.mark.parametrize("case", RETRIES["retry_after"], ids=str)
def test_what_retry_after_says(case: dict[str, Any]) -> None:
    assert parse_retry_after(case["header"], RETRIES["now"]) == case["seconds"]


def answer_of(case: Any) -> Answer:
    if case == "reset":
        return reset
    facts = {"status": case} if isinstance(case, int) else case
    status = facts["status"]
    refusal = {"error": {"code": facts.get("code"), "message": "no"}}
    body = {"id": "1", "status": "posted"} if status < 300 else refusal
    headers = {"retry-after": facts["retry_after"]} if "retry_after" in facts else {}
    return json_answer(status, body, headers)


@pytest.mark.parametrize("case", RETRIES["sequences"], ids=by_name)
def test_a_create_against_a_server_that_fails(
    kind: Kind, server: ApiServer, clock: FakeClock, case: dict[str, Any]
) -> None:
    server.answer_with(*map(answer_of, case["answers"]))
    options = {"max_retries": case["max_retries"]} if "max_retries" in case else {}
    try:
        kind.run(kind.client(**options).tasks.create(type="t", payload={}))
        outcome: Any = 201
    except humanrail.HumanRailError as error:
        is_lost = isinstance(error, humanrail.ConnectionError)
        outcome = "connection_error" if error.status is None and is_lost else error.status
    assert outcome == case["ends"]
    assert len(server.requests) == case["requests"]
    assert len({request.headers["idempotency-key"] for request in server.requests}) == 1
    # Halfway between the bounds of each, or what Retry-After said where that is longer.
    asked = [one.get("retry_after") if isinstance(one, dict) else None for one in case["answers"]]
    back_offs = [0.75, 1.5]
    assert clock.slept == [
        max(back_offs[retry], float(asked[retry] or 0)) for retry in range(case["requests"] - 1)
    ]


@pytest.mark.parametrize("case", ERRORS, ids=by_name)
def test_an_answer_becomes_the_error_of_its_status(
    kind: Kind, server: ApiServer, case: dict[str, Any]
) -> None:
    server.answer_with(json_answer(case["status"], case["body"], case["headers"]))
    with pytest.raises(humanrail.HumanRailError) as caught:
        kind.run(kind.client(max_retries=0).tasks.get("1"))
    error = caught.value
    wanted = dict(case["expect"])
    assert type(error) is getattr(humanrail, wanted.pop("class"))
    assert {name: getattr(error, name) for name in wanted} == wanted
    assert error.message
    assert (error.request_id or "") in str(error)


def test_no_money_says_what_is_missing(kind: Kind, server: ApiServer) -> None:
    details = {"available_sats": 10, "required_sats": 550}
    server.answer_with(json_answer(402, {"error": {"message": "Top up.", "details": details}}))
    with pytest.raises(humanrail.InsufficientFundsError) as caught:
        kind.run(kind.client().balance.get())
    assert (caught.value.available_sats, caught.value.required_sats) == (10, 550)


def test_the_real_clock_is_that_of_the_machine() -> None:
    before = _clock.monotonic()
    _clock.sleep(0.01)
    assert _clock.monotonic() - before >= 0.01
    assert 0 <= _clock.random() < 1
