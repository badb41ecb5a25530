export { enqueue, type NewOutboxRow, outboxInsert } from './enqueue';
export {
  LIVE_CHANNEL,
  type LiveEvent,
  type OutboxRow,
  type OutgoingEvent,
  type Subscriber,
} from './outbox-row';
export { broadcast } from './outbox-table';
export { kickOutbox, setRelay } from './registered-relay';
export { createRelay, type Relay, type RelayOptions } from './relay';
