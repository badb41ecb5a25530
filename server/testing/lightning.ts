import { afterEach, beforeEach } from 'vitest';
import { db } from '@/server/platform/db';
import { addRail } from './add-rail';
import { type LnbitsDouble, startLnbitsDouble } from './lnbits-double';

/**
 * Gives each test of the calling file one Lightning rail over a double, and removes all rails after
 * it. Call it at the top level.
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
