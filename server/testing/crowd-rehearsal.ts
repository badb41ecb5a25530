import { makeAnswer } from '../features/sandbox/make-answer';
import { partOf, scriptOf } from '../features/sandbox/script';
import type { Task } from '../features/tasks/schema';
import { decideAlike } from '../features/verification/consensus/fields';
import {
  countGolds,
  naiveBayes,
  UNKNOWN,
  workerModel,
} from '../features/verification/consensus/gold-naive-bayes';
import { seededRandom } from '../features/verification/consensus/seeded-random';
import { type Vote, voteTable } from '../features/verification/consensus/vote-table';

/** A call of the API: gives the body of a success, and throws otherwise. */
export type CallApi = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => Promise<T>;

const TYPE = 'ten_questions';
const ACCURACIES = [0.95, 0.9, 0.9, 0.6, 0.4];
const FIELDS = Array.from({ length: 10 }, (_, i) => `f${i}`);
const SCHEMA = {
  type: 'object',
  required: FIELDS,
  properties: Object.fromEntries(FIELDS.map((name) => [name, { type: 'boolean' }])),
};
const WORKERS = ACCURACIES.map((accuracy) => ({ accuracy }));
const DAY = 86_400;

type Answer = Record<string, boolean>;

/** Advances the test clock, in as many calls as it takes. */
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

/** What each worker of the crowd says: the script's word, worked out here anew. */
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

export interface CrowdFigures {
  /** Share of fields that are right, in per cent: of the product's outputs, … */
  product: number;
  /** … of naive Bayes over the same votes, offline, … */
  offline: number;
  /** … and of their majority. */
  majority: number;
}

/**
 * A scripted crowd of five with accuracies .95, .9, .9, .6 and .4 goes through golds and then through
 * tasks of ten yes/no fields, by the API alone.
 */
export async function rehearseCrowd(
  api: CallApi,
  { golds, tasks, seed = 20 }: { golds: number; tasks: number; seed?: number },
): Promise<CrowdFigures> {
  const random = seededRandom(seed);
  const someTruth = (): Answer => Object.fromEntries(FIELDS.map((name) => [name, random() < 0.5]));
  await api('DELETE', '/v1/test/clock');
  await advance(api, 0);
  const type = { output_schema: SCHEMA, payout_sats: 1, sla_seconds: DAY, risk_tier: 'low' };
  await api('PUT', `/v1/task_types/${TYPE}`, { ...type, gold_rate: 1 });
  const known = Array.from({ length: golds }, (_, n) => ({
    payload: { gold: n },
    expected_output: someTruth(),
  }));
  for (const gold of known) await api('POST', `/v1/task_types/${TYPE}/golds`, gold);
  const ask = (n: number, answer: Answer) => ({
    type: TYPE,
    payload: { n },
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
  for (const { task } of asked.data) {
    const { status, output } = await api<Task>('GET', `/v1/tasks/${task.id}`);
    if (status !== 'verified') throw new Error(`Task ${task.id} is ${status}.`);
    outputs.push(output as Answer);
  }
  const goldVotes = known.map((gold) => saidBy(gold.payload, gold.expected_output));
  const taskVotes = truths.map((truth, n) => saidBy({ n }, truth));
  const share = (says: (n: number, field: string) => boolean | undefined) => {
    const right = truths.map((truth, n) => FIELDS.filter((f) => says(n, f) === truth[f]).length);
    return (100 * right.reduce((sum, count) => sum + count, 0)) / (tasks * FIELDS.length);
  };
  const byField = new Map(
    FIELDS.map((field) => {
      const truthOf = (n: number) => Boolean(known[n]?.expected_output[field]);
      return [field, offlineField(field, goldVotes, taskVotes, truthOf)];
    }),
  );
  return {
    product: share((n, field) => outputs[n]?.[field]),
    offline: share((n, field) => byField.get(field)?.get(`task ${n}`)),
    majority: share((n, field) => {
      const yes = taskVotes[n]?.filter((said) => said[field]).length ?? 0;
      return yes > ACCURACIES.length / 2;
    }),
  };
}

/** Naive Bayes over one field's whole table of votes, as `npm run consensus` computes it. */
function offlineField(
  field: string,
  golds: readonly Answer[][],
  tasks: readonly Answer[][],
  truthOf: (gold: number) => boolean,
): Map<string, boolean> {
  const votesOf = (name: string, all: readonly Answer[][]) =>
    all.flatMap((said, n) =>
      said.map(
        (each, w): Vote => ({ task: `${name} ${n}`, worker: `w${w}`, label: String(each[field]) }),
      ),
    );
  const votes = [...votesOf('gold', golds), ...votesOf('task', tasks)];
  const table = voteTable(votes, ['false', 'true']);
  const known = Int32Array.from(table.tasks, (task) =>
    task.startsWith('gold ') ? Number(truthOf(Number(task.slice(5)))) : UNKNOWN,
  );
  const posterior = naiveBayes(table, workerModel(countGolds(table, known)), [0.5, 0.5]);
  return new Map(table.tasks.map((task, t) => [task, (posterior[2 * t + 1] ?? 0) > 0.5]));
}
