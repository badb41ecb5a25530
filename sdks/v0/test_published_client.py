"""The published Python client 0.1.0, unmodified, against a running app at `…/v0`."""

from __future__ import annotations

import asyncio
import os
import queue
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from humanrail import EscalationClient, verify_webhook_signature
from humanrail.errors import (
    AuthenticationError,
    ConflictError,
    TaskNotFoundError,
    ValidationError,
)
from humanrail.types import Task, TaskStatus, WebhookEvent, WebhookEventType

V1_URL = os.environ.get("HUMANRAIL_LIVE_BASE_URL", "")
V0_URL = f"{V1_URL.removesuffix('/v1')}/v0"
API_KEY = os.environ.get("HUMANRAIL_LIVE_API_KEY", "")
PATIENCE_SECONDS = 120

pytestmark = pytest.mark.skipif(
    not (V1_URL and API_KEY),
    reason="HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY name no running app",
)

REQUEST: dict[str, Any] = {
    "task_type": "refund_eligibility",
    "payload": {"orderId": "order-12345", "orderTotal": 89.99},
    "output_schema": {
        "type": "object",
        "required": ["eligible"],
        "properties": {"eligible": {"type": "boolean"}},
    },
    "payout": {"currency": "USD", "maxAmount": 0.5},
}


@pytest.fixture
def client() -> Iterator[EscalationClient]:
    with EscalationClient(API_KEY, base_url=V0_URL, max_retries=0) as made:
        yield made


def create(client: EscalationClient, **over: Any) -> Task:
    return client.tasks.create(**{"idempotency_key": f"v0-{uuid.uuid4()}", **REQUEST, **over})


def test_a_task_is_created_found_and_answered(client: EscalationClient) -> None:
    metadata = {"order": {"id": 12345, "tags": ["refund"]}}
    task = create(client, metadata=metadata, sla_seconds=300)
    assert (task.task_type, task.sla_seconds) == ("refund_eligibility", 300)
    assert task.risk_tier.value == "medium"
    assert (task.payload, task.output_schema) == (REQUEST["payload"], REQUEST["output_schema"])
    assert (task.payout.currency.value, task.payout.max_amount) == ("USD", 0.5)
    assert task.metadata == metadata
    assert client.tasks.get(task.id).idempotency_key == task.idempotency_key

    done = client.tasks.wait_for_completion(task.id, poll_interval=0.3, timeout=PATIENCE_SECONDS)
    assert done.status is TaskStatus.VERIFIED
    assert done.output is not None and isinstance(done.output["eligible"], bool)
    assert done.failure_reason is None


def test_what_is_paid_stands_in_payout_result(client: EscalationClient) -> None:
    task = create(client, payout={"currency": "SATS", "maxAmount": 550})
    client.tasks.wait_for_completion(task.id, poll_interval=0.3, timeout=PATIENCE_SECONDS)
    paid = wait_until_paid(client, task.id)
    assert paid.payout_result is not None
    assert paid.payout_result.currency.value == "SATS"
    assert 0 < paid.payout_result.amount <= 550
    assert paid.payout_result.paid_at >= paid.created_at


def wait_until_paid(client: EscalationClient, task_id: str) -> Task:
    paused = threading.Event()
    for _ in range(PATIENCE_SECONDS * 2):
        task = client.tasks.get(task_id)
        if task.payout_result is not None:
            return task
        paused.wait(0.5)
    pytest.fail("The worker was not paid in time.")


def test_an_output_that_is_no_object_stands_in_one(client: EscalationClient) -> None:
    task = create(client, output_schema={"type": "string", "enum": ["yes", "no"]})
    done = client.tasks.wait_for_completion(task.id, poll_interval=0.3, timeout=PATIENCE_SECONDS)
    assert done.output is not None and done.output["value"] in ("yes", "no")


def test_a_key_gives_one_task(client: EscalationClient) -> None:
    key = f"v0-{uuid.uuid4()}"
    first = create(client, idempotency_key=key)
    assert create(client, idempotency_key=key).id == first.id
    with pytest.raises(ConflictError, match="idempotency key"):
        create(client, idempotency_key=key, payload={"orderId": "another"})


def test_lists_are_paged_and_filtered(client: EscalationClient) -> None:
    task_type = f"v0_{uuid.uuid4().hex}"
    made = [create(client, task_type=task_type).id for _ in range(3)]
    first = client.tasks.list(task_type=task_type, limit=2)
    assert (first.has_more, len(first.data)) == (True, 2)
    last = client.tasks.list(task_type=task_type, limit=2, after=first.next_cursor)
    assert (last.has_more, last.next_cursor) == (False, None)
    assert [task.id for task in [*first.data, *last.data]] == made[::-1]
    at = last.data[0].created_at
    same = client.tasks.list(task_type=task_type, created_after=at, created_before=at)
    assert made[0] in [task.id for task in same.data]
    assert client.tasks.list(task_type=task_type, status=TaskStatus.FAILED).data == []


