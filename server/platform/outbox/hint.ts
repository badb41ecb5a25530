import { standingClock } from '../clock';
import { processWide } from '../process-wide';
import { kickOutbox } from './registered-relay';

type Listener<Item> = (items: readonly Item[]) => void;

interface Hint<Item> {
  /** Registers the process's listener. Returns a function that removes it. */
  listen(listener: Listener<Item>): () => void;
  /** Call after the commit. The listener also kicks the outbox; without a listener, this does. */
  tell(items: readonly Item[]): void;
}

/**
 * Notifies a higher feature in this process immediately: routing of open tasks, verification of
 * submitted ones; items are their ids. The feature registers a listener at startup. An optimization
 * only: the outbox carries the same fact durably, so a hint lost with its process costs a second,
 * never a task.
 */
export function createHint<Item = string>(name: string): Hint<Item> {
  const slot = () =>
    processWide(`hint.${name}`, (): { listener: Listener<Item> | null } => ({ listener: null }));
  return {
    listen(listener) {
      slot().listener = listener;
      return () => {
        if (slot().listener === listener) slot().listener = null;
      };
    },
    tell(items) {
      if (items.length === 0 || standingClock()) return;
      const { listener } = slot();
      if (listener) listener(items);
      else kickOutbox();
    },
  };
}
