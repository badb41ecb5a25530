import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { SHARED_SKILLS } from './evidence';
import { labelBallots } from './label-answers';
import { policyFor } from './policy';
import { recordEvidence } from './record-evidence';

export interface QuizAnswer {
  workerId: string;
  mode: Mode;
  /** The shipped type that the question is of, and its schema. */
  type: string;
  outputSchema: object;
  expected: unknown;
  output: unknown;
}

/**
 * Counts the answer to a quiz question for the worker's skill, which is shared by the organizations that
 * ask the public with the shipped schema. The caller's transaction says that it was not counted before.
 */
export async function recordQuizAnswer(
  tx: Tx,
  { workerId, mode, type, outputSchema, expected, output }: QuizAnswer,
): Promise<void> {
  const { consensus } = policyFor('low');
  const known = { output: expected, partial: true };
  const ballots = [{ workerId, output }];
  const labelled = await labelBallots(outputSchema, ballots, known, {
    evidence: {},
    policy: consensus,
  });
  // A calibrator is an organization's own, so only the answer is counted.
  const cells = labelled.map((facet) => ({ ...facet, gains: [] }));
  await recordEvidence(tx, { organizationId: SHARED_SKILLS, mode, type }, cells, 1);
}
