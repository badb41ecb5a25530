// client
import { HumanRail } from '@humanrail/sdk';

const client = new HumanRail();

// webhooks.create
const endpoint = await client.webhooks.create({
  url: 'https://example.com/webhooks/humanrail',
  events: ['task.verified', 'task.failed', 'task.expired'],
});
console.log(endpoint.id, endpoint.secret);

// webhooks.list
const endpoints = await client.webhooks.list({ limit: 10 });
for (const { id, url, status } of endpoints.data) console.log(id, url, status);

// webhooks.get
const one = await client.webhooks.get(endpoint.id);
console.log(one.status, one.failingSince);

// webhooks.update
const updated = await client.webhooks.update(endpoint.id, { description: 'Reviews' });
console.log(updated.description);

// webhooks.rotate
const rotated = await client.webhooks.rotate(endpoint.id);
console.log(rotated.secret, rotated.previousSecretExpiresAt);

// webhooks.test
const result = await client.webhooks.test(endpoint.id);
console.log(result.delivered, result.statusCode, result.error);

// webhooks.list_deliveries
const deliveries = await client.webhooks.deliveries(endpoint.id, { limit: 10 });
for (const { id, eventType, status } of deliveries.data) console.log(id, eventType, status);

// webhooks.replay
const replay = await client.webhooks.replay(endpoint.id, {
  since: new Date(Date.now() - 3_600_000),
});
console.log(replay.replayed);

// deliveries.replay
const delivery = await client.deliveries.replay(result.deliveryId);
console.log(delivery.status);

// webhooks.delete
await client.webhooks.delete(endpoint.id);

// webhooks.get_callback_secret
const callback = await client.webhooks.getCallbackSecret();
console.log(callback.secret);

// webhooks.rotate_callback_secret
const newCallback = await client.webhooks.rotateCallbackSecret();
console.log(newCallback.secret, newCallback.previousSecretExpiresAt);
