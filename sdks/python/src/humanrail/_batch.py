"""Many tasks in one call."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._errors import HumanRailError, error_from_answer
from ._json import plain
from .types import CreateTaskParams, Task


@dataclass(frozen=True)
class BatchResult:
    """The result of one batch item: either `task` or `error` is None."""

    #: The HTTP status that the item's create alone would have had.
    status: int
    task: Task | None
    #: Why no task was made; not raised.
    error: HumanRailError | None
    _json: dict[str, Any] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON has it."""
        return copy.deepcopy(self._json)


def batch_body(tasks: Sequence[CreateTaskParams]) -> dict[str, Any]:
    """The body of a batch; raises HumanRailError for an invalid item."""
    for index, item in enumerate(tasks):
        if not isinstance(item, Mapping):
            kind = type(item).__name__
            raise HumanRailError(f"tasks[{index}] must hold the fields of a create, not {kind}.")
    return {"tasks": plain(list(tasks), "tasks")}


def batch_results(answer: dict[str, Any]) -> list[BatchResult]:
    """The results in the order of the items."""
    return [_result(one) for one in answer.get("data") or []]


def _result(item: dict[str, Any]) -> BatchResult:
    status = int(item.get("status", 0))
    task, error = item.get("task"), item.get("error")
    return BatchResult(
        status,
        Task.from_json(task) if isinstance(task, dict) else None,
        None
        if error is None
        else error_from_answer(status, item, request_id=None, retry_after_seconds=None),
        item,
    )
