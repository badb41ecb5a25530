"""What a task's status says."""

from __future__ import annotations

from .types import Task

_TERMINAL = frozenset(("verified", "failed", "cancelled", "expired"))


def is_terminal_status(status: str) -> bool:
    """True of ``verified``, ``failed``, ``cancelled`` and ``expired``, which nothing leaves."""
    return status in _TERMINAL


def is_terminal(task: Task) -> bool:
    """True where nothing happens to the task any more."""
    return is_terminal_status(task.status)
