import { kickOutbox } from '@/server/platform/outbox';

/**
 * Tells routing, in this process and at once, that workers came online. Routing stands above workers
 * and registers itself here at start. It is speed only: the outbox says the same durably, and a hint
 * that is lost with its process costs a second, never a task.
 */
type Listener = (workerIds: readonly string[]) => void;

const holder = globalThis as typeof globalThis & { humanrailOnlineHint?: Listener };

/** Returns a function that takes the listener away again. */
export function onWorkersOnline(listener: Listener): () => void {
  holder.humanrailOnlineHint = listener;
  return () => {
    if (holder.humanrailOnlineHint === listener) holder.humanrailOnlineHint = undefined;
  };
}

/** Call after the commit. The listener also kicks the outbox; without one, that is done here. */
export function hintOnline(workerId: string): void {
  if (holder.humanrailOnlineHint) holder.humanrailOnlineHint([workerId]);
  else kickOutbox();
}
