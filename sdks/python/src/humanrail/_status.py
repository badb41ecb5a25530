"""The meaning of a task's status."""

from __future__ import annotations

from .types import Task

_TERMINAL = frozenset(("verified", "failed", "cancelled", "expired"))


def is_terminal_status(status: str) -> bool:
    """True for ``verified``, ``failed``, ``cancelled`` and ``expired``, the final statuses."""
    return status in _TERMINAL


def is_terminal(task: Task) -> bool:
    """True if the task has ended."""
    return is_terminal_status(task.status)
