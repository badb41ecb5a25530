import { db } from '@/server/platform/db';
import type { EvidenceOwner } from './evidence';
import { DOUBTS_LOOKED_AT, isUnderDoubt } from './gold-posterior';

/**
 * Whether the anomaly stage doubted more of a worker's latest answers of a type than chance
 * explains. Answers without a score were not evaluated, and count as not doubted.
 */
export async function findDoubts(
  workerId: string,
  { organizationId, type }: Omit<EvidenceOwner, 'mode'>,
): Promise<boolean> {
  const latest = await db.answer.findMany({
    where: { workerId, organizationId, type, judgedAt: { not: null } },
    orderBy: { id: 'desc' },
    take: DOUBTS_LOOKED_AT,
    select: { verdicts: { where: { stage: 'anomaly' }, select: { score: true } } },
  });
  return isUnderDoubt(latest.map(({ verdicts: [anomaly] }) => (anomaly?.score ?? 1) < 1));
}
