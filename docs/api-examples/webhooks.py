# client
from datetime import datetime, timedelta, timezone

from humanrail import HumanRail

client = HumanRail()

# webhooks.create
endpoint = client.webhooks.create(
    url="https://example.com/webhooks/humanrail",
    events=["task.verified", "task.failed", "task.expired"],
)
print(endpoint.id, endpoint.secret)

# webhooks.list
for one in client.webhooks.list(limit=10).data:
    print(one.id, one.url, one.status)

# webhooks.get
one = client.webhooks.get(endpoint.id)
print(one.status, one.failing_since)

# webhooks.update
one = client.webhooks.update(endpoint.id, description="Reviews")
print(one.description)

# webhooks.rotate
rotated = client.webhooks.rotate(endpoint.id)
print(rotated.secret, rotated.previous_secret_expires_at)

# webhooks.test
result = client.webhooks.test(endpoint.id)
print(result.delivered, result.status_code, result.error)

# webhooks.list_deliveries
for delivery in client.webhooks.deliveries(endpoint.id, limit=10).data:
    print(delivery.id, delivery.event_type, delivery.status)

# webhooks.replay
replay = client.webhooks.replay(
    endpoint.id, since=datetime.now(timezone.utc) - timedelta(hours=1)
)
print(replay.replayed)

# deliveries.replay
delivery = client.deliveries.replay(result.delivery_id)
print(delivery.status)

# webhooks.delete
client.webhooks.delete(endpoint.id)

# webhooks.get_callback_secret
callback = client.webhooks.get_callback_secret()
print(callback.secret)

# webhooks.rotate_callback_secret
callback = client.webhooks.rotate_callback_secret()
print(callback.secret, callback.previous_secret_expires_at)
