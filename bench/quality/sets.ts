import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AnswerRow, readAnswers, readTruth } from '@/scripts/consensus/read-votes';
import type { CrowdSet } from '@/server/features/verification/fixtures/crowd-sets';

/** A public set: `NAME.answers.csv` with task, worker, label and `NAME.truth.csv` with task, label. */
export interface PublicSet {
  name: string;
  answers: AnswerRow[];
  truth: Map<string, string>;
  kind: 'labels' | 'numbers';
}

/** Sets with more distinct true values than this contain numbers. */
const LABELS_MAX = 20;
const ANSWERS = '.answers.csv';

/** @throws Error if the folder has no set. */
export function readSets(folder: string): PublicSet[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ANSWERS))
    .map((file) => file.slice(0, -ANSWERS.length))
    .sort();
  if (names.length === 0) throw new Error(`${folder} has no NAME${ANSWERS}.`);
  return names.map((name) => {
    const truth = readTruth(join(folder, `${name}.truth.csv`));
    const values = new Set(truth.values());
    const areNumbers = [...values].every((value) => value !== '' && Number.isFinite(Number(value)));
    return {
      name,
      answers: readAnswers(join(folder, `${name}${ANSWERS}`)),
      truth,
      kind: areNumbers && values.size > LABELS_MAX ? 'numbers' : 'labels',
    };
  });
}

/** Converts it to the format of crowds. */
export function crowdOf({ answers, truth }: PublicSet): CrowdSet {
  const labels = [...new Set([...answers.map(({ label }) => label), ...truth.values()])].sort();
  return { votes: answers, truth, labels };
}
