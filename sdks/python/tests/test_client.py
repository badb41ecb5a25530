"""Settings, lists, and what can go wrong on the way."""

from __future__ import annotations

import pickle
import re
import time
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_server import Answer, ApiServer, SeenRequest, json_answer, task
from conftest import FakeClock, Kind

import humanrail
from humanrail import HumanRailError, idempotency_key
from humanrail._request import Call, prepare


def test_settings_come_from_the_environment(
    kind: Kind, server: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUMANRAIL_API_KEY", "ek_test_env")
    monkeypatch.setenv("HUMANRAIL_BASE_URL", f"{server.base_url}/")
    server.answer_with(json_answer(200, {"available_sats": 5}))
    client = kind.make()
    assert kind.run(client.balance.get()).available_sats == 5
    kind.run(client.close())
    assert server.requests[0].path == "/v1/balance"
    assert server.requests[0].headers["authorization"] == "Bearer ek_test_env"
    with pytest.raises(HumanRailError, match="was closed"):
        kind.run(client.balance.get())


@pytest.mark.parametrize("given", ["ek_live_...", "ek_test_..."])
def test_the_key_of_the_documentation_stands_for_that_of_the_environment(
    kind: Kind, server: ApiServer, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    with pytest.raises(HumanRailError, match=re.escape(f"Replace '{given}'")):
        kind.client(api_key=given)
    monkeypatch.setenv("HUMANRAIL_API_KEY", "ek_test_env")
    server.answer_with(json_answer(200, {}))
    kind.run(kind.client(api_key=given).balance.get())
    kind.run(kind.client(api_key="ek_test_given").balance.get())
    assert [request.headers["authorization"] for request in server.requests] == [
        "Bearer ek_test_env",
        "Bearer ek_test_given",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"api_key": None}, "HUMANRAIL_API_KEY"),
        ({"api_key": " "}, "HUMANRAIL_API_KEY"),
        ({"api_key": "ek_live_\nx"}, "copy it again"),
        ({"api_key": 7}, "must be a str"),
        ({"base_url": "localhost"}, "no URL"),
        ({"base_url": "http://[::1"}, "no URL"),
        ({"base_url": "http://a b/v1"}, "no URL"),
        ({"base_url": "http://host:port/v1"}, "no URL"),
        ({"base_url": "ftp://x"}, "must begin with https"),
        ({"base_url": "http://user:hush@host/v1"}, "pass api_key="),
        ({"max_retries": -1}, "max_retries must be"),
        ({"max_retries": True}, "max_retries must be"),
        ({"timeout": 0}, "timeout must be"),
        ({"timeout": "5"}, "timeout must be"),
        ({"http_client": object()}, r"must be an httpx\.(Async)?Client here, not object"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(
    kind: Kind, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(HumanRailError, match=message) as caught:
        kind.client(**options)
    assert "hush" not in str(caught.value)


def test_the_http_client_of_the_other_kind_is_refused(kind: Kind) -> None:
    other = httpx.Client if kind.is_async else httpx.AsyncClient
    with pytest.raises(HumanRailError, match=f"not {other.__name__}"):
        kind.client(http_client=other())


def test_a_proxy_that_is_none_is_said(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://proxy")
    with pytest.raises(HumanRailError, match="Look at HTTP_PROXY"):
        kind.client(http_client=None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://localhost:3000", "http://localhost:3000/v1"),
        ("http://localhost:3000/", "http://localhost:3000/v1"),
        ("http://localhost:3000/v1//", "http://localhost:3000/v1"),
        (" https://proxy.example/human/v1", "https://proxy.example/human/v1"),
        (None, "https://api.humanrail.dev/v1"),
    ],
)
def test_how_a_base_url_is_read(kind: Kind, given: str | None, expected: str) -> None:
    assert kind.client(base_url=given).base_url == expected


def test_a_client_that_is_shown_does_not_show_its_key(kind: Kind) -> None:
    client = kind.client(api_key="ek_live_secret")
    prepared = prepare(Call("GET", "/balance"), client._transport.settings)
    shown = f"{client!r} {client.__dict__!r} {vars(client._transport)!r} {prepared!r}"
    assert "ek_live_secret" not in shown
    assert client.base_url in repr(client)


def test_other_settings_for_a_call_keep_the_connections(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    server.answer_with(json_answer(503, ""))
    client = kind.client().with_options(max_retries=0, timeout=5)
    with pytest.raises(humanrail.InternalError):
        kind.run(client.balance.get())
    assert len(server.requests) == 1
    with pytest.raises(HumanRailError, match="max_retries must be"):
        client.with_options(max_retries=-1)


def test_a_client_closes_in_a_with(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(200, {"held_sats": 1}))

    async def awaited(client: Any) -> Any:
        async with client as opened:
            return await opened.balance.get()

    client = kind.client(http_client=None)
    if kind.is_async:
        balance = kind.run(awaited(client))
    else:
        with client as opened:
            balance = opened.balance.get()
    assert balance.held_sats == 1
    with pytest.raises(HumanRailError, match="was closed"):
        kind.run(client.balance.get())


def test_made_up_keys_are_new_and_begin_with_the_namespace(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task()))
    client = kind.client(idempotency_namespace="shop")
    for _ in range(2):
        kind.run(client.tasks.create(type="t", payload={}))
    first, second = (request.headers["idempotency-key"] for request in server.requests)
    assert re.fullmatch(r"shop:[0-9a-f-]{36}", first)
    assert first != second
    assert client.idempotency_key("a", "b") == idempotency_key("shop", "a", "b")
    with pytest.raises(HumanRailError, match="idempotency_namespace"):
        kind.client().idempotency_key("a")


def test_a_key_that_no_header_can_hold_is_refused(kind: Kind) -> None:
    with pytest.raises(HumanRailError, match="printable ASCII"):
        kind.run(kind.client().webhooks.rotate("1", idempotency_key="ключ"))


def test_no_server(kind: Kind) -> None:
    client = kind.client(base_url="http://127.0.0.1:1/v1", max_retries=0)
    with pytest.raises(humanrail.ConnectionError, match=r"http://127\.0\.0\.1:1/v1/balance: "):
        kind.run(client.balance.get())
    with pytest.raises(ConnectionError):
        kind.run(client.balance.get())


def stalled(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
    """A body that stops half-way."""
    handler.send_response(200)
    handler.send_header("content-length", "100")
    handler.end_headers()
    handler.wfile.write(b'{"available_')
    handler.wfile.flush()
    time.sleep(0.3)
    handler.close_connection = True


def silent(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
    time.sleep(0.3)
    handler.close_connection = True


@pytest.mark.parametrize("answer", [stalled, silent])
def test_no_answer_in_time(kind: Kind, server: ApiServer, answer: Answer) -> None:
    server.answer_with(answer)
    client = kind.client(timeout=0.05, max_retries=0)
    with pytest.raises(humanrail.TimeoutError, match=r"within 0\.05 s"):
        kind.run(client.balance.get())
    with pytest.raises(TimeoutError):
        kind.run(client.balance.get())


def test_a_body_that_trickles_in_is_cut_off_too(
    kind: Kind, server: ApiServer, clock: FakeClock
) -> None:
    def trickle(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "3")
        handler.end_headers()
        for byte in (b"{", b" ", b"}"):
            handler.wfile.write(byte)
            handler.wfile.flush()
            clock.time += 4
            time.sleep(0.02)

    server.answer_with(trickle)
    with pytest.raises(humanrail.TimeoutError):
        kind.run(kind.client(timeout=5, max_retries=0).balance.get())


def test_a_redirect_is_not_followed(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(301, {}, {"location": "https://elsewhere.example/"}))
    http = httpx.AsyncClient if kind.is_async else httpx.Client
    with pytest.raises(HumanRailError, match=r"elsewhere\.example.*base URL"):
        kind.run(kind.client(http_client=http(follow_redirects=True)).balance.get())
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (json_answer(200, "<html>", {"content-type": "text/html"}), "text/html.*base URL"),
        (json_answer(200, [1]), "no object; check the base URL"),
        (json_answer(404, "<html>", {"content-type": "text/html"}), "ends in /v1"),
        (json_answer(200, b"\xff".decode("latin-1"), {"content-encoding": "gzip"}), "No answer to"),
    ],
)
def test_what_a_proxy_answers(kind: Kind, server: ApiServer, answer: Answer, message: str) -> None:
    server.answer_with(answer)
    with pytest.raises(HumanRailError, match=message):
        kind.run(kind.client(max_retries=0).balance.get())


@pytest.mark.parametrize("id", ["", ".", "..", None])
def test_what_is_no_id_is_refused(kind: Kind, server: ApiServer, id: Any) -> None:
    server.answer_with(json_answer(200, {}))
    with pytest.raises(HumanRailError, match="An id is needed"):
        kind.run(kind.client().tasks.get(id))
    assert server.requests == []


def test_what_is_no_item_of_a_batch_is_refused(kind: Kind) -> None:
    with pytest.raises(HumanRailError, match=r"tasks\[1\] must hold the fields of a create"):
        kind.run(kind.client().tasks.create_batch([{"type": "t", "payload": {}}, "t"]))


def test_moments_are_sent_in_utc(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(200, {"data": []}))
    moment = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    client = kind.client()
    kind.run(client.tasks.list(created_after=moment))
    kind.run(client.usage.get(start_date=date(2026, 1, 31)))
    kind.run(client.webhooks.replay("1", since=moment))
    assert server.requests[0].query == {"created_after": "2026-01-01T00:00:00.000Z"}
    assert server.requests[1].query == {"start_date": "2026-01-31"}
    assert server.requests[2].body == {"since": "2026-01-01T00:00:00.000Z"}
    with pytest.raises(HumanRailError, match="without a time zone"):
        kind.run(client.tasks.list(created_after=datetime(2026, 1, 1)))


def test_errors_and_results_cross_process_borders(kind: Kind, server: ApiServer) -> None:
    failed = task("failed", failure_reason={"code": "max_attempts", "message": "None."})
    server.answer_with(json_answer(201, failed))
    with pytest.raises(humanrail.TaskFailedError) as caught:
        kind.run(kind.client().ask("Is it?"))
    read = pickle.loads(pickle.dumps(caught.value))
    assert type(read) is humanrail.TaskFailedError
    assert str(read) == str(caught.value)
    assert read.task == caught.value.task
    assert read.task.failure_reason.code == "max_attempts"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert humanrail.__version__ == version("humanrail")
    assert (Path(humanrail.__file__).parent / "py.typed").exists()
