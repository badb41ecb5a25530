"""Against a running app: set HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY (a test key).

Left out where they are not set, since the other tests need no app.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from conftest import Kind
from test_crash import killed_while_asking

from humanrail import ConflictError, HumanRail, NotFoundError, ValidationError

BASE_URL = os.environ.get("HUMANRAIL_LIVE_BASE_URL", "")
API_KEY = os.environ.get("HUMANRAIL_LIVE_API_KEY", "")

against_a_running_app = pytest.mark.skipif(
    not (BASE_URL and API_KEY),
    reason="HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY name no running app",
)
pytestmark = against_a_running_app

QUESTION: dict[str, Any] = {
    "type": "content_review",
    "payload": {"text": "Is this review genuine?", "some_key": 1, "camelKey": 2},
    "output_schema": {
        "type": "object",
        "required": ["verdict"],
        "properties": {
            "verdict": {"type": "string", "enum": ["genuine", "ai_generated", "uncertain"]}
        },
    },
    "payout_sats": 500,
    "sla_seconds": 300,
}


@dataclass
class Verdict:
    verdict: Literal["genuine", "ai_generated"]


@pytest.fixture
def client() -> Iterator[HumanRail]:
    with HumanRail(API_KEY, base_url=BASE_URL) as made:
        yield made


def live(kind: Kind) -> Any:
    return kind.client(api_key=API_KEY, base_url=BASE_URL)


def test_a_task_is_answered_as_its_script_says(kind: Kind) -> None:
    client = live(kind)
    task = kind.run(
        client.tasks.create(
            **QUESTION,
            metadata={"order_id": "o-1"},
            sandbox={"outcome": "verified", "answer": {"verdict": "genuine"}, "delay_seconds": 0},
        )
    )
    assert (task.object, task.mode, task.payout_sats, task.output) == ("task", "test", 500, None)
    assert task.payload == QUESTION["payload"]
    assert task.metadata == {"order_id": "o-1"}

    ended = kind.run(client.tasks.wait_for_completion(task.id, timeout=60))
    assert (ended.status, ended.output) == ("verified", {"verdict": "genuine"})
    assert ended.cost_sats.charged >= 500

    streamed = kind.collect(client.tasks.stream_events(task.id))
    assert (streamed[0].type, streamed[-1].type) == ("task.created", "task.completed")
    listed = kind.run(client.tasks.events(task.id))
    assert [one.type for one in listed] == [one.type for one in streamed]

    receipt = kind.run(client.tasks.receipt(task.id))
    assert (receipt.task_id, receipt.status) == (task.id, "verified")
    assert receipt.to_dict()["signature"]["algorithm"] == receipt.signature.algorithm


def test_ask_gives_a_typed_answer_and_finds_its_task_after_a_crash(kind: Kind) -> None:
    question = f"Is this review genuine? ({uuid.uuid4()})"
    tag = str(uuid.uuid4())
    asked = {"question": question, "payload": {"content": "5 stars!"}, "metadata": {"tag": tag}}
    returns = {
        "type": "object",
        "required": ["verdict"],
        "properties": {"verdict": {"type": "string", "enum": ["genuine", "ai_generated"]}},
    }
    environment = {"HUMANRAIL_API_KEY": API_KEY, "HUMANRAIL_BASE_URL": BASE_URL}
    killed_while_asking(environment, {**asked, "returns": returns})

    client = live(kind)
    first = kind.run(client.ask(**asked, returns=returns, timeout=60))
    again = kind.run(client.ask(**asked, returns=returns, timeout=60))
    assert first.value["verdict"] in ("genuine", "ai_generated")
    assert (again.value, again.task.id) == (first.value, first.task.id)
    tasks = kind.collect(client.tasks.list(metadata={"tag": tag}))
    assert [task.id for task in tasks] == [first.task.id]

    typed = kind.run(client.ask(question, returns=Verdict, timeout=60))
    assert isinstance(typed.value, Verdict)
    assert typed.task.id != first.task.id


def test_one_key_is_one_task(client: HumanRail) -> None:
    key = f"live-{uuid.uuid4()}"
    first = client.tasks.create(**QUESTION, idempotency_key=key)
    assert client.tasks.create(**QUESTION, idempotency_key=key).id == first.id
    with pytest.raises(ConflictError):
        client.tasks.create(**{**QUESTION, "payout_sats": 501}, idempotency_key=key)


def test_a_batch_and_the_pages_of_a_list(kind: Kind) -> None:
    client, metadata = live(kind), {"tag": str(uuid.uuid4())}
    item: Any = {**QUESTION, "metadata": metadata}
    batch = [item, {**item, "payout_sats": 0}, item]
    results = kind.run(client.tasks.create_batch(batch))
    assert [one.status for one in results] == [201, 400, 201]
    assert isinstance(results[1].error, ValidationError)
    listed = kind.collect(client.tasks.list(limit=1, metadata=metadata))
    created = [one.task.id for one in results if one.task]
    assert [task.id for task in listed] == sorted(created, reverse=True)


def test_errors_come_as_their_classes(client: HumanRail) -> None:
    with pytest.raises(NotFoundError):
        client.tasks.get("0198c0de-0000-7000-8000-000000000000")
    with pytest.raises(ValidationError) as caught:
        client.tasks.create(**{**QUESTION, "sla_seconds": 1})
    assert (caught.value.status, caught.value.param) == (400, "sla_seconds")
    assert caught.value.request_id


def test_endpoints_live_their_life(client: HumanRail) -> None:
    webhooks = client.webhooks
    # Only what no task of these tests does, since their events would be deliveries too.
    endpoint = webhooks.create(url="https://example.com/hook", events=["task.expired"])
    assert re.match("whsec_", endpoint.secret)
    assert "secret" not in webhooks.get(endpoint.id).to_dict()
    assert webhooks.update(endpoint.id, status="disabled").status == "disabled"
    assert webhooks.rotate(endpoint.id).secret != endpoint.secret
    assert webhooks.deliveries(endpoint.id).data == []
    before, rotated = webhooks.get_callback_secret(), webhooks.rotate_callback_secret()
    assert rotated.secret != before.secret
    assert rotated.previous_secret_expires_at is not None
    webhooks.delete(endpoint.id)
    with pytest.raises(NotFoundError):
        webhooks.get(endpoint.id)


def test_quotes_balance_usage_and_task_types_answer(client: HumanRail) -> None:
    assert client.quotes.create(**QUESTION).cost_sats.held >= 500
    assert client.balance.get().mode == "test"
    assert client.usage.get(period="day").object == "usage"
    assert "content_review" in [one.type for one in client.task_types.list()]
