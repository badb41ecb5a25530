/**
 * The two signals based on a worker's track record: their power, and their error rate over all
 * looks together.
 */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../consensus/seeded-random';
import { stageContext } from '../fixtures/stage-context';
import { policyFor } from '../policy';
import type { TrackedAnswer } from '../stage';
import { inattention, lowAccuracy } from './low-accuracy';
import { repeatedAnswers, repeatedPartners } from './repeated-answers';

const { attention, accuracyAlpha } = policyFor('medium').anomaly;
const ENOUGH = -Math.log(accuracyAlpha);
/** The signal is evaluated after each of these numbers of answers. */
const LOOK = 4;
const GOLD = { expected: 0.9, chance: 1 / 3, weighs: true };
const SHARED = { expected: 0.8, chance: 0.4, weighs: true };

type Random = () => number;

/** One gold for three tasks that others answer too; `looks` at these numbers of earlier answers. */
function trackOf(answers: number, looks: (n: number) => number, random: Random): TrackedAnswer[] {
  return Array.from({ length: answers }, (_, n) => {
    const usual = n % 4 === 0 ? GOLD : { ...SHARED, with: `p${Math.floor(random() * 40)}` };
    const share = looks(n);
    const p = share * usual.expected + (1 - share) * usual.chance;
    return { ...usual, score: Number(random() < p) };
  });
}

/** The number of answers after which the signal first fires; null if never. */
function foundAfter(track: readonly TrackedAnswer[]): number | null {
  for (let n = LOOK; n <= track.length; n += LOOK) {
    if (inattention(track.slice(0, n), attention, true).logEvidence >= ENOUGH) return n;
  }
  return null;
}

describe('low accuracy', () => {
  const random = seededRandom(5);
  const foundOf = (workers: number, answers: number, looks: (n: number) => number) =>
    Array.from({ length: workers }, () => foundAfter(trackOf(answers, looks, random)));

  it('is found of hardly anybody who looks at just as many tasks as is usual enough, at all looks', () => {
    const found = foundOf(200, 120, () => attention).filter((n) => n !== null);
    // The bound is one in a hundred, and two standard errors above it.
    expect(found.length / 200).toBeLessThanOrEqual(0.024);
  });

  it('is found of who guesses, within 60 answers, and of most of who looks at half of the tasks', () => {
    const guessing = foundOf(30, 60, () => 0);
    expect(guessing.every((n) => n !== null && n <= 60)).toBe(true);
    const sloppy = foundOf(30, 160, () => 0.5).filter((n) => n !== null);
    expect(sloppy.length).toBeGreaterThanOrEqual(20);
  });

  it('is found of who stops looking, and says since when', () => {
    const drifting = foundOf(30, 160, (n) => (n < 80 ? 1 : 0));
    const after = drifting.filter((n) => n !== null && n > 80);
    expect(after.length).toBeGreaterThanOrEqual(28);
    const track = trackOf(150, (n) => (n < 80 ? 1 : 0), random);
    const reading = lowAccuracy.read(contextOf(track));
    expect(reading.level).toBe('weak');
    expect(reading.answers).toBeGreaterThan(50);
    expect(reading.answers).toBeLessThan(90);
  });

  it('is never strong, and nothing where nothing is known', () => {
    const wrong = trackOf(200, () => 0, random);
    expect(lowAccuracy.read(contextOf(wrong)).level).toBe('weak');
    expect(lowAccuracy.read(contextOf([])).statistic).toBeNull();
  });

  it('does not count agreement with somebody who is met far more often than others', () => {
    const bad = trackOf(80, () => 0, random);
    const friend = { ...SHARED, score: 1, with: 'friend', weighs: false };
    const track = bad.flatMap((answer) => [answer, friend]);
    expect(foundAfter(track)).not.toBeNull();
  });
});

/** Tasks shared by a worker with one partner, and with others. */
function sharedTasks(pair: number[], rest: number[]): TrackedAnswer[] {
  return [
    ...pair.map((score) => ({ ...SHARED, score, with: 'p', weighs: false })),
    ...rest.map((score, n) => ({ ...SHARED, score, with: `o${n}` })),
  ];
}

function contextOf(track: readonly TrackedAnswer[]) {
  const { worker, typeStats } = stageContext();
  return stageContext({
    worker: { ...worker, track },
    typeStats: { ...typeStats, agreement: { share: 0.8, labels: {} } },
  });
}

describe('repeated answers', () => {
  const random = seededRandom(6);
  const draws = (n: number, p: number) => Array.from({ length: n }, () => Number(random() < p));
  const isFound = (track: readonly TrackedAnswer[]) =>
    repeatedPartners(contextOf(track), accuracyAlpha).length > 0;

  it('are found of two who always say the same, where others often say something else', () => {
    const reading = repeatedAnswers.read(contextOf(sharedTasks(draws(20, 1), draws(60, 0.45))));
    expect(reading).toMatchObject({ level: 'weak', workers: ['p'] });
  });

  it('are found of a ring sooner than of a pair', () => {
    const ring = sharedTasks(draws(24, 1), draws(60, 0.5)).map((answer, n) =>
      n < 24 ? { ...answer, with: `ring${n % 2}` } : answer,
    );
    const one = ring.filter(({ with: other }) => other !== 'ring1');
    expect(isFound(one)).toBe(false);
    expect(isFound(ring)).toBe(true);
  });

  it('are not found of two who are right alike, nor of a worker’s only partner', () => {
    expect(isFound(sharedTasks(draws(60, 0.97), draws(60, 0.86)))).toBe(false);
    expect(isFound(sharedTasks(draws(60, 1), draws(5, 0)))).toBe(false);
  });

  it('are found of hardly anybody who answers alone beside somebody who is always right', () => {
    let found = 0;
    for (let worker = 0; worker < 150; worker++) {
      const accuracy = 0.4 + 0.55 * random();
      const others = 0.9;
      const agreed = accuracy * others + ((1 - accuracy) * (1 - others)) / 2;
      const pair = draws(40, accuracy);
      const rest = draws(60, agreed);
      const looks = [8, 12, 16, 20, 25, 30, 35, 40];
      found += Number(
        looks.some((n) => isFound(sharedTasks(pair.slice(0, n), rest.slice(0, 1.5 * n)))),
      );
    }
    expect(found / 150).toBeLessThanOrEqual(0.02);
  });
});
