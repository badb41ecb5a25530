"""One question: its request, and its task's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ._errors import (
    AnswerMismatchError,
    HumanRailError,
    TaskCancelledError,
    TaskError,
    TaskExpiredError,
    TaskFailedError,
)
from ._idempotency import digest
from ._json import canonical_json, plain
from ._returns import Mismatch, Returns, returns_of
from .types import Task

T = TypeVar("T")

_TYPE = "question"
_PAYOUT_SATS = 300

_ERROR_BY_STATUS: dict[str, type[TaskError]] = {
    "failed": TaskFailedError,
    "expired": TaskExpiredError,
    "cancelled": TaskCancelledError,
}


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A verified answer."""

    #: The answer, of the type that was asked for.
    value: T
    #: The task that it came of.
    task: Task

    @property
    def confidence(self) -> float | None:
        """How likely the answer is right, 0 to 1; None if unknown."""
        return self.task.confidence

    @property
    def confidence_basis(self) -> str | None:
        """What the confidence rests on: ``uncalibrated``, ``provisional`` or ``calibrated``."""
        basis: str | None = self.task.to_dict().get("confidence_basis")
        return basis


@dataclass(frozen=True)
class Question(Generic[T]):
    """A question that can be sent: the fields of its create, and how its answer is read."""

    fields: dict[str, Any]
    returns: Returns[T]

    def answer(self, task: Task) -> Answer[T]:
        """The answer of the ended task; raises the TaskError of any other end."""
        if task.status != "verified":
            raise _error_of(task)
        try:
            return Answer(self.returns.read(task.output), task)
        except Mismatch as mismatch:
            raise AnswerMismatchError(
                f"Task {task.id} is verified, and its answer does not fit: {mismatch}.", task=task
            ) from None


def question_of(
    question: str,
    *,
    payload: Mapping[str, Any] | None,
    returns: Any,
    type: str | None,
    payout_sats: int | None,
    key: str | None,
    **fields: Any,
) -> Question[Any]:
    """The request for a question; raises HumanRailError for an invalid one."""
    if not isinstance(question, str) or not question.strip():
        raise HumanRailError("The question is empty: ask something in words.")
    given: Any = {} if payload is None else payload
    if not isinstance(given, Mapping):
        kind = given.__class__.__name__
        raise HumanRailError(f"payload must be a dict of what the worker is to see, not {kind}.")
    if "question" in given:
        raise HumanRailError(
            "The payload has a field named question, which is where the question itself goes; "
            "give it another name."
        )
    facts: dict[str, Any] = plain(given, "payload")
    wanted = returns_of(returns, has_type=type is not None)
    return Question(
        {
            "type": _TYPE if type is None else type,
            "payload": {"question": question, **facts},
            "output_schema": wanted.schema,
            # A custom type has its own payout.
            "payout_sats": _PAYOUT_SATS if payout_sats is None and type is None else payout_sats,
            "idempotency_key": key or key_of(question, facts, wanted.schema),
            **fields,
        },
        wanted,
    )


def key_of(question: str, payload: dict[str, Any], output_schema: dict[str, Any] | None) -> str:
    """The key of a question, the same in every language, so that a restarted program finds its
    task."""
    asked = {"question": question, "payload": payload, "output_schema": output_schema}
    return f"ask:{digest(canonical_json(plain(asked, 'The question')))}"


def _error_of(task: Task) -> TaskError:
    reason = task.failure_reason
    words = f": {reason.message}" if reason is not None else "."
    error_class = _ERROR_BY_STATUS.get(task.status, TaskFailedError)
    return error_class(f"Task {task.id} ended as {task.status}{words}", task=task)
