import { sealSettings } from '@/server/features/payouts/rails/rail-settings';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

/**
 * Adds an LNbits rail, tried after the existing rails.
 * @param label prefix of its name.
 * @returns its name.
 */
export async function addRail(
  label: string,
  { url, adminKey = 'key' }: { url: string; adminKey?: string },
): Promise<string> {
  const id = newId();
  const name = `${label}-${id.slice(-8)}`;
  const at = clock.now();
  const position = (await db.rail.count()) + 1;
  const settings = sealSettings(id, { url, adminKey });
  await db.rail.create({
    data: {
      ...{ id, kind: 'lnbits', name, position, settings },
      ...{ updatedBy: 'system', createdAt: at, updatedAt: at },
    },
  });
  return name;
}
