import { satsPerUsd } from '@/server/features/rates';
import type { TaskTypeDefaults } from '@/server/features/task-types';
import type { WageFloor } from '@/server/features/workers';
import { type Price, payoutWithin } from './price';
import type { CreateTask } from './schema';

const PAYOUT_SATS_DEFAULT = 100;

/**
 * The payout per accepted answer: from the request, else from the organization's type, else the
 * product's default. Only the default is raised to the instance's wage floor, because the others
 * are explicit choices.
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
