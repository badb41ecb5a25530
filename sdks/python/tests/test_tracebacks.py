"""What a traceback of this package's errors shows: its own frames and a sentence, no others."""

from __future__ import annotations

import dataclasses
import re
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pydantic
import pytest
from api_server import Answer, ApiServer, SeenRequest, json_answer, task
from conftest import FakeClock, Kind
from test_client import silent, stalled

import humanrail
from humanrail import HumanRailError

KEY = "ek_live_0secret0secret0secret0secret0"
TESTS = Path(__file__).parent
PACKAGE = Path(humanrail.__file__).parent
#: Of the language itself, which waits and enters contexts for everybody.
STANDARD = {"asyncio", "contextlib.py"}


def told_by(kind: Kind, call: Callable[[], Any]) -> tuple[HumanRailError, str]:
    """The error of a call and its traceback, as a program that dies of it prints it."""
    with pytest.raises(HumanRailError) as caught:
        kind.run(call())
    error = caught.value
    told = "".join(traceback.format_exception(error))
    for file in map(Path, re.findall(r'File "([^"]+)"', told)):
        is_own = file.is_relative_to(PACKAGE) or file.is_relative_to(TESTS)
        assert is_own or {file.name, file.parent.name} & STANDARD, told
    assert "During handling" not in told
    assert "direct cause" not in told
    assert KEY not in told + repr(error) + str(vars(error))
    return error, told


def client_of(kind: Kind, **options: Any) -> Any:
    return kind.client(api_key=KEY, max_retries=0, **options)


@pytest.mark.parametrize(
    ("base_url", "reason"),
    [
        ("http://127.0.0.1:1/v1", "Connection refused"),
        ("http://localhost:1/v1", "Connection refused"),
        ("http://humanrail.invalid/v1", r"[Nn]ame"),
        ("https{}/v1", "SSL"),
    ],
)
def test_nothing_is_there(kind: Kind, server: ApiServer, base_url: str, reason: str) -> None:
    server.answer_with(json_answer(200, {}))
    url = base_url.format(server.origin.removeprefix("http"))
    error, _ = told_by(kind, lambda: client_of(kind, base_url=url).balance.get())
    assert isinstance(error, humanrail.ConnectionError)
    assert error.reason
    assert re.search(reason, error.reason)
    assert error.message == f"No answer to GET {url}/balance: {error.reason}."


@pytest.mark.parametrize("answer", [stalled, silent])
def test_no_answer_in_time(kind: Kind, server: ApiServer, answer: Answer) -> None:
    server.answer_with(answer)
    error, _ = told_by(kind, lambda: client_of(kind, timeout=0.05).balance.get())
    assert isinstance(error, humanrail.TimeoutError)
    assert error.reason is None


def test_a_body_that_takes_too_long(kind: Kind, server: ApiServer, clock: FakeClock) -> None:
    def slow(handler: BaseHTTPRequestHandler, seen: SeenRequest) -> None:
        clock.time += 100
        json_answer(200, {})(handler, seen)

    server.answer_with(slow)
    error, _ = told_by(kind, lambda: client_of(kind, timeout=5).balance.get())
    assert isinstance(error, humanrail.TimeoutError)


HTML = {"content-type": "text/html"}


@pytest.mark.parametrize(
    "answer",
    [
        json_answer(200, "<html>", HTML),
        json_answer(200, "[" * 200_000),
        json_answer(401, {"error": {"code": "invalid_api_key", "message": "No such key."}}),
        json_answer(404, "<html>", HTML),
        json_answer(502, "[" * 200_000),
        json_answer(200, "not gzip", {"content-encoding": "gzip"}),
        json_answer(301, {}, {"location": "https://elsewhere.example/"}),
    ],
)
def test_what_is_answered(kind: Kind, server: ApiServer, answer: Answer) -> None:
    server.answer_with(answer)
    told_by(kind, lambda: client_of(kind).balance.get())


@pytest.mark.parametrize(
    "answer",
    [json_answer(200, "<html>", HTML), json_answer(401, {}), json_answer(503, ""), stalled],
)
def test_a_stream_that_is_none(
    kind: Kind, server: ApiServer, clock: FakeClock, answer: Answer
) -> None:
    server.answer_with(answer)
    client = client_of(kind, timeout=0.05)

    async def awaited() -> Any:
        return [one async for one in client.tasks.stream_events("1", max_reconnects=0)]

    def stream() -> Any:
        return (
            awaited() if kind.is_async else list(client.tasks.stream_events("1", max_reconnects=0))
        )

    told_by(kind, stream)


def test_an_event_id_that_no_header_can_hold(kind: Kind) -> None:
    client = client_of(kind)
    with pytest.raises(HumanRailError, match="last_event_id must be"):
        kind.collect(client.tasks.stream_events("1", last_event_id="ключ"))


def test_an_http_client_that_cannot_be_made(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://user:hush@proxy")
    _, told = told_by(kind, lambda: client_of(kind, http_client=None))
    assert "hush" not in told


class Verdict(pydantic.BaseModel):
    verdict: str


@dataclasses.dataclass
class Named:
    verdict: str

    def __post_init__(self) -> None:
        raise ValueError("no such verdict")


@dataclasses.dataclass
class Unknown:
    verdict: NoSuchType  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize(
    ("returns", "output"),
    [
        (Verdict, {"verdict": 7}),
        (Named, {"verdict": "genuine"}),
        (int, {"answer": "x"}),
        (dict[str, int], {"a": "b"}),
    ],
)
def test_an_answer_that_does_not_fit(
    kind: Kind, server: ApiServer, returns: Any, output: Any
) -> None:
    server.answer_with(json_answer(201, task("verified", output=output)))
    error, _ = told_by(kind, lambda: client_of(kind).ask("Is it?", returns=returns))
    assert isinstance(error, humanrail.AnswerMismatchError)


@pytest.mark.parametrize("returns", [Unknown, object(), Verdict(verdict="x"), 7, lambda: None])
def test_what_is_no_type(kind: Kind, returns: Any) -> None:
    told_by(kind, lambda: client_of(kind).ask("Is it?", returns=returns))


def test_a_payload_that_is_no_json(kind: Kind) -> None:
    for payload in ({"x": object()}, {"x": float("nan")}, {"x": {1, 2}}, {"x": "\ud83e"}):
        told_by(kind, lambda given=payload: client_of(kind).tasks.create(type="t", payload=given))


def test_an_answer_of_a_transport_of_ones_own(kind: Kind) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ProxyError("403 Forbidden", request=request)

    transport = httpx.MockTransport(fail)
    http = httpx.AsyncClient if kind.is_async else httpx.Client
    error, _ = told_by(
        kind, lambda: client_of(kind, http_client=http(transport=transport)).balance.get()
    )
    assert error.message.endswith("/v1/balance: 403 Forbidden.")
