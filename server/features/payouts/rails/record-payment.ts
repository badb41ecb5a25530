import type { RailPayment } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import type { RailRequest } from './rail';

type Entry = Pick<RailPayment, 'status' | 'reason'>;

/**
 * Writes what a rail that lives in this database did under an attempt's id. The first entry stands:
 * a later one under the same id changes nothing and gets the first one back.
 */
export async function recordPayment(
  rail: string,
  request: RailRequest,
  entry: Entry,
): Promise<Entry> {
  const { attemptId, amountSats, destination, mode } = request;
  await db.railPayment.createMany({
    data: [{ ...entry, attemptId, rail, mode, amountSats, destination, createdAt: clock.now() }],
    skipDuplicates: true,
  });
  return db.railPayment.findUniqueOrThrow({
    where: { attemptId },
    select: { status: true, reason: true },
  });
}

/** The entry under an attempt's id; where there is none, it is void from now on. */
export function findOrVoidPayment(rail: string, request: RailRequest): Promise<Entry> {
  return recordPayment(rail, request, { status: 'void', reason: 'It never arrived.' });
}
