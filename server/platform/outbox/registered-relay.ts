import { standingClock } from '../clock';
import { processWide } from '../process-wide';
import type { Relay } from './relay';

const registered = () =>
  processWide('outbox-relay', (): { relay: Relay | null } => ({ relay: null }));

/** Registers the process's relay; null removes it. */
export function setRelay(relay: Relay | null): void {
  registered().relay = relay;
}

/**
 * Call after the commit: the process's relay, if any, delivers the new rows immediately. Rows of a test clock
 * are not delivered by it.
 */
export function kickOutbox(): void {
  if (standingClock()) return;
  registered().relay?.kick();
}
