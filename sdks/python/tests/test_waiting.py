"""Waiting for the end of a task."""

from __future__ import annotations

import pytest
from api_server import ApiServer, json_answer, reset, task
from conftest import FakeClock, Kind

import humanrail


def waits(server: ApiServer) -> list[str | None]:
    return [request.query.get("wait") for request in server.requests]


def test_the_api_holds_the_answer(kind: Kind, server: ApiServer, clock: FakeClock) -> None:
    server.answer_with(json_answer(200, task("failed")))
    ended = kind.run(kind.client().tasks.wait_for_completion("01"))
    assert ended.status == "failed"
    assert waits(server) == ["60"]
    assert clock.slept == []


def test_an_answer_that_comes_early_is_followed_by_a_pause(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    server.answer_with(*[json_answer(200, task(one)) for one in ("posted", "assigned", "verified")])
    kind.run(kind.client().tasks.wait_for_completion("01", poll_interval=3))
    assert clock.slept == [3, 3]


def test_plain_reads_where_waiting_is_refused(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    refusal = {"error": {"code": "invalid_field", "param": "wait", "message": "No."}}
    server.answer_with(
        json_answer(400, refusal),
        json_answer(200, task("assigned")),
        json_answer(200, task("verified")),
    )
    ended = kind.run(kind.client().tasks.wait_for_completion("01"))
    assert ended.status == "verified"
    assert waits(server) == ["60", None, None]


def test_plain_reads_where_held_answers_are_cut_off_twice(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    server.answer_with(reset, json_answer(504, ""), json_answer(200, task("verified")))
    kind.run(kind.client().tasks.wait_for_completion("01"))
    assert waits(server) == ["60", "60", None]
    assert clock.slept == [0.75, 0.75]


def test_the_time_is_over(kind: Kind, server: ApiServer, clock: FakeClock) -> None:
    server.answer_with(json_answer(200, task("assigned")))
    with pytest.raises(humanrail.TaskTimeoutError, match=r"01 .* within 0\.3 s; it is assigned"):
        kind.run(kind.client().tasks.wait_for_completion("01", timeout=0.3, poll_interval=0.1))
    assert waits(server) == ["1", "1", "1"]
    assert sum(clock.slept) == pytest.approx(0.3)


def test_the_time_is_over_before_the_task_was_read(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    server.answer_with(json_answer(503, ""))
    with pytest.raises(humanrail.TimeoutError, match="could not be read") as caught:
        kind.run(kind.client().tasks.wait_for_completion("01", timeout=0.5))
    assert not isinstance(caught.value, humanrail.TaskTimeoutError)


def test_what_waiting_does_not_mend(kind: Kind, server: ApiServer, clock: FakeClock) -> None:
    server.answer_with(json_answer(404, {"error": {"code": "not_found", "message": "No: 01."}}))
    with pytest.raises(humanrail.NotFoundError):
        kind.run(kind.client().tasks.wait_for_completion("01"))
    assert len(server.requests) == 1


@pytest.mark.parametrize("options", [{"timeout": -1}, {"poll_interval": -1}])
def test_times_that_are_none(kind: Kind, options: dict[str, float]) -> None:
    with pytest.raises(humanrail.HumanRailError, match="must be seconds from 0"):
        kind.run(kind.client().tasks.wait_for_completion("01", **options))
