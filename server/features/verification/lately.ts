/** What a worker's latest answers show beside what others said of the same tasks. Pure, and run in a thread. */
import { choicesOf, labelOfChoices } from './consensus/fields';
import { remembered } from './consensus/remembered';
import type { Json, JsonObject, SharedTask, WorkerFacts } from './stage';
import { type OtherAnswer, type RecentAnswer, trackOf, type Usual } from './track';

/** What a worker's label mix and accuracy are told by; what is older is another's business by now. */
export const LOOKED_BACK = 200;
const RECENT_ANSWERS = 50;
/** Enough to tell what others say of a task. */
const OTHERS_MAX = 10;

/** An accepted answer to a task. Outputs stay texts, which few are read out of. */
export interface SaidRow {
  id: string;
  workerId: string;
  outputText: string;
}

/** One of a worker's latest answers. */
export interface RecentRow extends Omit<SaidRow, 'workerId'> {
  taskId: string;
  /** Of a gold that counts: whether the answer was right. */
  goldRight: boolean | null;
  isRejected: boolean;
  isBeforeReturn: boolean;
  /** What was accepted of all who answered the task; empty on golds. */
  said: readonly SaidRow[];
}

export type Lately = Pick<WorkerFacts, 'recentLabels' | 'labelMix' | 'track' | 'trackIsWhole'>;

/** An answer's closed choices, and the label that they come to; null where it has none. */
interface Said {
  choices: readonly string[];
  label: string | null;
}

/** Reads an answer's text. */
export type SaidIn = (outputText: string) => Said;

/** A reader of answers to one schema, which reads the same text once. */
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

/** What the worker and others said of a task, as labels; null where nobody else did. */
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
