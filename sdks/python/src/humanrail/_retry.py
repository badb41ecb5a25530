"""Which failures are retried, and with what backoff."""

from __future__ import annotations

import math
import re
from email.utils import parsedate_to_datetime

from . import _clock
from ._errors import ConnectionError, HumanRailError

_BACK_OFF_SECONDS_FIRST = 0.5
_BACK_OFF_SECONDS_MAX = 8.0
_RETRY_AFTER_SECONDS_MAX = 60


def is_retryable(status: int, code: str | None) -> bool:
    """True if a retry may succeed: 408, 429, 5xx but 501, and a 409
    that only says that the first request with this idempotency key is still running."""
    if status in (408, 429):
        return True
    if status == 409:
        return code == "idempotency_in_flight"
    return status >= 500 and status != 501


def is_passing(error: HumanRailError) -> bool:
    """True for a lost connection, and of an answer that may be another one later."""
    if error.status is None:
        return isinstance(error, ConnectionError)
    return is_retryable(error.status, error.code)


def retry_delay(retry: int, retry_after_seconds: int | None, random: float | None = None) -> float:
    """Seconds to wait before retry number `retry` (0 is the first).

    Between 0.5 and 1, then 1 and 2, 2 and 4, and from there on 4 and 8; never less than the API
    asked for, as long as it asked for a minute at most. `random`, from 0 up to 1, says where in the
    range to fall, so that clients' retries do not synchronize.
    """
    # The exponent is bounded so that a large number of retries cannot overflow.
    first: float = _BACK_OFF_SECONDS_FIRST * 2 ** min(retry, 10)
    floor = min(_BACK_OFF_SECONDS_MAX / 2, first)
    back_off = floor * (1 + (_clock.random() if random is None else random))
    if retry_after_seconds is None or retry_after_seconds > _RETRY_AFTER_SECONDS_MAX:
        return back_off
    return max(back_off, float(retry_after_seconds))


def parse_retry_after(header: str | None, now: float | None = None) -> int | None:
    """Reads ``Retry-After``, whole seconds or an HTTP date, as seconds from now; None if neither.

    `now` is in Unix seconds; default the machine's clock.
    """
    value = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    if not re.match(r"[A-Za-z]{3}, ", value):
        return None
    try:
        date = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0, math.ceil(date - (_clock.now() if now is None else now)))
