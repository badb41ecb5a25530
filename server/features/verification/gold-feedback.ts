import type { Answer } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newIdAt } from '@/server/platform/ids';

/**
 * How often since midnight (UTC) a worker was shown the answer of one of this organization's golds.
 */
export async function countToldToday(
  answer: Pick<Answer, 'workerId' | 'organizationId'>,
): Promise<number> {
  const midnight = clock.now();
  midnight.setUTCHours(0, 0, 0, 0);
  const [told] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
      FROM answers a JOIN verdicts v ON v.answer_id = a.id AND v.stage = 'gold'
     WHERE a.worker_id = ${answer.workerId}::uuid
       AND a.organization_id = ${answer.organizationId}::uuid AND a.id >= ${newIdAt(midnight.getTime())}::uuid
       AND (v.details -> 'gold' ->> 'told')::boolean`;
  return told?.count ?? 0;
}
