import { kickOutbox } from '@/server/platform/outbox';

/**
 * Tells routing, in this process and at once, that tasks have open seats. Routing stands above
 * tasks and registers itself here at start. It is speed only: the outbox says the same durably, and
 * a hint that is lost with its process costs a second, never a task.
 */
type Listener = (taskIds: readonly string[]) => void;

const holder = globalThis as typeof globalThis & { humanrailRoutingHint?: Listener };

/** Returns a function that takes the listener away again. */
export function onOpenTasks(listener: Listener): () => void {
  holder.humanrailRoutingHint = listener;
  return () => {
    if (holder.humanrailRoutingHint === listener) holder.humanrailRoutingHint = undefined;
  };
}

/** The listener also kicks the outbox once it has routed; without one, that is done here. */
export function announceOpenTasks(taskIds: readonly string[]): void {
  if (taskIds.length === 0) return;
  if (holder.humanrailRoutingHint) holder.humanrailRoutingHint(taskIds);
  else kickOutbox();
}
