import { COMMANDS, FIXED_KEYS, keyLabel } from '@/components/work/keys/commands';
import { catalog } from '@/server/features/task-types/catalog';
import { VOTES_BY_TIER } from '@/server/features/tasks/votes-by-tier';
import { policyFor } from '@/server/features/verification/policy';
import { nextDelayMs, TRIES_MAX } from '@/server/features/webhooks/deliver/retry-schedule';
import { markdownTable } from './markdown-table';

const code = (text: string | number) => `\`${text}\``;

/** The built-in types, with their tasks' defaults. */
export function shippedTypes(): string {
  return markdownTable(
    ['type', 'about', 'SLA', 'payout'],
    catalog.map(({ type, description, slaSeconds, payoutSats }) => [
      code(type),
      description,
      `${slaSeconds / 60} min`,
      `${payoutSats} sats`,
    ]),
  );
}

/** Each risk tier's votes and checks. */
export function tiers(): string {
  return markdownTable(
    ['`risk_tier`', '`min_votes`', '`max_votes`', '`target_confidence`', 'gold floor', 'reviewed'],
    (['low', 'medium', 'high', 'critical'] as const).map((tier) => {
      const { min, max, targetConfidence } = VOTES_BY_TIER[tier];
      const { gold, qa } = policyFor(tier);
      return [
        code(tier),
        String(min),
        String(max),
        targetConfidence.toFixed(2),
        gold.floor.toFixed(2),
        qa.alwaysReview
          ? 'every task, before it is verified'
          : `${qa.sampleRate * 100} %, afterwards`,
      ];
    }),
  );
}

/** The delays between a webhook's delivery attempts, without jitter. */
export function retries(): string {
  let sinceMs = 0;
  const rows = Array.from({ length: TRIES_MAX }, (_, n) => {
    const delayMs = n === 0 ? 0 : (nextDelayMs(n, null, 0) ?? 0);
    sinceMs += delayMs;
    return [
      String(n + 1),
      n === 0 ? 'at once' : duration(delayMs),
      n === 0 ? '' : duration(sinceMs),
    ];
  });
  return markdownTable(['try', 'after the one before', 'after the event'], rows);
}

/** Milliseconds as days, hours, minutes and seconds; from several hours on without seconds. */
function duration(ms: number): string {
  const units: [string, number][] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ...(ms < 3_600_000 ? ([['s', 1_000]] as [string, number][]) : []),
  ];
  let left = ms;
  return units
    .flatMap(([name, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return count > 0 ? [`${count} ${name}`] : [];
    })
    .join(' ');
}

const PLACES = { everywhere: 'anywhere', queue: 'in the queue', task: 'at a task' };

/** The default keyboard shortcuts of the worker app. */
export function workerKeys(): string {
  const fixed = FIXED_KEYS.map(({ place, keys, does }) => ({
    place,
    does,
    keys: keys.map((key) => (key === '–' ? 'to' : code(keyLabel(key)))).join(' '),
  }));
  const own = Object.values(COMMANDS).map(({ place, does, key }) => ({
    place,
    does,
    keys: code(keyLabel(key)),
  }));
  return markdownTable(
    ['key', 'where', 'does'],
    [...own, ...fixed].map(({ keys, place, does }) => [keys, PLACES[place], does]),
  );
}
