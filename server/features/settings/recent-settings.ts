import type { Actor } from '@/server/platform/actor';
import { type Tx, transaction } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';
import { getSettings, lockSetting, saveSetting } from './instance-settings';
import type { InstanceSettings } from './schema';

/** All operator settings, cached for at most five seconds, for use on every request. */
export const getRecentSettings = remembered({
  name: 'settings.recent',
  freshMs: 5_000,
  read: () => getSettings(),
});

/**
 * Changes one setting, effective immediately in this process.
 * @param value the value, or a function of the current one, which is locked.
 * @throws Forbidden unless the actor is an operator; ZodError for invalid values.
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
