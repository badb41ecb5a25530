"""Reading ``text/event-stream``, as the WHATWG specification says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class ServerSentEvent:
    """One event; `id` is the last one seen so far, empty if none was seen."""

    id: str
    type: str
    data: str


class EventReader:
    """Parses one connection's bytes, in chunks of any size, into events."""

    def __init__(self) -> None:
        #: Milliseconds that the server asked to wait before the next connection.
        self.retry_ms = 0
        self._rest = b""
        self._is_first_line = True
        self._id = ""
        self._type = ""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that end in this piece."""
        for line in self._lines(chunk):
            if line:
                self._field(line)
                continue
            if self._data:
                yield ServerSentEvent(self._id, self._type or "message", "\n".join(self._data))
            self._type, self._data = "", []

    def _lines(self, chunk: bytes) -> Iterator[str]:
        text = self._rest + chunk
        # A trailing carriage return may be half of a pair, so it waits for the next chunk.
        end = len(text) - 1 if text.endswith(b"\r") else len(text)
        *lines, rest = re.split(rb"\r\n|\n|\r", text[:end])
        self._rest = rest + text[end:]
        for line in lines:
            shown = line.decode("utf-8", "replace")
            yield shown.removeprefix("\ufeff") if self._is_first_line else shown
            self._is_first_line = False

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and re.fullmatch(r"[0-9]{1,9}", value):
            self.retry_ms = int(value)
