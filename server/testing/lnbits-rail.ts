import { sealOf } from '@/server/features/payouts/rails/registry';
import { clock } from '@/server/platform/clock';
import { encrypt } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

/** Sets up an LNbits rail as an operator would, after those that are there; gives its name. */
export async function addLnbitsRail(input: { url: string; adminKey?: string }): Promise<string> {
  const id = newId();
  const name = `lnbits-${id.slice(-8)}`;
  const { url, adminKey = 'key' } = input;
  const settings = encrypt(JSON.stringify({ url, adminKey }), sealOf(id));
  const at = clock.now();
  const position = (await db.rail.count()) + 1;
  await db.rail.create({
    data: {
      ...{ id, kind: 'lnbits', name, position, settings },
      ...{ updatedBy: 'system', createdAt: at, updatedAt: at },
    },
  });
  return name;
}
