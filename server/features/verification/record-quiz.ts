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
  /** The shipped type that the question is of, and its schema. */
  type: string;
  outputSchema: object;
  expected: unknown;
  output: unknown;
  correct: boolean;
  /** The organization whose golds are asked; null where they ship. */
  owner: string | null;
  /** The organization whose type the worker is to return to; null where the quiz is for a skill. */
  returnTo: string | null;
}

/**
 * Counts the answer to a quiz question: of golds that ship for the worker's skill, which is shared by the
 * organizations that ask the public with the shipped schema; of an organization's own for that one alone.
 * On the way back to a type it is a gold of it as well. The caller's transaction says that it was not
 * counted before.
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
  // A calibrator is an organization's own, so only the answer is counted.
  const cells = labelled.map((facet) => ({ ...facet, calibrates: null }));
  if (returnTo) {
    const place = { workerId, organizationId: returnTo, type };
    await countGolds(tx, place, { correct: correct ? 1 : 0, total: 1 });
  }
  await recordEvidence(tx, { organizationId: owner ?? SHARED_SKILLS, mode, type }, cells, 1);
}
