import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import type { LabelledFacet } from './consensus/labelled-facets';
import type { EvidenceOwner } from './evidence';

/** The task whose answer became known, and how. */
export interface LabelledTask {
  taskId: string;
  source: 'gold' | 'review' | 'audit';
  /** The gold it was. */
  goldId?: string | null;
  /** How sure it was when it was delivered; else what its votes come to by the evidence before. */
  confidence?: number | null;
}

/**
 * Counts what a labelled task showed, once: the caller holds the row that says it was not counted yet.
 * Cells and calibrators are written in the order of their keys, so two transactions that count the same
 * workers wait for each other and never in a ring.
 * @param weight What a person's answer counts in the cells; a labelled task is one to a calibrator.
 * @param task Of which a row is kept, for calibration to be shown and models to be held against.
 */
export async function recordEvidence(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  weight: number,
  task?: LabelledTask,
): Promise<void> {
  if (task) await recordLabelledTask(tx, { organizationId, mode, type }, labelled, task);
  const cells = labelled.flatMap(({ key, cells: own }) => own.map((cell) => ({ key, ...cell })));
  if (cells.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO evidence_cells AS c
           (organization_id, mode, type, facet, worker_id, truth, said, weight, squared_error)
    SELECT ${organizationId}::uuid, ${mode}::mode, ${type}, facet, worker_id, truth, said,
           weight, squared_error * weight
      FROM unnest(${cells.map((cell) => cell.key)}::text[],
                  ${cells.map((cell) => cell.workerId)}::uuid[],
                  ${cells.map((cell) => cell.truth)}::int[],
                  ${cells.map((cell) => cell.said)}::int[],
                  ${cells.map((cell) => cell.squaredError)}::float8[],
                  ${cells.map((cell) => cell.weight ?? weight)}::float8[])
           AS said(facet, worker_id, truth, said, squared_error, weight)
     ORDER BY facet, worker_id, truth, said
        ON CONFLICT (organization_id, mode, type, facet, worker_id, truth, said) DO UPDATE
       SET weight = c.weight + excluded.weight,
           squared_error = c.squared_error + excluded.squared_error`;
  const calibrated = labelled
    .filter(({ gains }) => gains.length > 0)
    .map(({ key, gains }) => ({ facet: key, gains }));
  if (calibrated.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO facet_calibrators AS c (organization_id, mode, type, facet, gains, labelled)
    SELECT ${organizationId}::uuid, ${mode}::mode, ${type}, facet, gains, 1
      FROM json_to_recordset(${JSON.stringify(calibrated)}::json) AS g(facet text, gains float8[])
     ORDER BY facet
        ON CONFLICT (organization_id, mode, type, facet) DO UPDATE
       SET labelled = c.labelled + 1,
           gains = ARRAY(SELECT sum.before + sum.added
                           FROM unnest(c.gains, excluded.gains) WITH ORDINALITY
                                AS sum(before, added, place)
                          ORDER BY place)`;
}

/** A task that is labelled again keeps the confidence it had before the first label. */
async function recordLabelledTask(
  tx: Tx,
  owner: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  { taskId, source, goldId = null, confidence = null }: LabelledTask,
): Promise<void> {
  const stated = labelled.flatMap(({ key, stated: own }) => (own ? [{ key, ...own }] : []));
  if (stated.length === 0) return;
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
      confidence: confidence ?? stated.reduce((product, each) => product * each.confidence, 1),
      basedOn: Math.min(...stated.map((each) => each.labelled)),
    },
    update: known,
  });
}
