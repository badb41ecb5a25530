"""Paying by L402: each create by itself, once, and nothing that is paid is lost."""

from __future__ import annotations

import asyncio
import itertools
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from api_server import Answer, ApiServer, SeenRequest, json_answer
from conftest import FakeClock, Kind
from l402_cases import CASES, CHALLENGE, CREATED, PARAMS, PREIMAGE, TASK_ID, TOKEN, paying

from humanrail import L402, HumanRail, HumanRailError, L402Challenge, L402Error


def pays(challenge: L402Challenge) -> str:
    return PREIMAGE


def test_two_creates_at_once_pay_each_for_itself(kind: Kind, server: ApiServer) -> None:
    numbers = itertools.count(1)

    def answer(handler: BaseHTTPRequestHandler, seen: SeenRequest) -> None:
        if "authorization" not in seen.headers:
            return CHALLENGE(handler, seen)
        return json_answer(201, {"id": f"task-{next(numbers)}", "status": "posted"})(handler, seen)

    server.answer_with(answer)
    paid: list[str] = []

    def pay(challenge: L402Challenge) -> str:
        paid.append(challenge.invoice)
        return PREIMAGE

    client = paying(kind, l402=L402(max_sats=105, pay=pay))

    async def both() -> Any:
        return await asyncio.gather(*(client.tasks.create(**PARAMS) for _ in range(2)))

    if kind.is_async:
        tasks = kind.run(both())
    else:
        with ThreadPoolExecutor(2) as pool:
            tasks = list(pool.map(lambda _: client.tasks.create(**PARAMS), range(2)))
    assert len(paid) == 2
    assert {one.id for one in tasks} == {"task-1", "task-2"}
    assert [client.l402.token_for(one.id) for one in tasks] == [TOKEN, TOKEN]


def test_what_was_asked_about_is_sent_also_where_it_is_changed_meanwhile(
    kind: Kind, server: ApiServer
) -> None:
    server.answer_with(CHALLENGE, CREATED)
    payload = {"content": "as asked"}

    def pay(challenge: L402Challenge) -> str:
        payload["content"] = "changed"
        return PREIMAGE

    client = paying(kind, l402=L402(max_sats=105, pay=pay))
    kind.run(client.tasks.create(type="t", payload=payload))
    assert server.requests[1].body == {"type": "t", "payload": {"content": "as asked"}}


def test_paying_by_hand(kind: Kind, server: ApiServer) -> None:
    server.answer_with(CHALLENGE, CREATED)
    client = paying(kind, l402=L402())
    with pytest.raises(L402Error) as caught:
        kind.run(client.tasks.create(**PARAMS))
    assert caught.value.challenge is not None
    token = caught.value.challenge.token(PREIMAGE)
    assert token == TOKEN
    assert kind.run(client.tasks.create(**PARAMS, l402_token=token)).id == TASK_ID


def test_a_question_that_is_asked_again_with_its_token_finds_its_task(
    kind: Kind, server: ApiServer
) -> None:
    body = {"id": TASK_ID, "status": "verified", "output": {"answer": "yes"}}
    server.answer_with(CHALLENGE, json_answer(201, body))
    client = paying(kind, l402=L402(max_sats=105, pay=pays))
    answer = kind.run(client.ask("Is it?"))
    assert answer.value == "yes"
    server.answer_with(json_answer(200, body))
    token = client.l402.token_for(answer.task.id)
    again = kind.run(paying(kind, l402=L402()).ask("Is it?", l402_token=token))
    assert again.task.id == answer.task.id
    assert server.requests[0].headers["authorization"] == CASES["authorization"]


def test_a_stream_of_events_over_a_connection_that_breaks(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    def stream(sequence: int, status: str) -> Answer:
        event = {"sequence": sequence, "type": f"task.{status}", "status": status}

        def answer(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
            handler.send_response(200)
            handler.send_header("content-type", "text/event-stream")
            handler.end_headers()
            handler.wfile.write(f"id: {sequence}\ndata: {json.dumps(event)}\n\n".encode())
            handler.close_connection = True

        return answer

    timeline = json_answer(200, {"data": [{"sequence": 1, "status": "posted"}]})
    server.answer_with(stream(1, "posted"), timeline, stream(2, "expired"))
    client = paying(kind, l402=L402())
    client.l402.use_token(TASK_ID, TOKEN)
    events = kind.collect(client.tasks.stream_events(TASK_ID))
    assert [one.sequence for one in events] == [1, 2]
    assert {one.headers["authorization"] for one in server.requests} == {CASES["authorization"]}


def test_an_error_brings_its_token_to_another_process(kind: Kind, server: ApiServer) -> None:
    server.answer_with(CHALLENGE, json_answer(422, {"error": {"message": "No."}}))
    with pytest.raises(L402Error) as caught:
        kind.run(paying(kind, l402=L402(max_sats=105, pay=pays)).tasks.create(**PARAMS))
    restored = pickle.loads(pickle.dumps(caught.value))
    assert (restored.token, restored.status, restored.challenge.amount_sats) == (TOKEN, 422, 105)


def test_the_same_client_with_other_settings_has_the_same_tokens(kind: Kind) -> None:
    client = paying(kind, l402=L402())
    client.with_options(max_retries=0).l402.use_token(TASK_ID, TOKEN)
    assert client.l402.token_for(TASK_ID) == TOKEN
    assert client.l402.token_for("another") is None


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"pay": pays}, "max_sats"),
        ({"pay": pays, "max_sats": 0}, "max_sats"),
        ({"pay": pays, "max_sats": 0.5}, "max_sats"),
        ({"pay": pays, "max_sats": True}, "max_sats"),
        ({"pay": "wallet", "max_sats": 5}, "pay must be"),
    ],
)
def test_a_wallet_that_is_none(options: dict[str, Any], says: str) -> None:
    with pytest.raises(HumanRailError, match=says):
        L402(**options)


def test_a_client_has_a_key_or_pays(kind: Kind, server: ApiServer) -> None:
    with pytest.raises(HumanRailError, match="not both"):
        kind.client(l402=L402())
    with pytest.raises(HumanRailError, match=r"must be an L402\(…\), not int"):
        paying(kind, l402=5)
    keyed = kind.client()
    server.answer_with(json_answer(200, {}))
    for call in (
        lambda: keyed.l402.use_token(TASK_ID, TOKEN),
        lambda: keyed.tasks.create(**PARAMS, l402_token=TOKEN),
    ):
        with pytest.raises(HumanRailError, match="pays by its API key"):
            kind.run(call())
    assert server.requests == []


def test_the_key_of_the_environment_is_not_taken(
    kind: Kind, server: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUMANRAIL_API_KEY", "ek_live_env")
    server.answer_with(CHALLENGE, CREATED)
    kind.run(paying(kind, l402=L402(max_sats=105, pay=pays)).tasks.create(**PARAMS))
    assert "authorization" not in server.requests[0].headers


def test_a_blocking_client_does_not_take_what_it_could_not_await() -> None:
    async def pay(challenge: L402Challenge) -> str:
        return PREIMAGE

    with pytest.raises(HumanRailError, match="AsyncHumanRail"):
        HumanRail(l402=L402(max_sats=105, pay=pay))
