"""The progress of a task's event stream over all its connections."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Generator

import httpx

from ._errors import ConnectionError, HumanRailError
from ._idempotency import is_header_safe
from ._request import Call, segment
from ._retry import retry_delay
from ._sse import EventReader, ServerSentEvent
from ._status import is_terminal_status
from .types import TaskEvent

Events = Generator[TaskEvent, None, None]
AsyncEvents = AsyncGenerator[TaskEvent, None]


class Stream:
    """The state of a stream that resumes after the last event seen when it breaks."""

    def __init__(self, task_id: str, last_event_id: str | None, max_reconnects: int) -> None:
        if last_event_id is not None and not is_header_safe(last_event_id):
            raise HumanRailError(
                f"last_event_id must be the id of an event of the stream, not {last_event_id!r}."
            )
        self.last_event_id = last_event_id
        self.is_finished = False
        self._path = f"/tasks/{segment(task_id)}/events"
        self._max_reconnects = max_reconnects
        self._reader = EventReader()
        self._fruitless = 0

    def next_call(self) -> Call:
        """The call that opens the next connection."""
        self._reader = EventReader()
        headers = {"accept": "text/event-stream"}
        if self.last_event_id is not None:
            headers["last-event-id"] = self.last_event_id
        return Call("GET", self._path, headers=headers, max_retries=0)

    def assert_is_stream(self, response: httpx.Response) -> None:
        """Raises HumanRailError if the response is not an event stream."""
        kind: str = response.headers.get("content-type", "no content type")
        if kind.startswith("text/event-stream"):
            return
        raise HumanRailError(
            f"Asked for an event stream and got {kind}; is a proxy in between?",
            status=response.status_code,
            request_id=response.headers.get("x-request-id"),
        )

    def feed(self, chunk: bytes) -> Generator[TaskEvent, None, None]:
        """The events that end in this piece of the answer."""
        for sent in self._reader.feed(chunk):
            event = _read(sent)
            self._fruitless = 0
            self.last_event_id = sent.id or self.last_event_id
            self.is_finished = self.is_finished or is_over(event)
            yield event

    def is_over_after(self, timeline: list[TaskEvent]) -> bool:
        """True if the task's timeline ends with the last event seen."""
        newest = timeline[-1] if timeline else None
        if newest is None or not is_over(newest):
            return False
        return f"{newest.sequence:g}" == self.last_event_id

    def pause(self, cause: HumanRailError | None) -> float:
        """Seconds to wait before the next connection.

        Raises ConnectionError after too many consecutive ones without events.
        """
        self._fruitless += 1
        if self._fruitless > self._max_reconnects:
            times = "once" if self._fruitless == 1 else f"{self._fruitless} times"
            at_last = "" if cause is None else f" At last: {cause.message}"
            raise ConnectionError(
                f"The event stream ended {times} without bringing anything.{at_last}",
                reason=None if cause is None else cause.message,
            )
        asked = None if cause is None else cause.retry_after_seconds
        return max(self._reader.retry_ms / 1000, retry_delay(self._fruitless - 1, asked))


def is_over(event: TaskEvent) -> bool:
    """True if nothing comes after it.

    What is verified still gets its payouts, which ``task.completed`` ends.
    """
    if event.status == "verified":
        return event.type == "task.completed"
    return is_terminal_status(event.status)


def _read(sent: ServerSentEvent) -> TaskEvent:
    try:
        data = json.loads(sent.data)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise HumanRailError("The event stream carried something other than a JSON object.")
    return TaskEvent.from_json(data)
