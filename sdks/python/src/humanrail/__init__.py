"""Send a task to people, get a verified answer back.

>>> from humanrail import HumanRail
>>> client = HumanRail()  # key from HUMANRAIL_API_KEY
>>> client.ask("Is this a cat?", payload={"image_url": "…"}, returns=bool).value  # doctest: +SKIP
True
"""

from ._ask import Answer
from ._async.client import AsyncHumanRail
from ._batch import BatchResult
from ._errors import (
    AnswerMismatchError,
    ApprovalDeniedError,
    AuthenticationError,
    AuthorizationError,
    ConflictError,
    ConnectionError,
    HumanRailError,
    InsufficientFundsError,
    InternalError,
    L402Error,
    NotFoundError,
    RateLimitError,
    TaskCancelledError,
    TaskError,
    TaskExpiredError,
    TaskFailedError,
    TaskTimeoutError,
    TimeoutError,
    ValidationError,
    WebhookSignatureError,
)
from ._idempotency import idempotency_key
from ._l402 import L402, L402Challenge
from ._pagination import AsyncPage, Page
from ._status import is_terminal
from ._sync.client import HumanRail
from ._version import VERSION
from ._version import VERSION as __version__
from ._webhook_event import parse_webhook_event
from ._webhook_signature import verify_standard_webhook, verify_webhook_signature

__all__ = [
    "L402",
    "VERSION",
    "Answer",
    "AnswerMismatchError",
    "ApprovalDeniedError",
    "AsyncHumanRail",
    "AsyncPage",
    "AuthenticationError",
    "AuthorizationError",
    "BatchResult",
    "ConflictError",
    "ConnectionError",
    "HumanRail",
    "HumanRailError",
    "InsufficientFundsError",
    "InternalError",
    "L402Challenge",
    "L402Error",
    "NotFoundError",
    "Page",
    "RateLimitError",
    "TaskCancelledError",
    "TaskError",
    "TaskExpiredError",
    "TaskFailedError",
    "TaskTimeoutError",
    "TimeoutError",
    "ValidationError",
    "WebhookSignatureError",
    "__version__",
    "idempotency_key",
    "is_terminal",
    "parse_webhook_event",
    "verify_standard_webhook",
    "verify_webhook_signature",
]
