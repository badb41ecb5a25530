import { sealOf } from '@/server/features/payouts/rails/registry';
import { clock } from '@/server/platform/clock';
import { encrypt } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

let railsMade = 0;

/**
 * Sets up an LNbits as a rail, to be tried after those there are.
 * @returns its name.
 */
export async function addRail(
  name: string,
  { url, adminKey = 'key' }: { url: string; adminKey?: string },
): Promise<string> {
  const id = newId();
  railsMade += 1;
  const settings = encrypt(JSON.stringify({ url, adminKey }), sealOf(id));
  const at = clock.now();
  const unique = `${name}-${railsMade}`;
  await db.rail.create({
    data: {
      ...{ id, kind: 'lnbits', name: unique, position: railsMade, settings },
      ...{ updatedBy: 'system', createdAt: at, updatedAt: at },
    },
  });
  return unique;
}
