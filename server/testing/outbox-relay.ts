import {
  createRelay,
  type OutboxRow,
  type OutgoingEvent,
  type Relay,
  type Subscriber,
} from '@/server/platform/outbox';

export const eventOf = (row: OutboxRow): OutgoingEvent => ({
  id: row.key,
  name: 'task/created',
  data: { key: row.key },
});

/** A relay that publishes one event per row, and records what it published. */
export function relayWith(subscriber: Subscriber = async (rows) => rows.map(eventOf)): {
  relay: Relay;
  published: string[];
} {
  const published: string[] = [];
  const relay = createRelay({
    subscribers: { 'task.created': [subscriber] },
    publish: async (events) => {
      published.push(...events.map((event) => event.id));
      return events;
    },
  });
  return { relay, published };
}
