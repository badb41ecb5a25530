"""Waiting for a task: the next poll, and the pause before it."""

from __future__ import annotations

import math

from . import _clock
from ._errors import HumanRailError, TaskTimeoutError, TimeoutError, ValidationError
from ._retry import is_passing, retry_delay
from .types import Task

_WAIT_SECONDS_MAX = 60
POLL_INTERVAL_SECONDS = 2.0


class Waiting:
    """The state of one wait.

    It long-polls; after a rejection or two failures, it polls instead.
    """

    def __init__(self, timeout: float | None, poll_interval: float) -> None:
        if timeout is not None and not timeout >= 0:
            raise HumanRailError(f"timeout must be seconds from 0, or None, not {timeout!r}.")
        if not poll_interval >= 0:
            raise HumanRailError(f"poll_interval must be seconds from 0, not {poll_interval!r}.")
        #: The task's last known state.
        self.last: Task | None = None
        self._timeout = timeout
        self._poll_interval = poll_interval
        self._deadline = math.inf if timeout is None else _clock.monotonic() + timeout
        self._asked = 0.0
        self._refusals = 0

    def next_hold(self, task_id: str) -> int | None:
        """Seconds that the API may hold its next response; None to disable long polling.

        Raises TaskTimeoutError on timeout; TimeoutError if the task was never read.
        """
        left = self._left()
        if left <= 0:
            raise self._over(task_id)
        self._asked = _clock.monotonic()
        if not self._holds():
            return None
        return max(1, math.ceil(min(left, _WAIT_SECONDS_MAX)))

    def pause_after(self, task: Task) -> float:
        """Seconds to pause after a response: an early one was not held."""
        self.last = task
        return self._within(self._poll_interval - (_clock.monotonic() - self._asked))

    def pause_after_failure(self, error: HumanRailError) -> float:
        """Seconds to pause after a failed long poll; raises the error if plain polling
        would fail too."""
        is_refusal = isinstance(error, ValidationError)
        if not self._holds() or not (is_refusal or is_passing(error)):
            raise error
        self._refusals = 2 if is_refusal else self._refusals + 1
        return self._within(retry_delay(0, error.retry_after_seconds))

    def _holds(self) -> bool:
        return self._refusals < 2

    def _left(self) -> float:
        return self._deadline - _clock.monotonic()

    def _within(self, pause: float) -> float:
        return max(0.0, min(pause, self._left()))

    def _over(self, task_id: str) -> HumanRailError:
        within = f"Task {task_id} was not done within {self._timeout:g} s"
        if self.last is None:
            return TimeoutError(f"{within}; its status could not be read.")
        return TaskTimeoutError(f"{within}; it is {self.last.status}.", task=self.last)
