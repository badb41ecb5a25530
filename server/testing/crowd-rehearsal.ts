import { makeAnswer } from '../features/sandbox/make-answer';
import { partOf, scriptOf } from '../features/sandbox/script';
import type { Task } from '../features/tasks/schema';
import {
  estimate,
  type Method,
  seededRandom,
  UNKNOWN,
  voteTable,
} from '../features/verification/consensus';
import { decideAlike } from '../features/verification/consensus/fields';
import type { Vote } from '../features/verification/consensus/vote-table';

/** Calls the API: returns the body of a success, and throws otherwise. */
export type CallApi = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => Promise<T>;

export const CROWD_ACCURACIES = [0.95, 0.9, 0.9, 0.6, 0.4];
const FIELDS = Array.from({ length: 10 }, (_, i) => `f${i}`);
const SCHEMA = {
  type: 'object',
  required: FIELDS,
  properties: Object.fromEntries(FIELDS.map((name) => [name, { type: 'boolean' }])),
};
const WORKERS = CROWD_ACCURACIES.map((accuracy) => ({ accuracy }));
const DAY = 86_400;

type Answer = Record<string, boolean>;

/** Advances the test clock, in as many calls as needed. */
export async function advance(api: CallApi, seconds: number): Promise<void> {
  for (let left = seconds; ; ) {
    const part = await api<{ done: boolean; remaining_seconds: number }>(
      'POST',
      '/v1/test/clock/advance',
      { seconds: left },
    );
    if (part.done) return;
    left = part.remaining_seconds;
  }
}

/** The answer of each worker of the crowd, recomputed independently of the product. */
function saidBy(payload: object, answer: Answer): Answer[] {
  const script = scriptOf({ id: '', payload, sandbox: { answer, workers: WORKERS } });
  const judge = {
    keepsRules: () => true,
    sayAlike: (one: unknown, other: unknown) => decideAlike(SCHEMA, one as never, other as never),
  };
  return WORKERS.map((_, seat) => {
    const made = makeAnswer(script, partOf(script, seat), seat, SCHEMA, judge);
    if (!('output' in made)) throw new Error(made.missing);
    return made.output as Answer;
  });
}

/** One field's votes on golds and tasks, and the true labels. */
export interface FieldVotes {
  rows: Vote[];
  truth: Map<string, string>;
  /** The tasks whose true label the product knows. */
  golds: Set<string>;
}

export interface CrowdFigures {
  /** Share of correct fields in the product's verified outputs, in percent. */
  product: number;
  /** Mean number of votes per output. */
  votes: number;
  /** The same votes, for offline estimates. */
  fields: FieldVotes[];
}

/**
 * Runs a scripted crowd of five with accuracies .95, .9, .9, .6 and .4 through golds and then
 * through tasks of ten yes/no fields, using only the API.
 */
export async function rehearseCrowd(
  api: CallApi,
  {
    golds,
    tasks,
    seed = 20,
    type = 'ten_questions',
  }: { golds: number; tasks: number; seed?: number; type?: string },
): Promise<CrowdFigures> {
  const random = seededRandom(seed);
  const someTruth = (): Answer => Object.fromEntries(FIELDS.map((name) => [name, random() < 0.5]));
  await api('DELETE', '/v1/test/clock');
  await advance(api, 0);
  const saved = { output_schema: SCHEMA, payout_sats: 1, sla_seconds: DAY, risk_tier: 'low' };
  await api('PUT', `/v1/task_types/${type}`, { ...saved, gold_rate: 1 });
  const known = Array.from({ length: golds }, (_, n) => ({
    payload: { gold: n, seed },
    expected_output: someTruth(),
  }));
  for (const gold of known) await api('POST', `/v1/task_types/${type}/golds`, gold);
  const payloadOf = (n: number) => ({ n, seed });
  const ask = (n: number, answer: Answer) => ({
    type,
    payload: payloadOf(n),
    redundancy: { min_votes: 5, max_votes: 5 },
    sandbox: { answer, workers: WORKERS },
  });
  // After their first answer the workers go through all golds.
  await api('POST', '/v1/tasks', ask(-1, someTruth()));
  await advance(api, 3_600);
  const truths = Array.from({ length: tasks }, someTruth);
  const asked = await api<{ data: { task: Task }[] }>('POST', '/v1/tasks/batch', {
    tasks: truths.map((truth, n) => ask(n, truth)),
  });
  await advance(api, 3_600);
  const outputs: Answer[] = [];
  let votes = 0;
  for (const { task } of asked.data) {
    const { status, output, votes_used } = await api<Task>('GET', `/v1/tasks/${task.id}`);
    if (status !== 'verified') throw new Error(`Task ${task.id} is ${status}.`);
    outputs.push(output as Answer);
    votes += votes_used;
  }
  const goldVotes = known.map((gold) => saidBy(gold.payload, gold.expected_output));
  const taskVotes = truths.map((truth, n) => saidBy(payloadOf(n), truth));
  const right = truths.map((truth, n) => FIELDS.filter((f) => outputs[n]?.[f] === truth[f]).length);
  return {
    product: (100 * right.reduce((sum, count) => sum + count, 0)) / (tasks * FIELDS.length),
    votes: votes / tasks,
    fields: FIELDS.map((field) => {
      const rowsOf = (name: string, all: readonly Answer[][]) =>
        all.flatMap((said, n) =>
          said.map((each, w) => ({
            task: `${name} ${n}`,
            worker: `w${w}`,
            label: String(each[field]),
          })),
        );
      const goldTruths = known.map(({ expected_output }, n) => [
        `gold ${n}`,
        String(expected_output[field]),
      ]);
      const taskTruths = truths.map((truth, n) => [`task ${n}`, String(truth[field])]);
      return {
        rows: [...rowsOf('gold', goldVotes), ...rowsOf('task', taskVotes)],
        truth: new Map([...goldTruths, ...taskTruths] as [string, string][]),
        golds: new Set(known.map((_, n) => `gold ${n}`)),
      };
    }),
  };
}

/** Share of the fields that an estimate from the same votes gets right, in percent. */
export function offlineShare(method: Method | 'auto', fields: readonly FieldVotes[]): number {
  let right = 0;
  let count = 0;
  for (const { rows, truth, golds } of fields) {
    const table = voteTable(rows, ['false', 'true']);
    const known = Int32Array.from(table.tasks, (task) =>
      golds.has(task) ? Number(truth.get(task) === 'true') : UNKNOWN,
    );
    const random = () => seededRandom(1);
    const { posterior } = estimate(method, { table, truth: known, random });
    for (const [t, task] of table.tasks.entries()) {
      if (golds.has(task)) continue;
      const isTrue = (posterior[2 * t + 1] ?? 0) > 0.5;
      right += Number(String(isTrue) === truth.get(task));
      count++;
    }
  }
  return (100 * right) / count;
}
