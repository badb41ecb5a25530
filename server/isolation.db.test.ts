/** Two organizations use one type name with different schemas, and the same public workers answer both. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useClock } from '@/server/platform/clock';
import { useTestDatabase } from '@/server/testing/database';
import { createDecidedCrowd } from '@/server/testing/decided-crowd';
import { workerActor } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import {
  createSide,
  numbersOf,
  type Side,
  TYPE,
  withoutNames,
} from '@/server/testing/two-organizations';
import { refitType } from './features/verification/refit-type';

useTestDatabase();

const clock = createTestClock();
const LATER = clock.nowMs() + 11 * 3_600_000;
/** Longer than a type's statistics are cached. */
const FRESH_MS = 31_000;

const YES = { verdict: 'yes' };
const NO = { verdict: 'no' };
const coins = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['no', 'yes'] } },
};
const grades = {
  type: 'object',
  required: ['verdict', 'grade'],
  properties: {
    verdict: { enum: ['no', 'yes', 'unsure'] },
    grade: { type: 'integer', minimum: 0, maximum: 10 },
    why: { type: 'string' },
  },
};
const GOOD = {
  verdict: 'yes',
  grade: 7,
  why: 'The rim is worn, and the edge shows the seam of a cast.',
};
const BAD = { verdict: 'no', grade: 2 };
const guess = { agent_guess: { output: { verdict: 'yes', grade: 7 }, confidence: 0.83 } };

let restore: () => void;
let coinSide: Side;
let gradeSide: Side;
/** Like `gradeSide`, with workers used by nobody else. */
let control: Side;
/** Everything each can read before and after the other's activity. */
const read: Record<'grades' | 'coins' | 'control', Record<string, unknown>[]> = {
  grades: [],
  coins: [],
  control: [],
};

async function beginGrading(side: Side) {
  clock.advanceMs(FRESH_MS);
  await side.vote([GOOD, GOOD, BAD], guess);
  await side.gold(0, GOOD);
}

async function goOnGrading(side: Side) {
  clock.advanceMs(FRESH_MS);
  await side.gold(0, GOOD);
  await side.gold(1, GOOD);
  await side.gold(1, GOOD);
  await side.audit(GOOD);
  clock.advanceMs(FRESH_MS);
  await side.vote([GOOD, BAD, GOOD], guess);
  await side.vote([null, BAD, GOOD]);
  await side.vote([GOOD], { risk_tier: 'high' });
}

/** One worker is paused, another abandons tasks, and much evidence about all accumulates. */
async function judgeCoins(side: Side) {
  clock.advanceMs(FRESH_MS);
  for (let n = 0; n < 3; n++) await side.gold(0, NO);
  await side.gold(2, YES);
  await side.gold(2, YES);
  await side.vote([null, NO, YES], { agent_guess: { output: YES, confidence: 0.83 } });
  await side.audit(YES);
  for (let n = 0; n < 12; n++) await side.leave(1);
  await createDecidedCrowd({
    ...{ organization: side.organization, mode: 'live', type: TYPE, tasks: 60, labelled: 40 },
    workerIds: side.workers.map(({ workerId }) => workerId),
    sayOf: (worker, truth, task) => ((worker + task) % 3 === 0 ? truth : ((1 - truth) as 0 | 1)),
  });
  await refitType({ organizationId: side.organization.id, mode: 'live', type: TYPE });
}

const threeWorkers = () =>
  Promise.all(
    [0, 1, 2].map(() => workerActor({ mode: 'live', tier: 'high', online: true, capacity: 10 })),
  );

beforeAll(async () => {
  restore = useClock(clock);
  const workers = await threeWorkers();
  coinSide = await createSide(clock, { schema: coins, right: YES, golds: 3, workers });
  gradeSide = await createSide(clock, {
    schema: grades,
    right: { verdict: 'yes', grade: 7 },
    golds: 2,
    workers,
  });
  control = await createSide(clock, {
    ...{ schema: grades, right: { verdict: 'yes', grade: 7 }, golds: 2 },
    workers: await threeWorkers(),
  });
  const look = async (name: keyof typeof read, side: Side) => {
    read[name].push(await numbersOf(side, LATER));
  };
  await beginGrading(gradeSide);
  await beginGrading(control);
  await look('grades', gradeSide);
  await judgeCoins(coinSide);
  await look('grades', gradeSide);
  await look('coins', coinSide);
  await goOnGrading(gradeSide);
  await look('coins', coinSide);
  await look('grades', gradeSide);
  await goOnGrading(control);
  await look('control', control);
}, 240_000);
afterAll(() => restore());

describe('with one type name and other schemas', () => {
  it('what happens at one moves no number of the other', () => {
    expect(read.coins[0]).toMatchObject({
      'people.pauses': [expect.objectContaining({ type: TYPE })],
      'insight.models': { fields: [{ refits: [{ labelled: expect.any(Number) }] }] },
    });
    expect(read.grades[1]).toEqual(read.grades[0]);
    expect(read.coins[1]).toEqual(read.coins[0]);
    expect(read.grades[2]).not.toEqual(read.grades[1]);
  });

  it('what workers did for one makes them no other workers to the other', () => {
    expect(withoutNames(read.grades[2] ?? {})).toEqual(withoutNames(read.control[0] ?? {}));
  });
});
