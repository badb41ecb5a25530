import { afterEach, beforeEach } from 'vitest';
import { sealOf } from '@/server/features/payouts/rails/registry';
import { clock } from '@/server/platform/clock';
import { encrypt } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type LnbitsDouble, startLnbitsDouble } from './lnbits-double';

let railsMade = 0;

/**
 * Sets up a rail of that kind of LNbits, to be tried after those there are.
 * @returns its name.
 */
export async function addRail(name: string, { url }: LnbitsDouble): Promise<string> {
  const id = newId();
  railsMade += 1;
  const settings = encrypt(JSON.stringify({ url, adminKey: 'key' }), sealOf(id));
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

/**
 * Gives each test of the file that calls this at its top level one Lightning rail over a double, and
 * takes all rails away after it.
 */
export function useLightning(): { readonly wallet: LnbitsDouble } {
  let wallet: LnbitsDouble;
  beforeEach(async () => {
    wallet = await startLnbitsDouble();
    await addRail('first', wallet);
  });
  afterEach(async () => {
    await wallet.stop();
    await db.rail.deleteMany();
  });
  return {
    get wallet() {
      return wallet;
    },
  };
}
