import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { createHint, enqueue, HINT_MS } from '@/server/platform/outbox';
import { tryDelivery } from './try-delivery';

/** A delivery that has not been tried yet. */
export interface NewDelivery {
  id: string;
  url: string;
  attemptCount: number;
}

/** Deliveries just committed. */
export const { listen: onNewDeliveries, tell: announceDeliveries } =
  createHint<NewDelivery>('new-deliveries');

/** Topic of the fact that a delivery is due and may have no attempt in progress. */
export const DELIVERY_WAITING = 'delivery.waiting';

/** Has the outbox check at `at` whether these deliveries are being attempted, and pass the others to a job. */
export function awaitTries(tx: Tx, deliveries: readonly NewDelivery[], at: Date): Promise<void> {
  return enqueue(
    tx,
    deliveries.map(({ id, url, attemptCount }) => ({
      topic: DELIVERY_WAITING,
      key: `${id}:${attemptCount}`,
      data: { deliveryId: id, url },
      at,
    })),
  );
}

/** Makes the first attempt at a delivery in this process; a job makes later ones. */
export async function tryFirst(delivery: NewDelivery): Promise<void> {
  const outcome = await tryDelivery(delivery.id, null);
  if (outcome.state === 'closed') return;
  const at = new Date(clock.nowMs() + outcome.delayMs);
  await transaction((tx) =>
    awaitTries(tx, [{ ...delivery, attemptCount: outcome.attemptCount }], at),
  );
}

/** Concurrent attempts per process, in total and per host, so that a slow host leaves room for others. */
const AT_ONCE = 100;
const HOST_AT_ONCE = 10;
/** Maximum queue length, which bounds memory; the outbox handles the rest. */
const WAITING_MAX = 1_000;

interface Waiting {
  delivery: NewDelivery;
  host: string;
  /** By `performance.now()`; after that, a job takes over. */
  untilMs: number;
}

/**
 * Makes first attempts in this process, in order of arrival, as their hosts have capacity. Whatever
 * it drops, or loses with its process, the outbox passes to a job.
 */
export function createTryQueue(attempt: (delivery: NewDelivery) => Promise<void>): {
  push: (deliveries: readonly NewDelivery[]) => void;
} {
  let waiting: Waiting[] = [];
  const running = new Map<string, number>();
  let total = 0;

  async function run({ delivery, host }: Waiting): Promise<void> {
    const change = (by: 1 | -1) => {
      total += by;
      const left = (running.get(host) ?? 0) + by;
      if (left === 0) running.delete(host);
      else running.set(host, left);
    };
    change(1);
    try {
      await attempt(delivery);
    } catch (error) {
      log.error(
        { err: error, deliveryId: delivery.id },
        'A first attempt failed; a job takes over',
      );
    } finally {
      change(-1);
      begin();
    }
  }

  function begin(): void {
    const nowMs = performance.now();
    const left: Waiting[] = [];
    for (const each of waiting) {
      if (each.untilMs < nowMs) continue;
      const hasRoom = total < AT_ONCE && (running.get(each.host) ?? 0) < HOST_AT_ONCE;
      if (hasRoom) void run(each);
      else left.push(each);
    }
    waiting = left;
  }

  return {
    push(deliveries) {
      const untilMs = performance.now() + HINT_MS;
      for (const delivery of deliveries.slice(0, WAITING_MAX - waiting.length)) {
        waiting.push({ delivery, host: new URL(delivery.url).host, untilMs });
      }
      begin();
    },
  };
}
