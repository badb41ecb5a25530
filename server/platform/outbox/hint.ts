import { standingClock } from '../clock';
import { processWide } from '../process-wide';
import { kickOutbox } from './registered-relay';

type Listener = (ids: readonly string[]) => void;

interface Hint {
  /** Registers the process's listener. Returns a function that removes it. */
  listen(listener: Listener): () => void;
  /** Call after the commit. The listener also kicks the outbox; without one, that is done here. */
  tell(ids: readonly string[]): void;
}

/**
 * Notifies a higher feature, in this process and at once, of what is new: routing of open tasks,
 * verification of submitted ones. The feature registers a listener at start. An optimization only: the
 * outbox carries the same fact durably, and a hint that is lost with its process costs a second, never a task.
 */
export function createHint(name: string): Hint {
  const slot = () =>
    processWide(`hint.${name}`, (): { listener: Listener | null } => ({ listener: null }));
  return {
    listen(listener) {
      slot().listener = listener;
      return () => {
        if (slot().listener === listener) slot().listener = null;
      };
    },
    tell(ids) {
      if (ids.length === 0 || standingClock()) return;
      const { listener } = slot();
      if (listener) listener(ids);
      else kickOutbox();
    },
  };
}
