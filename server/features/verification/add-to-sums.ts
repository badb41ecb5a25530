import type { Tx } from '@/server/platform/db';
import { gainsOf } from './consensus/calibrator';
import type { LabelledFacet } from './consensus/labelled-facets';
import type { EvidenceOwner } from './evidence';

/**
 * Adds labelled tasks to the evidence about workers and facets, or subtracts earlier additions.
 * Cells and calibrators are written in key order, so that two transactions that count the same
 * workers cannot deadlock.
 * @param weight A person's weight in the cells; a labelled task counts as one in a calibrator.
 */
export async function addToSums(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  labelled: readonly LabelledFacet[],
  { weight, sign }: { weight: number; sign: 1 | -1 },
): Promise<void> {
  const cells = labelled.flatMap(({ key, cells: own }) => own.map((cell) => ({ key, ...cell })));
  if (cells.length > 0)
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
                  ${cells.map((cell) => sign * (cell.weight ?? weight))}::float8[])
           AS said(facet, worker_id, truth, said, squared_error, weight)
     ORDER BY facet, worker_id, truth, said
        ON CONFLICT (organization_id, mode, type, facet, worker_id, truth, said) DO UPDATE
       SET weight = c.weight + excluded.weight,
           squared_error = c.squared_error + excluded.squared_error`;
  if (sign < 0) await dropEmptyCells(tx, { organizationId, mode, type }, labelled);
  await addToCalibrators(
    tx,
    { organizationId, mode, type },
    labelled.flatMap(({ key, calibrates }) =>
      calibrates ? [{ facet: key, gains: [...gainsOf(calibrates)], labelled: 1 }] : [],
    ),
    sign,
  );
}

/** The contribution of several labelled tasks to one facet's calibrator. */
export interface CalibratorSum {
  facet: string;
  gains: number[];
  labelled: number;
}

/** Adds to or subtracts from calibrators, each facet at most once. */
export async function addToCalibrators(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  sums: readonly CalibratorSum[],
  sign: 1 | -1,
): Promise<void> {
  if (sums.length === 0) return;
  const signed = sums.map(({ facet, gains, labelled }) => ({
    facet,
    gains: gains.map((gain) => gain * sign),
    labelled: labelled * sign,
  }));
  await tx.$executeRaw`
    INSERT INTO facet_calibrators AS c (organization_id, mode, type, facet, gains, labelled)
    SELECT ${organizationId}::uuid, ${mode}::mode, ${type}, facet, gains, labelled
      FROM json_to_recordset(${JSON.stringify(signed)}::json)
           AS g(facet text, gains float8[], labelled int)
     ORDER BY facet
        ON CONFLICT (organization_id, mode, type, facet) DO UPDATE
       SET labelled = c.labelled + excluded.labelled,
           gains = ARRAY(SELECT sum.before + sum.added
                           FROM unnest(c.gains, excluded.gains) WITH ORDINALITY
                                AS sum(before, added, place)
                          ORDER BY place)`;
}

async function dropEmptyCells(
  tx: Tx,
  { organizationId, mode, type }: EvidenceOwner,
  labelled: readonly LabelledFacet[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM evidence_cells
     WHERE organization_id = ${organizationId}::uuid AND mode = ${mode}::mode AND type = ${type}
       AND facet = ANY(${labelled.map(({ key }) => key)}::text[]) AND weight <= 0`;
}
