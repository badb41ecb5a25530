import type { Actor } from '@/server/platform/actor';
import { type Tx, transaction } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';
import { getSettings, lockSetting, saveSetting } from './instance-settings';
import type { InstanceSettings } from './schema';

/**
 * Everything operators set, at most five seconds behind a change made in another process; for what is asked
 * with each request.
 */
export const getRecentSettings = remembered({
  name: 'settings.recent',
  freshMs: 5_000,
  read: () => getSettings(),
});

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
  getRecentSettings.forget();
}

type ChangeTo<T> = (tx: Tx, former: T) => Promise<T>;
