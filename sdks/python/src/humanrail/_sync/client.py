# Written by scripts/make_sync.py; do not edit.
"""The client."""

from __future__ import annotations

from types import TracebackType

import httpx

from .._approval import SYNC
from .._errors import HumanRailError
from .._idempotency import idempotency_key
from .._l402 import L402
from .._settings import (
    DEFAULT_MAX_RETRIES,
    DEFAULT_TIMEOUT_SECONDS,
    checked_retries,
    checked_timeout,
    settings_from,
)
from .account import (
    Balances,
    Deposits,
    Quotes,
    SyncGolds,
    TaskTypes,
    UsageReports,
)
from .ask import Asking
from .l402 import L402Purchases
from .tasks import Tasks
from .test_mode import SyncTestMode
from .transport import Transport
from .webhooks import Deliveries, Webhooks


class HumanRail(Asking):
    """The HumanRail API.

    Made without arguments, it takes its key from HUMANRAIL_API_KEY and its address from
    HUMANRAIL_BASE_URL. It may be shared, and used in a ``with`` that closes its connections.

    Args:
        api_key: ``ek_live_…`` or ``ek_test_…``; default HUMANRAIL_API_KEY.
        base_url: The API's base URL; HUMANRAIL_BASE_URL, else ``https://api.humanrail.dev/v1``.
        timeout: Timeout of one attempt, in seconds; a `wait` is added.
        max_retries: Maximum number of retries.
        http_client: A custom client, for a proxy or a test; you close it.
        idempotency_namespace: Prefix of the client's generated idempotency keys, and those of
            ``client.idempotency_key``.
        l402: Pays for each task over Lightning, in place of an API key.

    Raises:
        HumanRailError: A setting is missing or wrong; the message says what to do.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float = DEFAULT_TIMEOUT_SECONDS,
        max_retries: int = DEFAULT_MAX_RETRIES,
        http_client: httpx.Client | None = None,
        idempotency_namespace: str | None = None,
        l402: L402 | None = None,
    ) -> None:
        settings = settings_from(
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            idempotency_namespace=idempotency_namespace,
            l402=l402,
        )
        if settings.l402 is not None:
            settings.l402.assert_is_for(is_async=SYNC)
        self._use(Transport(settings, http_client))

    def _use(self, transport: Transport) -> None:
        self._transport = transport
        self.tasks = Tasks(transport)
        self.quotes = Quotes(transport)
        self.webhooks = Webhooks(transport)
        self.deliveries = Deliveries(transport)
        self.task_types = TaskTypes(transport)
        self.golds = SyncGolds(transport)
        self.usage = UsageReports(transport)
        self.balance = Balances(transport)
        self.deposits = Deposits(transport)
        self.l402 = L402Purchases(transport)
        self.test = SyncTestMode(transport)

    @property
    def base_url(self) -> str:
        """The API's base URL, without a trailing slash."""
        return self._transport.settings.base_url

    def with_options(
        self, *, timeout: float | None = None, max_retries: int | None = None
    ) -> HumanRail:
        """The same client with other settings, for a call or more, over the same connections."""
        settings = self._transport.settings
        client = object.__new__(type(self))
        client._use(
            self._transport.with_settings(
                timeout=settings.timeout if timeout is None else checked_timeout(timeout),
                max_retries=(
                    settings.max_retries if max_retries is None else checked_retries(max_retries)
                ),
            )
        )
        return client

    def idempotency_key(self, *parts: str) -> str:
        """A deterministic idempotency key in this client's `idempotency_namespace`."""
        namespace = self._transport.settings.idempotency_namespace
        if namespace is None:
            raise HumanRailError(
                "This client has no idempotency_namespace: pass one to it, or use "
                "humanrail.idempotency_key(namespace, *parts)."
            )
        return idempotency_key(namespace, *parts)

    def close(self) -> None:
        """Closes the connections; those of an `http_client` that was given stay open."""
        self._transport.close()

    def __enter__(self) -> HumanRail:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"
