export {
  type DatedOutboxRow,
  datedOutboxInsert,
  dateOutboxRow,
  enqueue,
  type NewOutboxRow,
} from './enqueue';
export {
  countOutbox,
  FAILING_ATTEMPTS,
  type FailingRow,
  listFailingRows,
  type OutboxCounts,
  retryFailingRows,
} from './failing-rows';
export { createHint } from './hint';
export { createHintQueue, HINT_MS } from './hint-queue';
export {
  EngineUnavailable,
  LIVE_CHANNEL,
  type LiveEvent,
  type OutboxRow,
  type OutgoingEvent,
  type Subscriber,
} from './outbox-row';
export { broadcast, nextRowSql, readStandingRows } from './outbox-table';
export { kickOutbox, setRelay } from './registered-relay';
export { createRelay, type Relay, type RelayOptions } from './relay';
export {
  confirmSentEvents,
  findEventsToRepeat,
  noteRepeated,
} from './sent-events';
