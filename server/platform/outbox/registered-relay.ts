import { standingClock } from '../clock';
import { processWide } from '../process-wide';
import type { Relay } from './relay';

const registered = () =>
  processWide('outbox-relay', (): { relay: Relay | null } => ({ relay: null }));

/** Registers the process's relay, or none. */
export function setRelay(relay: Relay | null): void {
  registered().relay = relay;
}

/**
 * Call after the commit: the process's relay, if there is one, tells the new rows at once. Those of a
 * test clock are none of its business.
 */
export function kickOutbox(): void {
  if (standingClock()) return;
  registered().relay?.kick();
}
