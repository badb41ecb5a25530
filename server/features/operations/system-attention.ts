import type { Facts, Item } from './attention-facts';
import { ageMs, MINUTE_MS, plural } from './attention-words';

const SECOND_MS = 1_000;
/** Grace period for an engine that was just started. */
const ENGINE_STARTS_MS = 2 * MINUTE_MS;
const BEHIND_SOON_MS = MINUTE_MS;
const BEHIND_URGENT_MS = 5 * MINUTE_MS;

function engineItems({ engine, engineWork, now }: Facts): Item[] {
  const isStarting = engine.state === 'registering' && ageMs(engine.since, now) < ENGINE_STARTS_MS;
  const items: Item[] = [];
  if (engine.state !== 'registered' && !isStarting) {
    items.push({
      id: 'engine',
      severity: 'urgent',
      title:
        engine.state === 'unreachable'
          ? 'The engine is not responding'
          : 'The engine is not running jobs',
      advice: 'Tasks are accepted but wait. Check its last error, and restart it.',
      count: null,
      since: engine.since,
      href: '/ops/system#engine',
    });
  }
  const due = engineWork?.functions.flatMap((each) => each.oldestDueMs ?? []) ?? [];
  const oldestDue = due.length > 0 ? new Date(Math.min(...due)) : null;
  const waited = ageMs(oldestDue, now);
  if (engineWork && waited > BEHIND_SOON_MS) {
    const waiting = engineWork.functions.reduce(
      (sum, each) => sum + each.ready + each.waitingForCapacity,
      0,
    );
    items.push({
      id: 'engine-backlog',
      severity: waited > BEHIND_URGENT_MS ? 'urgent' : 'soon',
      title: 'Background work is falling behind',
      advice: 'Check which function is waiting; more processes add capacity.',
      count: waiting,
      since: oldestDue,
      href: '/ops/system#engine',
    });
  }
  if (engineWork && engineWork.failed > 0) {
    const { failed } = engineWork;
    items.push({
      id: 'failed-runs',
      severity: 'soon',
      title: plural(
        failed,
        'A background run failed permanently',
        'Background runs failed permanently',
      ),
      advice: 'Check the error, and restart the run once it is fixed.',
      count: failed,
      since: null,
      href: '/ops/system#runs',
    });
  }
  return items;
}

function outboxItems({ outbox, now }: Facts): Item[] {
  const { failing, oldestFailing, due, oldestDueSeconds } = outbox;
  const items: Item[] = [];
  if (failing > 0) {
    items.push({
      id: 'outbox-failing',
      severity: 'urgent',
      title: plural(failing, 'An event cannot be published', 'Events cannot be published'),
      advice: 'Work that depends on them does not happen. Check the error, and resend them.',
      count: failing,
      since: oldestFailing,
      href: '/ops/system#outbox',
    });
  }
  const waitedMs = oldestDueSeconds * SECOND_MS;
  if (waitedMs > BEHIND_SOON_MS) {
    items.push({
      id: 'outbox-backlog',
      severity: waitedMs > BEHIND_URGENT_MS ? 'urgent' : 'soon',
      title: 'Events are waiting to be published',
      advice: 'The relay of every app process is behind, or the engine accepts no events.',
      count: due,
      since: new Date(now.getTime() - waitedMs),
      href: '/ops/system#outbox',
    });
  }
  return items;
}

function sweepItems({ sweeps }: Facts): Item[] {
  return sweeps.map((sweep) => ({
    id: `sweep:${sweep.id}`,
    severity: sweep.isFrequent && !sweep.error ? 'urgent' : 'soon',
    title: sweep.error
      ? `The sweep ${sweep.id} is failing`
      : `The sweep ${sweep.id} has not run lately`,
    advice: sweep.error
      ? `It says: ${sweep.error}`
      : 'It recovers lost work; check whether the engine is running.',
    count: null,
    since: sweep.since,
    href: '/ops/system#sweeps',
  }));
}

function ledgerItems({ ledger }: Facts): Item[] {
  if (!ledger || ledger.faults === 0) return [];
  return [
    {
      id: 'ledger',
      severity: 'urgent',
      title: 'The ledger does not add up',
      advice: 'It was changed outside of the product, or the product has a bug. Check the faults.',
      count: ledger.faults,
      since: ledger.checkedAt,
      href: '/ops/ledger#check',
    },
  ];
}

/** Problems of background work and the books that need attention. */
export function systemItems(facts: Facts): Item[] {
  return [
    ...engineItems(facts),
    ...outboxItems(facts),
    ...sweepItems(facts),
    ...ledgerItems(facts),
  ];
}
