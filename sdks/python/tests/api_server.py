"""An HTTP server that plays the API's part: it gives the answers in turn, the last one for good."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class SeenRequest:
    """A request as it came over the wire; the names of its headers in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


Answer = Callable[[BaseHTTPRequestHandler, SeenRequest], None]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that goes away in the middle is what some tests are about.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class ApiServer:
    """Listens on a free port of this machine until it is closed."""

    def __init__(self) -> None:
        self.requests: list[SeenRequest] = []
        self._answers: list[Answer] = []
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                server._handle(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._http = _Listener(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def answer_with(self, *answers: Answer) -> None:
        self.requests = []
        self._answers = list(answers)

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        text = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        seen = SeenRequest(
            method=handler.command,
            path=url.path,
            query=dict(parse_qsl(url.query)),
            headers={name.lower(): value for name, value in handler.headers.items()},
            body=json.loads(text) if text else None,
        )
        with self._lock:
            answer = self._answers[min(len(self.requests), len(self._answers) - 1)]
            self.requests.append(seen)
        answer(handler, seen)


def json_answer(status: int, body: Any, headers: dict[str, str] | None = None) -> Answer:
    """An answer of JSON, or of text where `body` is one."""

    def answer(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        content = b"" if status == 204 else text
        handler.send_response(status)
        named = {"content-type": "application/json", **(headers or {})}
        for name, value in named.items():
            handler.send_header(name, value)
        if status != 204:
            handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def reset(handler: BaseHTTPRequestHandler, _: SeenRequest) -> None:
    """Breaks the connection off without an answer."""
    handler.close_connection = True


def task(status: str = "posted", **fields: Any) -> dict[str, Any]:
    """The part of a task that tests look at."""
    return {"id": "01", "object": "task", "status": status, "output": None, **fields}
