import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import type { LabelledFacet } from './consensus/labelled-facets';
import type { EvidenceOwner } from './evidence';

/**
 * Counts what a labelled task showed, once: the caller holds the row that says it was not counted yet.
 * @param weight What an answer counts in the cells; a labelled task is one to a calibrator.
 * @param keptFor The task whose evidence it is, where an appeal may still take it back.
 */
export async function recordEvidence(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  weight: number,
  keptFor?: string,
): Promise<void> {
  if (labelled.length === 0) return;
  const owner = { organizationId, mode, type };
  await addToSums(tx, owner, labelled, { weight, tasks: 1 });
  if (!keptFor) return;
  await tx.countedEvidence.create({
    data: {
      id: newId(),
      taskId: keptFor,
      ...owner,
      weight,
      labelled: jsonColumn(labelled),
      createdAt: clock.now(),
    },
  });
}

/**
 * Takes back what a task's labels added, exactly: what was added is kept until then, and removing that
 * row is what makes a second call do nothing.
 */
export async function takeBackEvidence(tx: Tx, taskId: string): Promise<void> {
  const counted = await tx.$queryRaw<
    (EvidenceOwner & { weight: number; labelled: LabelledFacet[] })[]
  >`
    DELETE FROM counted_evidence WHERE task_id = ${taskId}::uuid
    RETURNING organization_id AS "organizationId", mode::text AS mode, type, weight, labelled`;
  for (const { weight, labelled, ...owner } of counted) {
    await addToSums(tx, owner, labelled, { weight: -weight, tasks: -1 });
    await tx.$executeRaw`
      DELETE FROM evidence_cells
       WHERE organization_id = ${owner.organizationId}::uuid AND mode = ${owner.mode}::mode
         AND type = ${owner.type} AND facet = ANY(${labelled.map(({ key }) => key)}::text[])
         AND weight <= 0`;
  }
}

/** Evidence that no appeal can take back any more need not be kept in parts. @returns how many. */
export async function dropCountedEvidence(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM counted_evidence e
     WHERE e.created_at < ${before}
       AND NOT EXISTS (SELECT FROM appeals p WHERE p.task_id = e.task_id AND p.status = 'open')`;
}

/**
 * Cells and calibrators are written in the order of their keys, so two transactions that count the same
 * workers wait for each other and never in a ring.
 */
async function addToSums(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  { weight, tasks }: { weight: number; tasks: 1 | -1 },
): Promise<void> {
  const cells = labelled.flatMap(({ key, cells: own }) => own.map((cell) => ({ key, ...cell })));
  if (cells.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO evidence_cells AS c
           (organization_id, mode, type, facet, worker_id, truth, said, weight, squared_error)
    SELECT ${organizationId}::uuid, ${mode}::mode, ${type}, facet, worker_id, truth, said,
           ${weight}, squared_error * ${weight}
      FROM unnest(${cells.map((cell) => cell.key)}::text[],
                  ${cells.map((cell) => cell.workerId)}::uuid[],
                  ${cells.map((cell) => cell.truth)}::int[],
                  ${cells.map((cell) => cell.said)}::int[],
                  ${cells.map((cell) => cell.squaredError)}::float8[])
           AS said(facet, worker_id, truth, said, squared_error)
     ORDER BY facet, worker_id, truth, said
        ON CONFLICT (organization_id, mode, type, facet, worker_id, truth, said) DO UPDATE
       SET weight = c.weight + excluded.weight,
           squared_error = c.squared_error + excluded.squared_error`;
  const calibrated = labelled
    .filter(({ gains }) => gains.length > 0)
    .map(({ key, gains }) => ({ facet: key, gains: gains.map((gain) => gain * tasks) }));
  if (calibrated.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO facet_calibrators AS c (organization_id, mode, type, facet, gains, labelled)
    SELECT ${organizationId}::uuid, ${mode}::mode, ${type}, facet, gains, ${tasks}::int
      FROM json_to_recordset(${JSON.stringify(calibrated)}::json) AS g(facet text, gains float8[])
     ORDER BY facet
        ON CONFLICT (organization_id, mode, type, facet) DO UPDATE
       SET labelled = c.labelled + excluded.labelled,
           gains = ARRAY(SELECT sum.before + sum.added
                           FROM unnest(c.gains, excluded.gains) WITH ORDINALITY
                                AS sum(before, added, place)
                          ORDER BY place)`;
}
