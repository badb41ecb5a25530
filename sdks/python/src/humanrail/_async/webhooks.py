"""Webhook endpoints and their deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .._pagination import AsyncListing
from .._request import Call, body_of, segment
from ..types import (
    CallbackSecret,
    Delivery,
    DeliveryStatus,
    ReplayedDeliveries,
    RotatedWebhookEndpoint,
    WebhookEndpoint,
    WebhookEndpointStatus,
    WebhookEndpointWithSecret,
    WebhookEventType,
    WebhookTestResult,
)
from .transport import AsyncTransport


class AsyncWebhooks:
    """Manages webhook endpoints."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        *,
        url: str,
        events: Sequence[WebhookEventType] | None = None,
        description: str | None = None,
        idempotency_key: str | None = None,
    ) -> WebhookEndpointWithSecret:
        """Registers an endpoint. Only this response contains its `secret`.

        `url` is https in live mode; `events` are the types to send, default all.
        """
        body = body_of(url=url, events=events, description=description)
        call = Call("POST", "/webhooks", body=body, idempotency_key=idempotency_key)
        return WebhookEndpointWithSecret.from_json(await self._transport.request(call))

    def list(
        self, *, limit: int | None = None, after: str | None = None
    ) -> AsyncListing[WebhookEndpoint]:
        """The endpoints, as a page that iterates over all pages."""
        query = {"limit": limit, "after": after}
        return self._transport.paged(WebhookEndpoint, Call("GET", "/webhooks", query=query))

    async def get(self, id: str) -> WebhookEndpoint:
        """One endpoint, without its secret."""
        call = Call("GET", f"/webhooks/{segment(id)}")
        return WebhookEndpoint.from_json(await self._transport.request(call))

    async def update(
        self,
        id: str,
        *,
        url: str | None = None,
        events: Sequence[WebhookEventType] | None = None,
        description: str | None = None,
        status: WebhookEndpointStatus | None = None,
    ) -> WebhookEndpoint:
        """Updates only the given fields. Enabling resets the endpoint's failures."""
        body = body_of(url=url, events=events, description=description, status=status)
        call = Call("PATCH", f"/webhooks/{segment(id)}", body=body)
        return WebhookEndpoint.from_json(await self._transport.request(call))

    async def delete(self, id: str) -> None:
        """Removes an endpoint; nothing is posted to it any more."""
        await self._transport.request(Call("DELETE", f"/webhooks/{segment(id)}"))

    async def rotate(
        self, id: str, *, idempotency_key: str | None = None
    ) -> RotatedWebhookEndpoint:
        """Rotates the endpoint's secret; the old one also signs for a while."""
        path = f"/webhooks/{segment(id)}/rotate"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return RotatedWebhookEndpoint.from_json(await self._transport.request(call))

    async def get_callback_secret(self) -> CallbackSecret:
        """The secret that signs events sent to a task's own `callback_url`."""
        call = Call("GET", "/webhooks/callback_secret")
        return CallbackSecret.from_json(await self._transport.request(call))

    async def rotate_callback_secret(self, *, idempotency_key: str | None = None) -> CallbackSecret:
        """Rotates the organization's callback secret; the old one also signs for a while."""
        path = "/webhooks/callback_secret/rotate"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return CallbackSecret.from_json(await self._transport.request(call))

    async def test(self, id: str, *, idempotency_key: str | None = None) -> WebhookTestResult:
        """Sends a ``webhook.test`` event and returns the endpoint's response."""
        path = f"/webhooks/{segment(id)}/test"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return WebhookTestResult.from_json(await self._transport.request(call))

    def deliveries(
        self,
        id: str,
        *,
        status: DeliveryStatus | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> AsyncListing[Delivery]:
        """Deliveries to the endpoint, newest first."""
        query = {"status": status, "limit": limit, "after": after}
        call = Call("GET", f"/webhooks/{segment(id)}/deliveries", query=query)
        return self._transport.paged(Delivery, call)

    async def replay(
        self, id: str, *, since: datetime | str, idempotency_key: str | None = None
    ) -> ReplayedDeliveries:
        """Resends all deliveries that failed since then."""
        path, body = f"/webhooks/{segment(id)}/replay", body_of(since=since)
        call = Call("POST", path, body=body, idempotency_key=idempotency_key)
        return ReplayedDeliveries.from_json(await self._transport.request(call))


class AsyncDeliveries:
    """Deliveries to endpoints."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def replay(self, id: str, *, idempotency_key: str | None = None) -> Delivery:
        """Resends one delivery with its original body."""
        path = f"/deliveries/{segment(id)}/replay"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return Delivery.from_json(await self._transport.request(call))
