# Written by scripts/make_sync.py; do not edit.
"""Rehearsals, with a test key."""

from __future__ import annotations

from dataclasses import replace

from .._request import Call
from ..types import AdvancedTestClock, TestClock
from .transport import Transport

#: Seconds that one advance may be at work, on top of the time for a try.
_ADVANCE_SECONDS = 60


class SyncTestClocks:
    """The clock of your organization's test mode.

    Live mode and other organizations have their own time.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> TestClock:
        """The current time, and when something is next due."""
        return TestClock.from_json(self._transport.request(Call("GET", "/test/clock")))

    def advance(self, *, seconds: int) -> AdvancedTestClock:
        """Advances the clock by these seconds and runs what becomes due in test mode, in order.

        The first call stops the clock: from then on time passes only by this call, until
        `reset`. Large steps take several requests.
        """
        whole = self._advance_once(seconds)
        while not whole.done:
            part = self._advance_once(whole.remaining_seconds)
            whole = replace(
                part,
                advanced_seconds=whole.advanced_seconds + part.advanced_seconds,
                happened=[*whole.happened, *part.happened],
                has_more=whole.has_more or part.has_more,
            )
        return whole

    def _advance_once(self, seconds: int) -> AdvancedTestClock:
        call = Call(
            "POST",
            "/test/clock/advance",
            body={"seconds": seconds},
            held_seconds=_ADVANCE_SECONDS,
        )
        return AdvancedTestClock.from_json(self._transport.request(call))

    def reset(self) -> TestClock:
        """Ends a rehearsal: test mode returns to real time.

        The scripted workers' records are reset, so that the next rehearsal starts the same way.
        """
        return TestClock.from_json(self._transport.request(Call("DELETE", "/test/clock")))


class SyncTestMode:
    """Rehearsals, with a test key."""

    def __init__(self, transport: Transport) -> None:
        self.clock = SyncTestClocks(transport)
