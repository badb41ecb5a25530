# Written by scripts/make_sync.py; do not edit.
"""Sends calls, retries transient failures, and converts failures to typed errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from .. import _clock
from .._errors import HumanRailError
from .._model import Model
from .._pagination import Page, list_of
from .._request import Call, Prepared, failure_of, no_answer, prepare, read_object, too_late
from .._retry import is_passing, retry_delay
from .._settings import Settings
from .paid_create import paid_create

M = TypeVar("M", bound=Model)


class Transport:
    """Sends calls with an HTTP client, which it closes only if it created it."""

    def __init__(self, settings: Settings, http_client: httpx.Client | None) -> None:
        self.settings = settings
        self._owns_http = http_client is None
        self._http = _http_client() if http_client is None else _checked(http_client)

    def with_settings(self, **changes: Any) -> Transport:
        """The same connections, used by other settings."""
        return Transport(replace(self.settings, **changes), self._http)

    def close(self) -> None:
        """Closes the connections, unless the HTTP client was given."""
        if self._owns_http:
            self._http.close()

    def request(self, call: Call) -> dict[str, Any]:
        """The response's JSON object; an empty one if it had no body."""
        prepared = prepare(call, self.settings)
        if self.settings.l402 is None or not call.is_create:
            return self._tries(prepared)

        def send(authorization: str | None) -> dict[str, Any]:
            return self._tries(prepared.authorized(authorization))

        return paid_create(self.settings.l402, call.l402_token, send)

    def _tries(self, prepared: Prepared) -> dict[str, Any]:
        retry = 0
        while True:
            try:
                return self._once(prepared)
            except HumanRailError as error:
                if retry >= prepared.max_retries or not is_passing(error):
                    raise
                delay = retry_delay(retry, error.retry_after_seconds)
            _clock.sleep(delay)
            retry += 1

    def paged(self, model: type[M], call: Call) -> Page[M]:
        """A paged list; the call's filters apply to every page."""

        def fetch(after: str | None) -> dict[str, Any]:
            query = call.query if after is None else {**call.query, "after": after}
            return self.request(replace(call, query=query))

        return list_of(model, fetch)

    @contextmanager
    def stream(self, call: Call) -> Iterator[httpx.Response]:
        """The response with its body unread; the timeout applies between chunks."""
        prepared = prepare(call, self.settings)
        failure: HumanRailError | None = None
        try:
            with self._send(prepared) as response:
                if response.is_success:
                    yield response
                else:
                    failure = failure_of(response, response.read(), prepared)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            failure = no_answer(error, prepared)
        # Outside the handler, so that the HTTP library's exception is not its context.
        if failure is not None:
            raise failure

    def _once(self, prepared: Prepared) -> dict[str, Any]:
        deadline = _clock.monotonic() + prepared.timeout
        content = bytearray()
        failure: HumanRailError | None = None
        try:
            with self._send(prepared) as response:
                for chunk in response.iter_bytes():
                    content += chunk
                    if _clock.monotonic() > deadline:
                        failure = too_late(prepared)
                        break
        except (httpx.RequestError, httpx.InvalidURL) as error:
            failure = no_answer(error, prepared)
        # Outside the handler, so that the HTTP library's exception is not its context.
        if failure is not None:
            raise failure
        return read_object(response, bytes(content), prepared)

    @contextmanager
    def _send(self, prepared: Prepared) -> Iterator[httpx.Response]:
        if self._http.is_closed:
            raise HumanRailError("This client was closed; make a new one.")
        with self._http.stream(
            prepared.method,
            prepared.url,
            headers=prepared.headers,
            content=prepared.content,
            timeout=prepared.timeout,
            follow_redirects=False,
        ) as response:
            yield response


def _http_client() -> httpx.Client:
    try:
        return httpx.Client()
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        raise HumanRailError(
            f"The HTTP client could not be made: {error}. Look at HTTP_PROXY, HTTPS_PROXY, "
            "ALL_PROXY and SSL_CERT_FILE, or pass http_client=…."
        ) from None


def _checked(http_client: httpx.Client) -> httpx.Client:
    if isinstance(http_client, httpx.Client):
        return http_client
    wanted, given = httpx.Client.__name__, type(http_client).__name__
    raise HumanRailError(f"http_client must be an httpx.{wanted} here, not {given}.")
