import { standingClock } from '../clock';
import { processWide } from '../process-wide';
import { kickOutbox } from './registered-relay';

type Listener = (ids: readonly string[]) => void;

interface RoutingHint {
  /** Registers the process's listener. Returns a function that takes it away again. */
  listen(listener: Listener): () => void;
  /** Call after the commit. The listener also kicks the outbox; without one, that is done here. */
  tell(ids: readonly string[]): void;
}

/**
 * Tells routing, in this process and at once, of what is new. Routing stands above the features that
 * tell it, so it registers itself at start. It is speed only: the outbox says the same durably, and a
 * hint that is lost with its process costs a second, never a task.
 */
export function createRoutingHint(name: string): RoutingHint {
  const slot = () =>
    processWide(`routing-hint.${name}`, (): { listener: Listener | null } => ({ listener: null }));
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
