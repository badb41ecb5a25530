import type { Mode } from '@/server/platform/actor';
import { Prisma, type Tx } from '@/server/platform/db';

/** Deletes all evidence about an organization's types and workers in a mode. */
export async function forgetEvidence(
  tx: Tx,
  { organizationId, mode }: { organizationId: string; mode: Mode },
): Promise<void> {
  const where = { organizationId, mode };
  await tx.evidenceCell.deleteMany({ where });
  await tx.facetCalibrator.deleteMany({ where });
  await tx.countedEvidence.deleteMany({ where });
  await tx.labelledTask.deleteMany({ where });
  await tx.facetModel.deleteMany({ where });
  await tx.workerModel.deleteMany({ where });
  await tx.typePace.deleteMany({ where });
  await tx.$executeRaw`
    DELETE FROM worker_type_records r USING workers w
     WHERE w.id = r.worker_id AND r.organization_id = ${organizationId}::uuid
       AND w.mode = ${Prisma.sql`${mode}::mode`}`;
}
