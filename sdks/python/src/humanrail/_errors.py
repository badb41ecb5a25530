"""The package's errors: one class for each kind, with the failure's details."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ._l402 import L402Challenge
    from .types import Task

E = TypeVar("E", bound="HumanRailError")


class HumanRailError(Exception):
    """Every failure of this package is one of these; the class says what kind."""

    #: What went wrong, in a sentence.
    message: str
    #: HTTP status; None if no answer came.
    status: int | None
    #: The API's error type, such as ``validation_error``.
    type: str | None
    #: The API's word for this error, such as ``missing_field``: what a program should compare.
    code: str | None
    #: The field at fault, such as ``payout_sats``.
    param: str | None
    #: Details as sent by the API, such as a list of all invalid fields.
    details: Any
    #: The error's documentation.
    doc_url: str | None
    #: Include it in support requests: it identifies the request in the logs.
    request_id: str | None
    #: How long the API asked to wait, in seconds.
    retry_after_seconds: int | None

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        type: str | None = None,
        code: str | None = None,
        param: str | None = None,
        details: Any = None,
        doc_url: str | None = None,
        request_id: str | None = None,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.type = type
        self.code = code
        self.param = param
        self.details = details
        self.doc_url = doc_url
        self.request_id = request_id
        self.retry_after_seconds = retry_after_seconds

    def __str__(self) -> str:
        return f"{self.message} (request {self.request_id})" if self.request_id else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders (workers, queues), and their keywords must come along.
        return (_restored, (type(self), self.message, self.__dict__))


def _restored(error_class: builtins.type[E], message: str, facts: dict[str, Any]) -> E:
    error = error_class.__new__(error_class, message)
    error.args = (message,)
    error.__dict__.update(facts)
    return error


class ValidationError(HumanRailError):
    """400, 405, 413, 415, 421, 422, 431: the request is invalid; see ``details``."""


class AuthenticationError(HumanRailError):
    """401: the key is missing, mistyped, revoked or expired."""


class InsufficientFundsError(HumanRailError):
    """402: the balance does not cover what the task may cost."""

    @property
    def available_sats(self) -> int | None:
        """What the organization can spend, in sats."""
        return _whole_number(self.details, "available_sats")

    @property
    def required_sats(self) -> int | None:
        """What the request would hold, in sats."""
        return _whole_number(self.details, "required_sats")


class AuthorizationError(HumanRailError):
    """403: the key lacks a required scope, or has reached its spend cap."""


class NotFoundError(HumanRailError):
    """404: it does not exist, or belongs to another organization or mode."""


class ConflictError(HumanRailError):
    """409: its current state does not allow it, or the idempotency key was used otherwise."""


class RateLimitError(HumanRailError):
    """429: too many requests; ``retry_after_seconds`` says how long to wait."""


class InternalError(HumanRailError):
    """500 and above: the API failed. Retries are exhausted."""


class ConnectionError(HumanRailError, builtins.ConnectionError):
    """No response: no route, refused, reset, or cut off. Also a built-in ConnectionError."""

    #: The network error, such as ``Connection refused``; None if it said nothing.
    reason: str | None

    def __init__(self, message: str, *, reason: str | None = None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.reason = reason


class TimeoutError(ConnectionError, builtins.TimeoutError):
    """No response in time (also 408). Also a built-in TimeoutError."""


class L402Error(HumanRailError):
    """A task was not paid for by L402, or was paid for and not created.

    With a `token` the sats have been paid: ``tasks.create`` with the same fields and
    ``l402_token=error.token`` resumes the create, and ``client.l402.purchase_by_token`` reads a
    refund. `status`, `code` and similar fields are those of the response to the create, if any.
    """

    #: What was asked for; None if the create began with a token.
    challenge: L402Challenge | None
    #: Proof of the payment, a secret to keep; None if nothing is known to be paid.
    token: str | None

    def __init__(
        self,
        message: str,
        *,
        challenge: L402Challenge | None = None,
        token: str | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(message, **facts)
        self.challenge = challenge
        self.token = token


class WebhookSignatureError(HumanRailError):
    """The body of a webhook was not signed with the endpoint's secret, or too long ago."""


class TaskError(HumanRailError):
    """A task ended without an answer; ``task`` is its last known state."""

    task: Task

    def __init__(self, message: str, *, task: Task) -> None:
        super().__init__(message)
        self.task = task


class TaskFailedError(TaskError):
    """No answer to the task was accepted."""


class TaskExpiredError(TaskError):
    """Nobody answered the task in time."""


class TaskCancelledError(TaskError):
    """The task was cancelled."""


class TaskTimeoutError(TaskError, TimeoutError):
    """The task did not end within the timeout; it continues, and can be waited for again."""


class AnswerMismatchError(TaskError):
    """The task is verified, but its output does not match the requested type."""


class ApprovalDeniedError(TaskError):
    """A person denied the call of a guarded tool; ``reason`` is what they wrote, if anything."""

    reason: str | None

    def __init__(self, message: str, *, task: Task, reason: str | None) -> None:
        super().__init__(message, task=task)
        self.reason = reason


_CLASS_BY_STATUS: dict[int, builtins.type[HumanRailError]] = {
    400: ValidationError,
    401: AuthenticationError,
    402: InsufficientFundsError,
    403: AuthorizationError,
    404: NotFoundError,
    405: ValidationError,
    408: TimeoutError,
    409: ConflictError,
    413: ValidationError,
    415: ValidationError,
    421: ValidationError,
    422: ValidationError,
    429: RateLimitError,
    431: ValidationError,
}


def error_from_answer(
    status: int, body: Any, *, request_id: str | None, retry_after_seconds: int | None
) -> HumanRailError:
    """The error for a response; `body` is its JSON, or its text if it is not JSON."""
    fallback = InternalError if status >= 500 else HumanRailError
    error_class = _CLASS_BY_STATUS.get(status, fallback)
    answer: dict[str, Any] = body if isinstance(body, dict) else {}
    error = answer.get("error")
    facts: dict[str, Any] = error if isinstance(error, dict) else {}
    return error_class(
        _text(facts.get("message")) or f"The API answered {status} without saying why.",
        status=status,
        type=_text(facts.get("type")),
        code=_text(facts.get("code")),
        param=_text(facts.get("param")),
        details=facts.get("details"),
        doc_url=_text(facts.get("doc_url")),
        request_id=_text(answer.get("request_id")) or request_id,
        retry_after_seconds=retry_after_seconds,
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole_number(facts: Any, name: str) -> int | None:
    value = facts.get(name) if isinstance(facts, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
