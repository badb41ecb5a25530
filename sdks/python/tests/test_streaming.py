"""The events of a task as they happen."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from api_server import Answer, ApiServer, SeenRequest, json_answer, reset
from conftest import FakeClock, Kind

import humanrail
from humanrail._sse import EventReader


def event(sequence: int, type: str, status: str) -> dict[str, Any]:
    facts = {"task_id": "01", "type": type, "status": status}
    return {"id": f"e{sequence}", "sequence": sequence, "data": {"some_key": sequence}, **facts}


def text(one: dict[str, Any]) -> str:
    return f"id: {one['sequence']}\nevent: {one['type']}\ndata: {json.dumps(one)}\n\n"


CREATED = event(1, "task.created", "posted")
VERIFIED = event(2, "task.verified", "verified")
COMPLETED = event(3, "task.completed", "verified")


def stream(body: str, *, breaks: bool = False) -> Answer:
    """A stream in pieces of a few bytes; one that breaks promises more than it sends."""

    def answer(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
        content = body.encode()
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream; charset=utf-8")
        handler.send_header("content-length", str(len(content) + (10 if breaks else 0)))
        handler.send_header("connection", "close")
        handler.end_headers()
        for start in range(0, len(content), 7):
            handler.wfile.write(content[start : start + 7])
            handler.wfile.flush()
        handler.close_connection = True

    return answer


def types(events: list[Any]) -> list[str]:
    return [one.type for one in events]


def last_ids(server: ApiServer) -> list[str | None]:
    return [request.headers.get("last-event-id") for request in server.requests]


def test_each_event_as_it_comes(kind: Kind, server: ApiServer) -> None:
    server.answer_with(stream(f": hello\n\n{text(CREATED)}{text(VERIFIED)}{text(COMPLETED)}"))
    seen = kind.collect(kind.client().tasks.stream_events("01"))
    assert types(seen) == ["task.created", "task.verified", "task.completed"]
    assert (seen[0].task_id, seen[0].data) == ("01", {"some_key": 1})
    [request] = server.requests
    assert request.path == "/v1/tasks/01/events"
    assert request.headers["accept"] == "text/event-stream"


def test_it_goes_on_where_the_connection_broke(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    server.answer_with(
        stream(f"retry: 9000\n{text(CREATED)}", breaks=True),
        stream(text(VERIFIED), breaks=True),
        stream(text(COMPLETED)),
    )
    seen = kind.collect(kind.client().tasks.stream_events("01"))
    assert types(seen) == ["task.created", "task.verified", "task.completed"]
    assert last_ids(server) == [None, "1", "2"]
    assert clock.slept == [9, 0.75]


def test_it_starts_after_an_event_and_ends_where_nothing_follows(
    kind: Kind, server: ApiServer
) -> None:
    timeline = {"data": [CREATED, VERIFIED, COMPLETED]}
    server.answer_with(stream(""), json_answer(200, timeline))
    assert kind.collect(kind.client().tasks.stream_events("01", last_event_id="3")) == []
    assert last_ids(server)[0] == "3"


def test_a_server_without_content_ends_it(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(204, ""))
    assert kind.collect(kind.client().tasks.stream_events("01")) == []


def test_it_gives_up_where_nothing_comes(kind: Kind, server: ApiServer, clock: FakeClock) -> None:
    server.answer_with(stream("", breaks=True))
    with pytest.raises(humanrail.ConnectionError, match="ended 2 times without"):
        kind.collect(kind.client().tasks.stream_events("01", max_reconnects=1))
    assert len(server.requests) == 2
    server.answer_with(json_answer(503, ""))
    with pytest.raises(humanrail.ConnectionError, match="At last: The API answered 503") as caught:
        kind.collect(kind.client().tasks.stream_events("01", max_reconnects=0))
    assert caught.value.reason == "The API answered 503 without saying why."


def test_it_outlives_a_server_that_is_away_for_a_moment(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    server.answer_with(
        stream(text(CREATED), breaks=True),
        reset,
        json_answer(503, "", {"retry-after": "7"}),
        stream(text(COMPLETED)),
    )
    seen = kind.collect(kind.client().tasks.stream_events("01"))
    assert types(seen) == ["task.created", "task.completed"]
    assert clock.slept == [0.75, 1.5, 7]


def test_the_connection_closes_when_the_caller_stops_listening(
    kind: Kind, server: ApiServer
) -> None:
    closed = threading.Event()

    def endless(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        handler.wfile.write(text(CREATED).encode())
        handler.wfile.flush()
        # Nothing more comes from a client, unless it closes.
        handler.rfile.read(1)
        closed.set()
        handler.close_connection = True

    server.answer_with(endless)
    events = kind.client().tasks.stream_events("01")
    assert len(kind.collect(events, until=lambda one: True)) == 1
    assert closed.wait(5)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (json_answer(404, {"error": {"code": "not_found", "message": "No: 01."}}), "No: 01"),
        (json_answer(200, {}), "got application/json; is a proxy"),
        (stream("data: no JSON\n\n"), "other than a JSON object"),
    ],
)
def test_what_is_no_stream(kind: Kind, server: ApiServer, answer: Answer, message: str) -> None:
    server.answer_with(answer)
    with pytest.raises(humanrail.HumanRailError, match=message):
        kind.collect(kind.client().tasks.stream_events("01"))
    assert len(server.requests) == 1


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("size", [1, 2, 1000])
def test_the_format(line_end: str, size: int) -> None:
    lines = [
        "\ufeffid: 1",
        "event: a",
        "data: ü",
        "data:two",
        ": comment",
        "retry: 40",
        "retry: x",
        "",
        "event: none",
        "",
        "data",
        "",
        "data: unfinished",
    ]
    content = line_end.join(lines).encode()
    reader = EventReader()
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    found = [one for piece in pieces for one in reader.feed(piece)]
    assert [(one.id, one.type, one.data) for one in found] == [
        ("1", "a", "ü\ntwo"),
        ("1", "message", ""),
    ]
    assert reader.retry_ms == 40
