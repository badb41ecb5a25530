"""People in a Temporal workflow: ``pip install 'humanrail[temporal]'``.

Import it in workflows inside ``workflow.unsafe.imports_passed_through()``.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError

from ._ask import question_of
from ._async.client import AsyncHumanRail
from ._errors import HumanRailError, TaskError
from ._idempotency import idempotency_key
from ._retry import is_passing
from ._status import is_terminal
from .types import RiskTier

__all__ = ["HumanActivities", "HumanAnswer", "HumanQuestion"]

_HEARTBEATS_PER_TIMEOUT = 3
_HEARTBEAT_SECONDS = 20.0


@dataclass
class HumanQuestion:
    """What a workflow asks; the fields are those of ``client.ask``."""

    question: str
    payload: dict[str, Any] | None = None
    #: JSON Schema of the answer; default a text.
    returns: dict[str, Any] | None = None
    type: str | None = None
    payout_sats: int | None = None
    sla_seconds: int | None = None
    skills_required: list[str] | None = None
    risk_tier: RiskTier | None = None
    instructions: str | None = None
    metadata: dict[str, Any] | None = None
    callback_url: str | None = None
    #: In place of the key that is made of the workflow's and the activity's ids.
    key: str | None = None


@dataclass
class HumanAnswer:
    """What a workflow gets."""

    value: Any
    task_id: str
    confidence: float | None
    confidence_basis: str | None


class HumanActivities:
    """Activities that ask people; register ``HumanActivities(client).ask_human`` with the worker.

    Args:
        client: Asks the people.
    """

    def __init__(self, client: AsyncHumanRail) -> None:
        self._client = client

    @activity.defn
    async def ask_human(self, question: HumanQuestion) -> HumanAnswer:
        """Asks, heartbeats while people answer, and returns the answer.

        Set its `start_to_close_timeout` above the task's `sla_seconds`, and a `heartbeat_timeout`,
        so that another worker takes over when one dies: an attempt after the first finds the task
        of the first, by its key. If the workflow cancels the activity, the task is cancelled.

        Raises:
            ApplicationError: Of the type ``TaskFailedError`` or the like, with the task's id in its
                details; retryable only if a later attempt may succeed.
        """
        task_id: str | None = None
        try:
            async with _heartbeats() as details:
                asked = question_of(**{**vars(question), "key": question.key or _key()})
                task = await self._client.tasks.create(**asked.fields)
                task_id = task.id
                details.append(task_id)
                if not is_terminal(task):
                    task = await self._client.tasks.wait_for_completion(task_id)
            answer = asked.answer(task)
        except asyncio.CancelledError:
            await self._call_off(task_id)
            raise
        except HumanRailError as error:
            raise _failure(error) from error
        return HumanAnswer(answer.value, task.id, answer.confidence, answer.confidence_basis)

    async def _call_off(self, task_id: str | None) -> None:
        """A worker that only stops leaves the task to the next attempt."""
        details = activity.cancellation_details()
        if task_id is None or details is None or not details.cancel_requested:
            return
        # It may already be answered; the cancellation proceeds either way.
        with contextlib.suppress(HumanRailError):
            await self._client.tasks.cancel(task_id)


def _key() -> str:
    """The same in all attempts of the activity, and unique to it."""
    info = activity.info()
    ids = (info.workflow_id, info.workflow_run_id, info.activity_id)
    return idempotency_key("temporal", *map(str, ids))


@contextlib.asynccontextmanager
async def _heartbeats() -> AsyncIterator[list[str]]:
    """Heartbeats until it is left, with the details that are put into its list."""
    details: list[str] = []
    timeout = activity.info().heartbeat_timeout
    pause = timeout.total_seconds() / _HEARTBEATS_PER_TIMEOUT if timeout else _HEARTBEAT_SECONDS

    async def beat() -> None:
        while True:
            await asyncio.sleep(pause)
            activity.heartbeat(*details)

    beating = asyncio.create_task(beat())
    try:
        yield details
    finally:
        beating.cancel()


def _failure(error: HumanRailError) -> ApplicationError:
    details = [error.task.id] if isinstance(error, TaskError) else []
    return ApplicationError(
        str(error), *details, type=type(error).__name__, non_retryable=not is_passing(error)
    )
