"""The cases of paying by L402 that every SDK runs."""

from __future__ import annotations

import traceback
from operator import attrgetter
from typing import Any

import pytest
from api_server import ApiServer, json_answer
from conftest import FakeClock, Kind, by_name
from l402_cases import (
    CASES,
    PARAMS,
    TASK_ID,
    TOKEN,
    answer_of,
    assert_shows_no_secret,
    paying,
)

import humanrail
from humanrail import L402, HumanRailError, L402Challenge
from humanrail._l402 import millisats_in


@pytest.mark.parametrize("case", CASES["invoices"], ids=lambda case: case["invoice"])
def test_what_an_invoice_asks_for(case: dict[str, Any]) -> None:
    assert millisats_in(case["invoice"]) == case["millisats"]


@pytest.mark.parametrize("case", CASES["creates"], ids=by_name)
def test_a_create_that_is_paid_for(
    kind: Kind, server: ApiServer, clock: FakeClock, case: dict[str, Any]
) -> None:
    server.answer_with(*map(answer_of, case["answers"]))
    paid: list[L402Challenge] = []

    def pay(challenge: L402Challenge) -> str:
        paid.append(challenge)
        if case["pay"] is None:
            raise OSError("no route")
        return str(case["pay"])

    async def pay_later(challenge: L402Challenge) -> str:
        return pay(challenge)

    l402 = L402(max_sats=case["max_sats"], pay=pay_later if kind.is_async else pay)
    retries = {"max_retries": case["max_retries"]} if "max_retries" in case else {}
    client = paying(kind, l402=l402, **retries)
    wanted = case["error"]
    if wanted is None:
        task = kind.run(client.tasks.create(**PARAMS, l402_token=case.get("token")))
        assert (task.id, client.l402.token_for(task.id)) == (TASK_ID, TOKEN)
    else:
        with pytest.raises(HumanRailError) as caught:
            kind.run(client.tasks.create(**PARAMS, l402_token=case.get("token")))
        error = caught.value
        assert type(error) is getattr(humanrail, wanted["class"])
        assert (error.status, error.code) == (wanted["status"], wanted["code"])
        assert wanted["says"] in error.message
        token, challenge = getattr(error, "token", None), getattr(error, "challenge", None)
        assert token == (TOKEN if wanted["paid"] else None)
        assert (challenge is not None) == wanted["challenge"]
        told = "".join(traceback.format_exception(error))
        assert_shows_no_secret(told + repr([error, challenge, error.details]))
    assert_shows_no_secret(repr([client, client.l402, l402, client._transport.settings, paid]))

    assert len(paid) == case["payments"]
    assert [(one.amount_sats, one.payout_sats, one.fee_sats) for one in paid] == (
        [(105, 100, 5)] * case["payments"]
    )
    seen = server.requests
    assert [one.headers.get("authorization") for one in seen] == case["authorizations"]
    assert {(one.method, one.path) for one in seen} <= {("POST", "/v1/tasks")}
    assert all(one.body == PARAMS for one in seen)
    assert len({one.headers["idempotency-key"] for one in seen}) <= 1
    assert max(clock.slept, default=0) >= case.get("least_wait_seconds", 0)


@pytest.mark.parametrize("case", CASES["calls"], ids=lambda case: f"{case['call']}: {case['name']}")
def test_a_call_with_the_token_of_a_task(
    kind: Kind, server: ApiServer, case: dict[str, Any]
) -> None:
    server.answer_with(json_answer(case["response"]["status"], case["response"]["body"]))
    client = paying(kind, l402=L402())
    client.l402.use_token(TASK_ID, TOKEN)
    result = kind.run(attrgetter(case["call"])(client)(case["id"], **case.get("params", {})))

    [seen] = server.requests
    found = {"method": seen.method, "path": seen.path, "query": seen.query, "body": seen.body}
    assert found == case["request"]
    assert seen.headers["authorization"] == CASES["authorization"]
    is_list = isinstance(result, list)
    assert ([one.to_dict() for one in result] if is_list else result.to_dict()) == case["result"]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: f"{case['call']}")
def test_a_call_that_no_token_opens(kind: Kind, server: ApiServer, case: dict[str, Any]) -> None:
    server.answer_with(json_answer(200, {}))
    client = paying(kind, l402=L402())
    client.l402.use_token(TASK_ID, TOKEN)
    arguments = [case["id"]] if "id" in case else []
    with pytest.raises(HumanRailError, match=case["says"]):
        kind.run(attrgetter(case["call"])(client)(*arguments))
    assert server.requests == []
