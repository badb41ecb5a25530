import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import type { Job } from '@/server/transport/jobs/job';
import { revokeKeysOf } from './revoke-every-key';

export const jobs: Job[] = [];

const Cleared = z.object({ userId: z.uuid() });

const onAccountCleared: Subscriber = async (rows, tx) => {
  for (const row of rows) await revokeKeysOf(tx, Cleared.parse(row.data).userId);
  return [];
};

export const subscribers: Record<string, Subscriber> = { 'account.cleared': onAccountCleared };
