"""Creating and reading tasks."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from .. import _clock
from .._batch import BatchResult, batch_body, batch_results
from .._errors import HumanRailError
from .._idempotency import is_header_safe
from .._pagination import AsyncListing
from .._request import Call, body_of, segment
from .._retry import is_passing
from .._status import is_terminal
from .._streaming import AsyncEvents, Stream
from .._waiting import POLL_INTERVAL_SECONDS, Waiting
from ..types import (
    AgentGuessParams,
    CreateTaskParams,
    OnTimeoutParams,
    Receipt,
    RedundancyParams,
    RiskTier,
    SandboxScriptParams,
    Task,
    TaskEvent,
    TaskStatus,
)
from .transport import AsyncTransport


class AsyncTasks:
    """Creates and reads tasks."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        type: str,
        payload: Mapping[str, Any],
        output_schema: Mapping[str, Any] | None = None,
        payout_sats: int | None = None,
        sla_seconds: int | None = None,
        skills_required: Sequence[str] | None = None,
        risk_tier: RiskTier | None = None,
        redundancy: RedundancyParams | None = None,
        instructions: str | None = None,
        callback_url: str | None = None,
        metadata: Mapping[str, str | float | bool | None] | None = None,
        agent_guess: AgentGuessParams | None = None,
        on_low_confidence: Literal["verify", "review", "fail"] | None = None,
        on_timeout: OnTimeoutParams | None = None,
        sandbox: SandboxScriptParams | None = None,
        idempotency_key: str | None = None,
        l402_token: str | None = None,
    ) -> Task:
        """Creates a task.

        Args:
            type: What kind of question this is, 1–128 of ``a-z 0-9 _ . -``. A saved type supplies
                defaults for what is left out.
            payload: Shown to the worker, at most 256 KB.
            output_schema: JSON Schema of the answer, at most 64 KB.
            payout_sats: Sats for each accepted answer, 1 to 10,000,000.
            sla_seconds: Seconds until the task expires, 30 to 86,400; default 600.
            skills_required: A worker must have all of them.
            risk_tier: Pool and depth of verification; default ``medium``.
            redundancy: How many answers are collected, and the target confidence.
            instructions: Markdown for the worker, at most 16 KB.
            callback_url: Receives this task's events in addition to the registered endpoints.
            metadata: At most 50 keys; never shown to workers.
            agent_guess: Your model's answer and confidence; never shown to workers.
            on_low_confidence: What happens if the confidence is too low after all votes.
            on_timeout: How the task ends if nobody answers in time.
            sandbox: Test keys only: what the simulated workers do.
            idempotency_key: At most 256 characters: a second create with it returns the first
                task. See ``idempotency_key()``.
            l402_token: Of a client that pays by L402: a payment made before, for the same fields.
                Nothing is paid again.
        """
        body = body_of(
            type=type,
            payload=payload,
            output_schema=output_schema,
            payout_sats=payout_sats,
            sla_seconds=sla_seconds,
            skills_required=skills_required,
            risk_tier=risk_tier,
            redundancy=redundancy,
            instructions=instructions,
            callback_url=callback_url,
            metadata=metadata,
            agent_guess=agent_guess,
            on_low_confidence=on_low_confidence,
            on_timeout=on_timeout,
            sandbox=sandbox,
            idempotency_key=idempotency_key,
        )
        # Also sent in the header if it is header-safe; the body's field is the same.
        header = idempotency_key if idempotency_key and is_header_safe(idempotency_key) else None
        call = Call("POST", "/tasks", body=body, idempotency_key=header, l402_token=l402_token)
        return Task.from_json(await self._transport.request(call))

    async def create_batch(
        self, tasks: Sequence[CreateTaskParams], *, idempotency_key: str | None = None
    ) -> builtins.list[BatchResult]:
        """Creates up to 1,000 tasks, each with the fields of `create`.

        Returns one result per item, in order; an invalid item does not affect the others.
        """
        call = Call("POST", "/tasks/batch", body=batch_body(tasks), idempotency_key=idempotency_key)
        return batch_results(await self._transport.request(call))

    async def get(self, id: str, *, wait: int | None = None) -> Task:
        """One task. `wait` holds the answer until the task has ended, or these seconds (0 to 60)
        have passed."""
        return await self._read(id, wait, max_retries=None)

    def list(
        self,
        *,
        status: TaskStatus | None = None,
        type: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        created_after: datetime | str | None = None,
        created_before: datetime | str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> AsyncListing[Task]:
        """Tasks, newest first: a page that iterates over all pages.

        `limit` is the number of items per page, 1 to 100 (default 20); `metadata` selects the
        tasks that contain all of it.
        """
        query = {
            "status": status,
            "type": type,
            "limit": limit,
            "after": after,
            "created_after": created_after,
            "created_before": created_before,
            **{f"metadata[{key}]": value for key, value in (metadata or {}).items()},
        }
        return self._transport.paged(Task, Call("GET", "/tasks", query=query))

    async def cancel(self, id: str, *, idempotency_key: str | None = None) -> Task:
        """Cancels a task if nobody has submitted an answer yet; ConflictError afterwards."""
        path = f"/tasks/{segment(id)}/cancel"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return Task.from_json(await self._transport.request(call))

    async def events(self, id: str) -> builtins.list[TaskEvent]:
        """The task's timeline so far, oldest first."""
        answer = await self._transport.request(Call("GET", f"/tasks/{segment(id)}/events"))
        return [TaskEvent.from_json(one) for one in answer.get("data") or []]

    async def stream_events(
        self, id: str, *, last_event_id: str | None = None, max_reconnects: int = 5
    ) -> AsyncEvents:
        """The task's timeline as it happens, from the start or after `last_event_id`, until the
        task has ended and its payouts have settled.

        A broken connection is resumed; ConnectionError after more than
        `max_reconnects` in a row that brought nothing.
        """
        stream = Stream(id, last_event_id, max_reconnects)
        while True:
            failure = None
            try:
                async with self._transport.stream(stream.next_call()) as response:
                    if response.status_code == 204:
                        return
                    stream.assert_is_stream(response)
                    async for chunk in response.aiter_bytes():
                        for event in stream.feed(chunk):
                            yield event
                        if stream.is_finished:
                            return
            except HumanRailError as error:
                if not is_passing(error):
                    raise
                failure = error
            if failure is None and stream.is_over_after(await self.events(id)):
                return
            await _clock.async_sleep(stream.pause(failure))

    async def receipt(self, id: str) -> Receipt:
        """The signed proof of a task that has ended; ``to_dict()`` returns it as signed."""
        call = Call("GET", f"/tasks/{segment(id)}/receipt")
        return Receipt.from_json(await self._transport.request(call))

    async def wait_for_completion(
        self,
        id: str,
        *,
        timeout: float | None = None,
        poll_interval: float = POLL_INTERVAL_SECONDS,
    ) -> Task:
        """Waits until the task has ended and returns it in any final `status`.

        TaskTimeoutError after `timeout` seconds (without one, it waits until the task ends, which
        it does at ``expires_at``); the task continues, and can be waited for again. `poll_interval`
        is the seconds between polls if long polling does not work.
        """
        return await self._wait(id, Waiting(timeout, poll_interval))

    async def _wait(self, id: str, waiting: Waiting) -> Task:
        while True:
            hold = waiting.next_hold(id)
            try:
                task = await self._read(id, hold, max_retries=None if hold is None else 0)
                if is_terminal(task):
                    return task
                pause = waiting.pause_after(task)
            except HumanRailError as error:
                pause = waiting.pause_after_failure(error)
            await _clock.async_sleep(pause)

    async def _read(self, id: str, wait: int | None, max_retries: int | None) -> Task:
        call = Call(
            "GET",
            f"/tasks/{segment(id)}",
            query={"wait": wait},
            held_seconds=wait or 0,
            max_retries=max_retries,
        )
        return Task.from_json(await self._transport.request(call))