def test_a_task_is_cancelled_once(client: EscalationClient) -> None:
    # So much to read that no simulated worker has answered by then.
    task = create(client, payload={"text": "Is this what you ordered? " * 500})
    cancelled = client.tasks.cancel(task.id)
    assert (cancelled.id, cancelled.status) == (task.id, TaskStatus.CANCELLED)
    assert cancelled.cancelled_at >= task.created_at
    with pytest.raises(ConflictError) as refused:
        client.tasks.cancel(task.id)
    assert refused.value.request_id


def test_the_awaited_calls_do_the_same() -> None:
    async def run() -> Task:
        async with EscalationClient(API_KEY, base_url=V0_URL) as client:
            task = await client.tasks.acreate(idempotency_key=f"v0-{uuid.uuid4()}", **REQUEST)
            await client.tasks.alist(limit=1)
            return await client.tasks.await_for_completion(
                task.id, poll_interval=0.3, timeout=PATIENCE_SECONDS
            )

    assert asyncio.run(run()).status is TaskStatus.VERIFIED


def test_errors_are_those_of_the_client(client: EscalationClient) -> None:
    with pytest.raises(ValidationError) as invalid:
        create(client, payout={"currency": "EUR", "maxAmount": 1})
    assert invalid.value.body is not None
    assert "payout.currency" in invalid.value.body["error"]["details"]
    assert invalid.value.body["requestId"] == invalid.value.request_id
    with pytest.raises(TaskNotFoundError):
        client.tasks.get(str(uuid.uuid4()))
    with pytest.raises(AuthenticationError):
        EscalationClient("ek_test_wrong", base_url=V0_URL).tasks.list()


class Receiver:
    """Keeps what is posted to it."""

    def __init__(self) -> None:
        self.received: queue.Queue[tuple[str, str]] = queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode("utf-8")
                receiver.received.put((self.headers["x-escalation-signature"], body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, secret: str) -> WebhookEvent:
        signature, body = self.received.get(timeout=PATIENCE_SECONDS)
        assert verify_webhook_signature(payload=body, signature=signature, secret=secret)
        assert not verify_webhook_signature(payload=body, signature=signature, secret="whsec_other")
        assert not verify_webhook_signature(payload=f"{body} ", signature=signature, secret=secret)
        return WebhookEvent.model_validate_json(body)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def secret() -> str:
    """The organization's secret; in v0 it was to be had from people alone."""
    headers = {"Authorization": f"Bearer {API_KEY}"}
    answer = httpx.get(f"{V1_URL}/webhooks/callback_secret", headers=headers)
    return str(answer.raise_for_status().json()["secret"])


def test_callbacks_are_signed_and_have_the_task(
    client: EscalationClient, receiver: Receiver, secret: str
) -> None:
    task = create(client, callback_url=receiver.url)
    seen: dict[WebhookEventType, WebhookEvent] = {}
    while WebhookEventType.TASK_VERIFIED not in seen:
        event = receiver.take(secret)
        assert event.data.id == task.id
        seen[event.type] = event
    assert seen[WebhookEventType.TASK_VERIFIED].data.output is not None
    while WebhookEventType.TASK_POSTED not in seen:
        event = receiver.take(secret)
        seen[event.type] = event
    assert seen[WebhookEventType.TASK_POSTED].data.status is TaskStatus.POSTED
    assert seen[WebhookEventType.TASK_POSTED].data.output is None


def test_a_test_event_arrives(receiver: Receiver, secret: str) -> None:
    headers = {"Authorization": f"Bearer {API_KEY}"}
    body = {"eventType": "task.failed", "callbackUrl": receiver.url}
    answer = httpx.post(f"{V0_URL}/webhooks/test", headers=headers, json=body, timeout=30)
    assert answer.json()["statusCode"] == 204
    event = receiver.take(secret)
    assert (event.id, event.type) == (answer.json()["eventId"], WebhookEventType.TASK_FAILED)


def test_what_the_mcp_server_asks_for() -> None:
    """Usage of the organization, and the health check beside the tasks."""
    headers = {"Authorization": f"Bearer {API_KEY}"}
    usage = httpx.get(f"{V0_URL}/org/usage", headers=headers).raise_for_status().json()
    assert usage["tasks"]["total"] >= usage["tasks"]["verified"] >= 0
    same = httpx.get(f"{V0_URL}/usage", headers=headers).raise_for_status().json()
    assert usage.keys() == same.keys() == {"period", "startDate", "endDate", "tasks", "payouts"}
    assert httpx.get(f"{V0_URL}/healthz").json() == {"status": "ok"}
