/** Compares a worker's latest answers with others' answers to the same tasks. Pure, and runs in a thread. */
import { choicesOf, labelOfChoices } from './consensus/fields';
import { remembered } from './consensus/remembered';
import type { Json, JsonObject, SharedTask, WorkerFacts } from './stage';
import { type OtherAnswer, type RecentAnswer, trackOf, type Usual } from './track';

/** The number of answers used for a worker's label mix and accuracy; older ones are outdated. */
export const LOOKED_BACK = 200;
const RECENT_ANSWERS = 50;
/** Enough to estimate others' labels of a task. */
const OTHERS_MAX = 10;

/** An accepted answer to a task. Outputs stay unparsed, because few are needed. */
export interface SaidRow {
  id: string;
  workerId: string;
  outputText: string;
}

/** One of a worker's latest answers. */
export interface RecentRow extends Omit<SaidRow, 'workerId'> {
  taskId: string;
  /** For a gold that counts: whether the answer was right. */
  goldRight: boolean | null;
  isRejected: boolean;
  isBeforeReturn: boolean;
  /** All accepted answers of the task; empty on golds. */
  said: readonly SaidRow[];
}

export type Lately = Pick<WorkerFacts, 'recentLabels' | 'labelMix' | 'track' | 'trackIsWhole'>;

/** An answer's closed choices, and its label; null if it has none. */
interface Said {
  choices: readonly string[];
  label: string | null;
}

/** Parses an answer. */
export type SaidIn = (outputText: string) => Said;

/** A memoizing parser of answers to one schema. */
export function saidReader(schema: JsonObject): SaidIn {
  return remembered((text) => {
    const choices = choicesOf(schema, JSON.parse(text) as Json);
    return { choices, label: labelOfChoices(choices) };
  });
}

/** @param rows Newest first. */
export function latelyOf(
  rows: readonly RecentRow[],
  { workerId, saidIn, usual }: { workerId: string; saidIn: SaidIn; usual: Usual },
): Lately {
  const kept = rows.filter(({ isRejected }) => !isRejected);
  const tracked = rows.filter(
    ({ isBeforeReturn, isRejected, goldRight }) =>
      !isBeforeReturn && (!isRejected || goldRight !== null),
  );
  const others = kept.flatMap(({ taskId, said }) =>
    said
      .filter((other) => other.workerId !== workerId)
      .map((other): OtherAnswer => {
        const { choices } = saidIn(other.outputText);
        return { id: other.id, taskId, workerId: other.workerId, choices };
      }),
  );
  const answers = tracked.map(({ id, taskId, outputText, goldRight }): RecentAnswer => {
    return { id, taskId, choices: saidIn(outputText).choices, goldRight };
  });
  return {
    recentLabels: kept
      .flatMap(({ outputText }) => saidIn(outputText).label ?? [])
      .slice(0, RECENT_ANSWERS),
    labelMix: kept.flatMap((row) => sharedTask(row, workerId, saidIn) ?? []),
    track: trackOf(answers, others, usual),
    trackIsWhole: rows.length < LOOKED_BACK || rows.some(({ isBeforeReturn }) => isBeforeReturn),
  };
}

/** The worker's and others' labels of a task; null if nobody else answered it. */
function sharedTask(
  { outputText, said }: RecentRow,
  workerId: string,
  saidIn: SaidIn,
): SharedTask | null {
  const own = saidIn(outputText).label;
  if (own === null) return null;
  const others: string[] = [];
  for (const other of said) {
    const label = other.workerId === workerId ? null : saidIn(other.outputText).label;
    if (label !== null && others.length < OTHERS_MAX) others.push(label);
  }
  return others.length > 0 ? { own, others } : null;
}
