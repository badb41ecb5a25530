# Written by scripts/make_sync.py; do not edit.
"""The endpoints that events are posted to, and what was posted to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .._pagination import Page
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
from .transport import Transport


class Webhooks:
    """Registers endpoints, and looks after them."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        url: str,
        events: Sequence[WebhookEventType] | None = None,
        description: str | None = None,
        idempotency_key: str | None = None,
    ) -> WebhookEndpointWithSecret:
        """Registers an endpoint. The answer carries its `secret`, and is the only one that does.

        `url` is https in live mode; `events` are the types to send, all unless given.
        """
        body = body_of(url=url, events=events, description=description)
        call = Call("POST", "/webhooks", body=body, idempotency_key=idempotency_key)
        return WebhookEndpointWithSecret.from_json(self._transport.request(call))

    def list(self, *, limit: int | None = None, after: str | None = None) -> Page[WebhookEndpoint]:
        """The endpoints, as a page that iterates over all pages."""
        query = {"limit": limit, "after": after}
        return self._transport.paged(WebhookEndpoint, Call("GET", "/webhooks", query=query))

    def get(self, id: str) -> WebhookEndpoint:
        """One endpoint, without its secret."""
        call = Call("GET", f"/webhooks/{segment(id)}")
        return WebhookEndpoint.from_json(self._transport.request(call))

    def update(
        self,
        id: str,
        *,
        url: str | None = None,
        events: Sequence[WebhookEventType] | None = None,
        description: str | None = None,
        status: WebhookEndpointStatus | None = None,
    ) -> WebhookEndpoint:
        """Changes what is given and leaves the rest. Enabling forgets the endpoint's failures."""
        body = body_of(url=url, events=events, description=description, status=status)
        call = Call("PATCH", f"/webhooks/{segment(id)}", body=body)
        return WebhookEndpoint.from_json(self._transport.request(call))

    def delete(self, id: str) -> None:
        """Removes an endpoint; nothing is posted to it any more."""
        self._transport.request(Call("DELETE", f"/webhooks/{segment(id)}"))

    def rotate(self, id: str, *, idempotency_key: str | None = None) -> RotatedWebhookEndpoint:
        """Gives the endpoint a new secret; the old one signs beside it for a while."""
        path = f"/webhooks/{segment(id)}/rotate"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return RotatedWebhookEndpoint.from_json(self._transport.request(call))

    def get_callback_secret(self) -> CallbackSecret:
        """The secret that signs events sent to a task's own `callback_url`."""
        call = Call("GET", "/webhooks/callback_secret")
        return CallbackSecret.from_json(self._transport.request(call))

    def rotate_callback_secret(self, *, idempotency_key: str | None = None) -> CallbackSecret:
        """Gives the organization a new callback secret; the old one signs beside it for a while."""
        path = "/webhooks/callback_secret/rotate"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return CallbackSecret.from_json(self._transport.request(call))

    def test(self, id: str, *, idempotency_key: str | None = None) -> WebhookTestResult:
        """Sends a ``webhook.test`` event and tells what the endpoint answered."""
        path = f"/webhooks/{segment(id)}/test"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return WebhookTestResult.from_json(self._transport.request(call))

    def deliveries(
        self,
        id: str,
        *,
        status: DeliveryStatus | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Page[Delivery]:
        """What was sent to the endpoint, the newest first."""
        query = {"status": status, "limit": limit, "after": after}
        call = Call("GET", f"/webhooks/{segment(id)}/deliveries", query=query)
        return self._transport.paged(Delivery, call)

    def replay(
        self, id: str, *, since: datetime | str, idempotency_key: str | None = None
    ) -> ReplayedDeliveries:
        """Sends again everything that failed since then."""
        path, body = f"/webhooks/{segment(id)}/replay", body_of(since=since)
        call = Call("POST", path, body=body, idempotency_key=idempotency_key)
        return ReplayedDeliveries.from_json(self._transport.request(call))


class Deliveries:
    """What was posted to endpoints."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def replay(self, id: str, *, idempotency_key: str | None = None) -> Delivery:
        """Sends one delivery again, with the body it had."""
        path = f"/deliveries/{segment(id)}/replay"
        call = Call("POST", path, idempotency_key=idempotency_key)
        return Delivery.from_json(self._transport.request(call))
