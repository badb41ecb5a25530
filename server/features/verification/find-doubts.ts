import { db } from '@/server/platform/db';
import type { EvidenceOwner } from './evidence';
import { DOUBTS_LOOKED_AT, isUnderDoubt } from './gold-posterior';

/**
 * Whether the anomaly stage had doubts about more of a worker's latest answers of a type than chance explains.
 * Of answers whose stages looked at nothing, for lack of a score, it had none.
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
