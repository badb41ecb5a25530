import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { SHARED_SKILLS } from './evidence';
import { labelBallots } from './label-answers';
import { policyFor } from './policy';
import { recordEvidence } from './record-evidence';
import { countGolds } from './record-gold';

export interface QuizAnswer {
  workerId: string;
  mode: Mode;
  /** The built-in type of the question, and its schema. */
  type: string;
  outputSchema: object;
  expected: unknown;
  output: unknown;
  correct: boolean;
  /** The organization whose golds are used; null for built-in ones. */
  owner: string | null;
  /** The organization whose type the worker wants to return to; null if the quiz is for a skill. */
  returnTo: string | null;
}

/**
 * Counts the answer to a quiz question: for built-in golds of the worker's skill, as evidence
 * shared by the organizations that use the public pool with the built-in schema; for an
 * organization's own golds, for that one only. On the way back to a type it also counts as a gold
 * of it. The caller's transaction ensures that it was not counted before.
 */
export async function recordQuizAnswer(
  tx: Tx,
  { workerId, mode, type, outputSchema, expected, output, ...rest }: QuizAnswer,
): Promise<void> {
  const { owner, returnTo, correct } = rest;
  const { consensus } = policyFor('low');
  const known = { output: expected, partial: true };
  const ballots = [{ workerId, output }];
  const labelled = await labelBallots(outputSchema, ballots, known, {
    evidence: {},
    policy: consensus,
  });
  // A calibrator belongs to one organization, so only the answer is counted.
  const cells = labelled.map((facet) => ({ ...facet, calibrates: null }));
  if (returnTo) {
    const place = { workerId, organizationId: returnTo, type };
    await countGolds(tx, place, { correct: correct ? 1 : 0, total: 1 });
  }
  await recordEvidence(tx, { organizationId: owner ?? SHARED_SKILLS, mode, type }, cells, 1);
}
