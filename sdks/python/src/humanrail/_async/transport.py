"""Sends calls, retries transient failures, and converts failures to typed errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from .. import _clock
from .._errors import HumanRailError
from .._model import Model
from .._pagination import AsyncListing, async_list_of
from .._request import Call, Prepared, failure_of, no_answer, prepare, read_object, too_late
from .._retry import is_passing, retry_delay
from .._settings import Settings
from .paid_create import paid_create

M = TypeVar("M", bound=Model)


class AsyncTransport:
    """Sends calls with an HTTP client, which it closes only if it created it."""

    def __init__(self, settings: Settings, http_client: httpx.AsyncClient | None) -> None:
        self.settings = settings
        self._owns_http = http_client is None
        self._http = _http_client() if http_client is None else _checked(http_client)

    def with_settings(self, **changes: Any) -> AsyncTransport:
        """The same connections, used by other settings."""
        return AsyncTransport(replace(self.settings, **changes), self._http)

    async def close(self) -> None:
        """Closes the connections, unless the HTTP client was given."""
        if self._owns_http:
            await self._http.aclose()

    async def request(self, call: Call) -> dict[str, Any]:
        """The response's JSON object; an empty one if it had no body."""
        prepared = prepare(call, self.settings)
        if self.settings.l402 is None or not call.is_create:
            return await self._tries(prepared)

        async def send(authorization: str | None) -> dict[str, Any]:
            return await self._tries(prepared.authorized(authorization))

        return await paid_create(self.settings.l402, call.l402_token, send)

    async def _tries(self, prepared: Prepared) -> dict[str, Any]:
        retry = 0
        while True:
            try:
                return await self._once(prepared)
            except HumanRailError as error:
                if retry >= prepared.max_retries or not is_passing(error):
                    raise
                delay = retry_delay(retry, error.retry_after_seconds)
            await _clock.async_sleep(delay)
            retry += 1

    def paged(self, model: type[M], call: Call) -> AsyncListing[M]:
        """A paged list; the call's filters apply to every page."""

        async def fetch(after: str | None) -> dict[str, Any]:
            query = call.query if after is None else {**call.query, "after": after}
            return await self.request(replace(call, query=query))

        return async_list_of(model, fetch)

    @asynccontextmanager
    async def stream(self, call: Call) -> AsyncIterator[httpx.Response]:
        """The response with its body unread; the timeout applies between chunks."""
        prepared = prepare(call, self.settings)
        failure: HumanRailError | None = None
        try:
            async with self._send(prepared) as response:
                if response.is_success:
                    yield response
                else:
                    failure = failure_of(response, await response.aread(), prepared)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            failure = no_answer(error, prepared)
        # Outside the handler, so that the HTTP library's exception is not its context.
        if failure is not None:
            raise failure

    async def _once(self, prepared: Prepared) -> dict[str, Any]:
        deadline = _clock.monotonic() + prepared.timeout
        content = bytearray()
        failure: HumanRailError | None = None
        try:
            async with self._send(prepared) as response:
                async for chunk in response.aiter_bytes():
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

    @asynccontextmanager
    async def _send(self, prepared: Prepared) -> AsyncIterator[httpx.Response]:
        if self._http.is_closed:
            raise HumanRailError("This client was closed; make a new one.")
        async with self._http.stream(
            prepared.method,
            prepared.url,
            headers=prepared.headers,
            content=prepared.content,
            timeout=prepared.timeout,
            follow_redirects=False,
        ) as response:
            yield response


def _http_client() -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient()
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        raise HumanRailError(
            f"The HTTP client could not be made: {error}. Look at HTTP_PROXY, HTTPS_PROXY, "
            "ALL_PROXY and SSL_CERT_FILE, or pass http_client=…."
        ) from None


def _checked(http_client: httpx.AsyncClient) -> httpx.AsyncClient:
    if isinstance(http_client, httpx.AsyncClient):
        return http_client
    wanted, given = httpx.AsyncClient.__name__, type(http_client).__name__
    raise HumanRailError(f"http_client must be an httpx.{wanted} here, not {given}.")
