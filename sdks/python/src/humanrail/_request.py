"""One API call as plain data: its request, and the meaning of its response."""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from ._errors import (
    ConnectionError,
    HumanRailError,
    TimeoutError,
    error_from_answer,
)
from ._idempotency import header_safe, random_key
from ._json import plain
from ._retry import parse_retry_after
from ._settings import Settings
from ._version import VERSION


@dataclass(frozen=True)
class Call:
    """A call of the API; `path` is below the base URL and begins with a slash."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    #: JSON, not yet written as text; None sends no body.
    body: Any = None
    #: Never printed, because they may contain credentials.
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    #: For a POST: makes a repeat of this very call safe. Random by default.
    idempotency_key: str | None = None
    #: Seconds that the API may hold its response, on top of an attempt's timeout.
    held_seconds: float = 0
    #: Defaults to the client's.
    max_retries: int | None = None
    #: Of a create: a payment made before.
    l402_token: str | None = field(default=None, repr=False)

    @property
    def is_create(self) -> bool:
        """True for the one call that L402 pays for."""
        return (self.method, self.path) == ("POST", "/tasks")


@dataclass(frozen=True)
class Prepared:
    """A call as sent, the same in all attempts."""

    method: str
    url: str
    #: With the key, so they are kept out of anything that is printed.
    headers: dict[str, str] = field(repr=False)
    content: bytes | None
    #: Timeout of one attempt, in seconds.
    timeout: float
    max_retries: int

    @property
    def name(self) -> str:
        """The call in messages."""
        return f"{self.method} {self.url.partition('?')[0]}"

    def authorized(self, authorization: str | None) -> Prepared:
        """The same call with this authorization; unchanged if None."""
        if authorization is None:
            return self
        return replace(self, headers={**self.headers, "authorization": authorization})


def prepare(call: Call, settings: Settings) -> Prepared:
    """What to send for a call; raises HumanRailError for what cannot be sent."""
    headers = {
        "accept": "application/json",
        "user-agent": f"humanrail-python/{VERSION}",
        **call.headers,
    }
    authorization = _authorization(call, settings)
    if authorization is not None:
        headers["authorization"] = authorization
    content = None
    if call.body is not None:
        headers["content-type"] = "application/json"
        content = json.dumps(call.body, ensure_ascii=False, separators=(",", ":")).encode()
    if call.method == "POST":
        given = call.idempotency_key
        headers["idempotency-key"] = (
            random_key(settings.idempotency_namespace) if given is None else header_safe(given)
        )
    query = {name: _query_text(name, one) for name, one in call.query.items() if one is not None}
    text = urlencode(query)
    return Prepared(
        method=call.method,
        url=f"{settings.base_url}{call.path}{f'?{text}' if text else ''}",
        headers=headers,
        content=content,
        timeout=settings.timeout + call.held_seconds,
        max_retries=settings.max_retries if call.max_retries is None else call.max_retries,
    )


def _authorization(call: Call, settings: Settings) -> str | None:
    """A call's authorization; None for a create that must be paid first."""
    if "authorization" in call.headers:
        return call.headers["authorization"]
    if settings.l402 is not None:
        return settings.l402.authorization(call.method, call.path)
    if call.l402_token is not None:
        raise HumanRailError("This client pays by its API key; l402_token is of one with l402=….")
    return f"Bearer {settings.api_key}"


def body_of(**fields: Any) -> dict[str, Any]:
    """A body of the fields that were given; raises HumanRailError for what JSON cannot say."""
    return {
        name: plain(time_text(name, value), name)
        for name, value in fields.items()
        if value is not None
    }


def segment(id: str) -> str:
    """One path segment, escaped so that an id cannot address another URL."""
    if not isinstance(id, str) or id in ("", ".", ".."):
        raise HumanRailError(f"An id is needed here, not {id!r}.")
    return quote(id, safe="")


def time_text(name: str, value: Any) -> Any:
    """A datetime or a date in the API's format; other values unchanged."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise HumanRailError(
                f"{name} is a datetime without a time zone; use one with, "
                "such as datetime.now(timezone.utc)."
            )
        moment = value.astimezone(timezone.utc).isoformat(timespec="milliseconds")
        return moment.replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _query_text(name: str, value: Any) -> str:
    text = str(plain(time_text(name, value), name))
    return text.lower() if isinstance(value, bool) else text


def read_json(response: httpx.Response, content: bytes, prepared: Prepared) -> Any:
    """The response's JSON; None if it had no body. Raises the error that it stands for."""
    if not response.is_success:
        raise failure_of(response, content, prepared)
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        kind = response.headers.get("content-type", "no content type")
        raise HumanRailError(
            f"{prepared.name} was answered with {kind} instead of JSON; check the base URL, "
            "which ends in /v1.",
            status=response.status_code,
            request_id=response.headers.get("x-request-id"),
        ) from None


def read_object(response: httpx.Response, content: bytes, prepared: Prepared) -> dict[str, Any]:
    """The response's JSON object; an empty one if it had no body."""
    answer = read_json(response, content, prepared)
    if answer is None:
        return {}
    if isinstance(answer, dict):
        return answer
    raise HumanRailError(
        f"{prepared.name} was answered with JSON that is no object; check the base URL.",
        status=response.status_code,
        request_id=response.headers.get("x-request-id"),
    )


def failure_of(response: httpx.Response, content: bytes, prepared: Prepared) -> HumanRailError:
    """The error for a response other than 2xx."""
    headers = response.headers
    request_id = headers.get("x-request-id")
    if 300 <= response.status_code < 400:
        target = headers.get("location", "another address")
        return HumanRailError(
            f"{prepared.name} was redirected to {target}; the API never redirects, "
            "so check the base URL.",
            status=response.status_code,
            request_id=request_id,
        )
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    error = error_from_answer(
        response.status_code,
        body,
        request_id=request_id,
        retry_after_seconds=parse_retry_after(headers.get("retry-after")),
    )
    if response.status_code == 404 and error.code is None:
        error.message += f" Was {prepared.name} the right address? The base URL ends in /v1."
    return error


def too_late(prepared: Prepared) -> TimeoutError:
    return TimeoutError(f"No answer to {prepared.name} within {prepared.timeout:g} s.")


def no_answer(error: Exception, prepared: Prepared) -> HumanRailError:
    """The error for an exception of the HTTP library."""
    if isinstance(error, httpx.TimeoutException):
        return too_late(prepared)
    if isinstance(error, httpx.InvalidURL):
        return HumanRailError(f"{prepared.name} cannot be reached: {error}.")
    reason = _reason(error)
    return ConnectionError(f"No answer to {prepared.name}: {reason}.", reason=reason)


def _reason(error: BaseException) -> str:
    """The operating system's message, if any; else the HTTP library's."""
    innermost = error
    while True:
        # Several addresses were tried: each has failed.
        several = getattr(innermost, "exceptions", ())
        inner = innermost.__cause__ or innermost.__context__ or (several[0] if several else None)
        if inner is None:
            break
        innermost = inner
    said = str(error)
    if isinstance(innermost, OSError) and innermost.errno is not None:
        of_system = innermost.errno > 0 and not isinstance(innermost, ssl.SSLError)
        said = (os.strerror(innermost.errno) if of_system else innermost.strerror) or said
    return said.rstrip(".") or type(error).__name__
