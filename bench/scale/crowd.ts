import { createKey, createOrganization, createWorker } from '@/server/testing/factories';

/** The requesters and workers of a load simulation. */
export interface Crowd {
  organizationId: string;
  testKey: string;
}

const SATS = 1_000_000_000_000n;
const AT_ONCE = 4;

/**
 * An organization that never runs out of sats, and this many simulated workers with capacity for
 * two tasks each.
 */
export async function createCrowd(workers: number): Promise<Crowd> {
  const organization = await createOrganization({ name: 'Scale', funds: SATS });
  const numbers = Array.from({ length: workers }, (_, n) => n).values();
  const make = async () => {
    for (const _ of numbers) await createWorker({ simulated: true, capacity: 2 });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
  const { text: testKey } = await createKey(organization, 'test');
  return { organizationId: organization.id, testKey };
}
