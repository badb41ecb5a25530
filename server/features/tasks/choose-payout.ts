import { satsPerUsd } from '@/server/features/rates';
import type { TaskTypeDefaults } from '@/server/features/task-types';
import type { WageFloor } from '@/server/features/workers';
import { type Price, payoutWithin } from './price';
import type { CreateTask } from './schema';

const PAYOUT_SATS_DEFAULT = 100;

/**
 * What an accepted answer is paid: what the request names, else what the organization has saved for the type,
 * else what the product chose. Only the last is raised to the instance's wage floor, since the others are what
 * somebody agreed to pay.
 */
export async function choosePayout(
  input: Pick<CreateTask, 'payout_sats'>,
  saved: Pick<TaskTypeDefaults, 'payoutSats' | 'isShipped'> | null,
  {
    price,
    maxVotes,
    floor,
  }: { price: Price | undefined; maxVotes: number; floor: WageFloor | null },
): Promise<bigint> {
  if (price) return payoutWithin(price, maxVotes, await satsPerUsd());
  if (input.payout_sats !== undefined) return BigInt(input.payout_sats);
  if (saved?.payoutSats && !saved.isShipped) return saved.payoutSats;
  const chosen = saved?.payoutSats ?? BigInt(PAYOUT_SATS_DEFAULT);
  return floor?.raises && chosen < floor.payoutSatsMin ? floor.payoutSatsMin : chosen;
}
