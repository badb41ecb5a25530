/** Answers with several fields, numbers, votes requested one at a time, and speed. */

import { chooseGolds } from '@/scripts/consensus/choose-golds';
import { scoreNumbers } from '@/scripts/consensus/score-numbers';
import { combineAnswers } from '@/server/features/verification/consensus/combine';
import { fitDawidSkene } from '@/server/features/verification/consensus/dawid-skene';
import { median } from '@/server/features/verification/consensus/median';
import { seededRandom } from '@/server/features/verification/consensus/seeded-random';
import { voteTable } from '@/server/features/verification/consensus/vote-table';
import { buyVotes } from '@/server/features/verification/fixtures/adaptive-votes';
import { fillForms } from '@/server/features/verification/fixtures/forms';
import { goldEvidence } from '@/server/features/verification/fixtures/gold-evidence';
import { normal } from '@/server/features/verification/fixtures/random-values';
import { simulateFields } from '@/server/features/verification/fixtures/several-fields';
import { policyFor } from '@/server/features/verification/policy';
import { atLeast, atMost, mean, type QualityFigure, shown } from './figure';
import { crowdOf, type PublicSet } from './sets';

const ADAPTIVE = 'Votes bought one at a time, all sets';
const FIELDS = 'Several yes/no fields: five voters of .9, twenty golds each, in per cent';
const FORM_TABLE = 'Confidence that all fields are right, by strangers, beside how often they are';
const FORMS = 500;
const NUMBERS = 'Numbers: mean error in per cent of the range, 10 % golds';
const SPEED = 'Speed, in milliseconds';

/** Points by which the majority may be ahead by chance. */
const BEHIND_MAX = 0.3;
const RIGHT_AT_TARGET = 90;
const NUMBER_ERROR_MAX = 10.3;

export function measureAdaptive(sets: readonly PublicSet[]): QualityFigure[] {
  const goals = [
    { maxVotes: 5, targetConfidence: 0.9 },
    { maxVotes: 7, targetConfidence: 0.95 },
  ];
  return goals.flatMap((goal) => {
    const bought = sets.map((set) => buyVotes(crowdOf(set), goal));
    const accuracy = mean(
      bought.map(({ results }) => 100 * mean(results.map(({ correct }) => correct))),
    );
    const votes = mean(bought.map(({ results }) => mean(results.map((each) => each.accepted))));
    const majority = mean(bought.map((each) => 100 * mean(each.majority)));
    const name = `max ${goal.maxVotes}, ${goal.targetConfidence}`;
    const sure = bought.map(({ results }) =>
      results.filter(({ confidence }) => confidence >= goal.targetConfidence),
    );
    const right = mean(
      sure
        .filter((each) => each.length > 0)
        .map((each) => 100 * mean(each.map(({ correct }) => correct))),
    );
    return [
      shown(ADAPTIVE, `${name}: majority of ${goal.maxVotes}, %`, majority),
      atLeast(ADAPTIVE, `${name}: right, %`, accuracy, Number(majority.toFixed(2)), {
        note: 'as good as the majority of all votes, with fewer',
      }),
      atMost(ADAPTIVE, `${name}: votes a task`, votes, goal.maxVotes - 1),
      ...(goal.targetConfidence === 0.9
        ? [atLeast(ADAPTIVE, `${name}: right of those that reached it, %`, right, RIGHT_AT_TARGET)]
        : []),
    ];
  });
}

export function measureFields(): QualityFigure[] {
  return [1, 3, 5, 7, 10, 20].map((fields) => {
    const { byEvidence, byMajority } = simulateFields(fields, Math.ceil(8_000 / fields));
    const target = Number((byMajority - BEHIND_MAX).toFixed(2));
    const note = `majority ${byMajority.toFixed(2)}`;
    return atLeast(FIELDS, `${fields} fields`, byEvidence, target, { tolerance: 0, note });
  });
}

/** Tasks of a set answered by the same workers, as fields of one answer. */
export function measureForms(sets: readonly PublicSet[]): QualityFigure[] {
  return sets.flatMap((set) =>
    [1, 2, 3, 5, 10].flatMap((fields) =>
      [1, 3].flatMap((voters) => {
        const { forms, stated, product, right } = fillForms(crowdOf(set), {
          ...{ fields, voters },
          forms: FORMS,
        });
        if (forms < FORMS / 5) return [];
        const note = `right ${right.toFixed(3)}, product ${product.toFixed(3)}`;
        return [
          { ...shown(FORM_TABLE, `${set.name}: ${fields} fields, ${voters} votes`, stated), note },
        ];
      }),
    ),
  );
}

