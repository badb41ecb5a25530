import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { Forbidden } from '@/server/platform/errors';
import { InstanceSettings } from './schema';

type Name = keyof InstanceSettings;

/** All operator settings, including defaults. */
export async function getSettings(
  reader: Pick<Tx, 'instanceSetting'> = db,
): Promise<InstanceSettings> {
  const rows = await reader.instanceSetting.findMany();
  return InstanceSettings.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
}

/**
 * One setting, locked for sharing until the caller's transaction ends, so that nothing is decided
 * by an outdated setting.
 */
export async function getSettingForShare<N extends Name>(
  tx: Tx,
  name: N,
): Promise<InstanceSettings[N]> {
  const [row] = await tx.$queryRaw<{ value: unknown }[]>`
    SELECT value FROM instance_settings WHERE name = ${name} FOR SHARE`;
  const known = row ? { [name]: row.value } : {};
  return InstanceSettings.parse(known)[name];
}

/**
 * One setting, locked for update until the caller's transaction ends, whether it was set before or
 * not.
 */
export async function lockSetting<N extends Name>(tx: Tx, name: N): Promise<InstanceSettings[N]> {
  await tx.$executeRaw`
    INSERT INTO instance_settings AS s (name, value, updated_by, updated_at)
    VALUES (${name}, '{}', 'system', ${clock.now()})
        ON CONFLICT (name) DO UPDATE SET value = s.value`;
  return (await getSettings(tx))[name];
}

/**
 * Changes one setting and audits it.
 * @throws Forbidden unless the actor is an operator; ZodError for invalid values.
 */
export async function saveSetting<N extends Name>(
  tx: Tx,
  actor: Actor,
  name: N,
  value: InstanceSettings[N],
): Promise<void> {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can change the instance’s settings.');
  }
  const checked = InstanceSettings.parse({ [name]: value })[name];
  const former = (await getSettings(tx))[name];
  const changed = { value: checked, updatedBy: actorLabel(actor), updatedAt: clock.now() };
  await tx.instanceSetting.upsert({
    where: { name },
    create: { name, ...changed },
    update: changed,
  });
  await audit(tx, actor, 'instance.setting_changed', `setting:${name}`, {
    from: former,
    to: checked,
  });
}
