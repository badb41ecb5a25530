import type { Actor } from '@/server/platform/actor';
import { wallClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { processWide } from '@/server/platform/process-wide';
import { getSettings, lockSetting, saveSetting } from './instance-settings';
import type { InstanceSettings } from './schema';

/** How long a change made elsewhere can go unnoticed here. */
const FRESH_MS_MAX = 5_000;

interface Known {
  read: Promise<InstanceSettings>;
  readAtMs: number;
}

const known = () => processWide('settings.recent', () => ({ last: null as Known | null }));

/**
 * Everything operators set, at most five seconds behind a change made in another process; for what is asked
 * with each request.
 */
export function getRecentSettings(): Promise<InstanceSettings> {
  const cache = known();
  const nowMs = wallClock.nowMs();
  const ageMs = cache.last ? nowMs - cache.last.readAtMs : Number.NaN;
  if (cache.last && ageMs >= 0 && ageMs < FRESH_MS_MAX) return cache.last.read;
  const entry: Known = { read: getSettings(), readAtMs: nowMs };
  cache.last = entry;
  // What failed is asked again.
  entry.read.catch(() => {
    if (cache.last === entry) cache.last = null;
  });
  return entry.read;
}

/**
 * Changes one setting; this process goes by it at once.
 * @param value or what works it out from the one before, which nobody else changes meanwhile.
 * @throws Forbidden for anybody but operators; ZodError for what does not fit.
 */
export async function changeSetting<N extends keyof InstanceSettings>(
  actor: Actor,
  name: N,
  value: InstanceSettings[N] | ChangeTo<InstanceSettings[N]>,
): Promise<void> {
  await transaction(async (tx) => {
    const to = typeof value === 'function' ? await value(tx, await lockSetting(tx, name)) : value;
    await saveSetting(tx, actor, name, to);
  });
  known().last = null;
}

type ChangeTo<T> = (tx: Tx, former: T) => Promise<T>;
