"""People in a Temporal workflow, in Temporal's environment for activities."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from api_server import ApiServer, SeenRequest, json_answer, task
from conftest import Kind
from temporalio.activity import ActivityCancellationDetails
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from humanrail import idempotency_key
from humanrail.temporal import HumanActivities, HumanAnswer, HumanQuestion

QUESTION = HumanQuestion("Is it?", payload={"a": 1}, returns={"type": "boolean"}, sla_seconds=60)


@pytest.fixture
def awaited(server: ApiServer) -> Any:
    kind = Kind(True, server)
    yield kind
    kind.close()


def environment(**info: Any) -> ActivityEnvironment:
    made = ActivityEnvironment()
    made.info = dataclasses.replace(made.info, **info)
    return made


def test_the_answer_and_the_key_of_the_activity(awaited: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task("verified", output=True, confidence=0.9)))
    activities = HumanActivities(awaited.client())
    for attempt in (1, 2):
        ran = environment(workflow_id="w", workflow_run_id="r", activity_id="7", attempt=attempt)
        answer = awaited.run(ran.run(activities.ask_human, QUESTION))
        assert answer == HumanAnswer(True, "01", 0.9, None)
    own = idempotency_key("temporal", "w", "r", "7")
    assert [one.body["idempotency_key"] for one in server.requests] == [own, own]
    assert server.requests[0].body["payload"] == {"question": "Is it?", "a": 1}
    assert server.requests[0].body["sla_seconds"] == 60


def held(handler: Any, request: SeenRequest) -> None:
    """An answer that the API holds for a moment."""
    asyncio.run(asyncio.sleep(0.2))
    json_answer(200, task("verified", output=False))(handler, request)


def test_it_heartbeats_while_people_answer(awaited: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task()), held)
    beats: list[tuple[Any, ...]] = []
    ran = environment(heartbeat_timeout=timedelta(seconds=0.06))
    ran.on_heartbeat = lambda *details: beats.append(details)
    answer = awaited.run(ran.run(HumanActivities(awaited.client()).ask_human, QUESTION))
    assert answer.value is False
    assert beats.count(("01",)) >= 3


@pytest.mark.parametrize(
    ("answer", "type", "non_retryable", "details"),
    [
        (json_answer(201, task("failed")), "TaskFailedError", True, ["01"]),
        (json_answer(401, {"error": {"message": "No."}}), "AuthenticationError", True, []),
        (json_answer(503, ""), "InternalError", False, []),
    ],
)
def test_what_fails(
    awaited: Kind,
    server: ApiServer,
    answer: Any,
    type: str,
    non_retryable: bool,
    details: list[str],
) -> None:
    server.answer_with(answer)
    activities = HumanActivities(awaited.client(max_retries=0))
    with pytest.raises(ApplicationError) as caught:
        awaited.run(environment().run(activities.ask_human, QUESTION))
    error = caught.value
    assert (error.type, error.non_retryable, list(error.details)) == (type, non_retryable, details)


@pytest.mark.parametrize("is_called_off", [True, False])
def test_only_a_cancellation_by_the_workflow_calls_the_task_off(
    awaited: Kind, server: ApiServer, is_called_off: bool
) -> None:
    ran = environment()

    def cancel(handler: Any, request: SeenRequest) -> None:
        details = ActivityCancellationDetails(
            cancel_requested=is_called_off, worker_shutdown=not is_called_off
        )
        awaited.loop.call_soon_threadsafe(ran.cancel, details)
        held(handler, request)

    server.answer_with(json_answer(201, task()), cancel, json_answer(200, task("cancelled")))
    with pytest.raises(asyncio.CancelledError):
        awaited.run(ran.run(HumanActivities(awaited.client()).ask_human, QUESTION))
    paths = [request.path for request in server.requests]
    assert ("/v1/tasks/01/cancel" in paths) is is_called_off
