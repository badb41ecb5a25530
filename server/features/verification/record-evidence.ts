import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { timePassesSql } from '@/server/platform/test-clock';
import { addToSums } from './add-to-sums';
import type { LabelledFacet } from './consensus/labelled-facets';
import { together } from './consensus/together';
import type { EvidenceOwner } from './evidence';

/** The labelled task, and how it was labelled. */
export interface LabelledTask {
  taskId: string;
  source: 'gold' | 'review' | 'audit';
  /** The gold, if it is one. */
  goldId?: string | null;
  /** The delivered confidence; otherwise the consensus of its votes given the earlier evidence. */
  confidence?: number | null;
}

/**
 * Counts a labelled task's evidence, once: the caller holds the lock on the row that says it was
 * not counted yet.
 * @param weight A person's weight in the cells; a labelled task counts as one in a calibrator.
 * @param task Stored to display calibration and evaluate models; with the counts, which an upheld
 * appeal or the gold's withdrawal may subtract again.
 */
export async function recordEvidence(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  weight: number,
  task?: LabelledTask,
): Promise<void> {
  if (labelled.length === 0) return;
  const owner = { organizationId, mode, type };
  if (task) await recordLabelledTask(tx, owner, labelled, task);
  await addToSums(tx, owner, labelled, { weight, sign: 1 });
  if (!task) return;
  await tx.countedEvidence.create({
    data: {
      id: newId(),
      taskId: task.taskId,
      ...owner,
      weight,
      labelled: jsonColumn(labelled),
      createdAt: clock.now(),
    },
  });
}

/**
 * Subtracts exactly what a task's labels added: the additions are stored until then, and deleting
 * that row makes the call idempotent. The task is then no longer labelled.
 * @param isSpent Its evidence was already subtracted with its gold.
 */
export async function takeBackEvidence(
  tx: Tx,
  taskId: string,
  { isSpent }: { isSpent: boolean },
): Promise<void> {
  const counted = await tx.$queryRaw<
    (EvidenceOwner & { weight: number; labelled: LabelledFacet[] })[]
  >`
    DELETE FROM counted_evidence WHERE task_id = ${taskId}::uuid
    RETURNING organization_id AS "organizationId", mode::text AS mode, type, weight, labelled`;
  for (const { weight, labelled, ...owner } of counted) {
    if (!isSpent) await addToSums(tx, owner, labelled, { weight, sign: -1 });
  }
  await tx.labelledTask.deleteMany({ where: { taskId } });
}

/**
 * Evidence beyond appeals need not be stored separately; that of golds is kept, because a gold may
 * be withdrawn at any time. @returns the number of rows.
 */
export async function dropCountedEvidence(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM counted_evidence e
     WHERE e.created_at < ${before} AND ${await timePassesSql('e')}
       AND NOT EXISTS (SELECT FROM tasks t WHERE t.id = e.task_id AND t.gold_id IS NOT NULL)
       AND NOT EXISTS (SELECT FROM appeals p WHERE p.task_id = e.task_id AND p.status = 'open')`;
}

/** A task labelled again keeps its confidence from before the first label. */
async function recordLabelledTask(
  tx: Tx,
  owner: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  { taskId, source, goldId = null, confidence = null }: LabelledTask,
): Promise<void> {
  const stated = labelled.flatMap(({ key, stated: own }) => (own ? [{ key, ...own }] : []));
  if (stated.length === 0) return;
  const parts = stated.flatMap(({ confidence: sure, labelled: of, golds }) =>
    sure === null ? [] : [{ confidence: sure, labelled: of, golds }],
  );
  const choices = stated.filter(({ isChoice }) => isChoice);
  const known = {
    source,
    correct: stated.every(({ truth, said }) => truth === said),
    facets: choices.map(({ key }) => key),
    truths: choices.map(({ truth }) => truth),
    said: choices.map(({ said }) => said),
    recordedAt: clock.now(),
  };
  await tx.labelledTask.upsert({
    where: { taskId },
    create: {
      ...known,
      ...{ taskId, goldId, organizationId: owner.organizationId, mode: owner.mode },
      type: owner.type,
      confidence: confidence ?? together(parts),
      basedOn: Math.min(...parts.map((each) => each.labelled)),
    },
    update: known,
  });
}