/** On the folder's number sets; without any, on simulated ones, which is reported. */
export function measureNumbers(sets: readonly PublicSet[], draws: number): QualityFigure[] {
  const numbers = sets.filter(({ kind }) => kind === 'numbers');
  const measured = numbers.length > 0 ? numbers : simulatedNumbers();
  const note = numbers.length > 0 ? `${numbers.length} sets` : 'simulated: the folder has none';
  const errors = measured.map((set) => {
    const draw = Array.from({ length: draws }, (_, i) => {
      const golds = chooseGolds('0.1', [...set.truth.keys()], i + 1);
      return scoreNumbers(set.answers, set.truth, golds).error_percent ?? Number.NaN;
    });
    return {
      ours: mean(draw),
      plain: plainError(set, mean),
      median: plainError(set, median),
    };
  });
  const plain = mean(errors.map((each) => each.plain));
  const target = numbers.length > 0 ? NUMBER_ERROR_MAX : Number(plain.toFixed(2));
  return [
    shown(NUMBERS, 'plain mean', plain),
    shown(NUMBERS, 'median', mean(errors.map((each) => each.median))),
    atMost(NUMBERS, 'by precision', mean(errors.map((each) => each.ours)), target, note),
  ];
}

function plainError(
  { answers, truth }: PublicSet,
  middle: (values: readonly number[]) => number,
): number {
  const values = new Map<string, number[]>();
  for (const { task, label } of answers) {
    values.set(task, [...(values.get(task) ?? []), Number(label)]);
  }
  const known = [...truth].map(([task, label]) => [values.get(task) ?? [], Number(label)] as const);
  const truths = known.map(([, label]) => label);
  const range = Math.max(...truths) - Math.min(...truths);
  const asked = known.filter(([given]) => given.length > 0);
  return (100 * mean(asked.map(([given, label]) => Math.abs(middle(given) - label)))) / range;
}

/** Estimates from 0 to 100 by workers with different error, some with occasional outliers. */
function simulatedNumbers(): PublicSet[] {
  return [1, 2, 3].map((seed) => {
    const random = seededRandom(seed);
    const workers = Array.from({ length: 12 }, () => ({
      spread: 4 + 26 * random(),
      wild: 0.08 * random(),
    }));
    const truth = new Map<string, string>();
    const answers = Array.from({ length: 200 }, (_, t) => {
      const right = 100 * random();
      truth.set(`t${t}`, String(right));
      return Array.from({ length: 5 }, () => {
        const w = Math.floor(random() * workers.length);
        const { spread = 0, wild = 0 } = workers[w] ?? {};
        const said = random() < wild ? 1_000 * random() : right + spread * normal(random);
        return { task: `t${t}`, worker: `w${w}`, label: String(said) };
      });
    }).flat();
    return { name: `simulated-${seed}`, answers, truth, kind: 'numbers' };
  });
}

const FIVE_FIELDS = ['a', 'b', 'c', 'd', 'e'];

/** The fastest of many runs, the least disturbed by other load. */
function quickest(times: number, run: () => void): number {
  const spent = Array.from({ length: times }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...spent);
}

export function measureSpeed(sets: readonly PublicSet[]): QualityFigure[] {
  const schema = {
    type: 'object',
    required: FIVE_FIELDS,
    properties: Object.fromEntries(FIVE_FIELDS.map((name) => [name, { enum: ['x', 'y', 'z'] }])),
  };
  const ballots = [0, 1, 2, 3, 4].map((vote) => ({
    workerId: `w${vote}`,
    output: Object.fromEntries(
      FIVE_FIELDS.map((name, i) => [name, (vote + i) % 3 === 0 ? 'y' : 'x']),
    ),
  }));
  const records = ballots.map(({ workerId }) => [workerId, { golds: 20, accuracy: 0.85 }] as const);
  const evidence = goldEvidence(schema, Object.fromEntries(records));
  const options = {
    policy: policyFor('high').consensus,
    evidence,
    validateOutput: () => ({ ok: true }) as const,
  };
  const judged = quickest(200, () => combineAnswers(schema, ballots, options).confidenceAfter(3));
  const rte = sets.find(({ name }) => name === 'rte');
  const table = rte && voteTable(rte.answers);
  return [
    atMost(SPEED, 'five votes on five fields', judged, 1),
    ...(table
      ? [
          atMost(
            SPEED,
            'rte: Dawid–Skene to convergence',
            quickest(5, () => fitDawidSkene(table, { prior: 'diagonal' })),
            100,
          ),
        ]
      : []),
  ];
}
