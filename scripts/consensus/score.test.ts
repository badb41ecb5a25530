import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { CROWD_SETS_PRESENT } from '@/server/features/verification/fixtures/crowd-sets';
import { chooseGolds } from './choose-golds';
import { readAnswers, readTruth } from './read-votes';
import { scoreLabels } from './score-labels';
import { scoreNumbers } from './score-numbers';

const folder = mkdtempSync(join(tmpdir(), 'consensus-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, text);
  return path;
}

describe.runIf(CROWD_SETS_PRESENT)('public sets, golds in rows 0, 10, 20 …', () => {
  const score = (name: string, method: 'majority' | 'gnb' | 'auto') => {
    const truth = readTruth(`../shared/crowd/${name}.truth.csv`);
    const golds = chooseGolds('every:10', [...truth.keys()], 1);
    return scoreLabels(readAnswers(`../shared/crowd/${name}.answers.csv`), truth, {
      method,
      golds,
      seed: 1,
    });
  };

  it.each([
    ['rte', 'majority', '0.8965'],
    ['rte', 'gnb', '0.9194'],
    ['bluebirds', 'majority', '0.7320'],
    ['bluebirds', 'gnb', '0.8557'],
    ['weather-cf', 'majority', '0.8747'],
    ['weather-cf', 'gnb', '0.8778'],
  ] as const)('%s by %s is right in %s', (name, method, accuracy) => {
    expect(score(name, method).accuracy?.toFixed(4)).toBe(accuracy);
  });

  it('naive Bayes gives the published posteriors, and calibration errors', () => {
    const rte = score('rte', 'gnb');
    const weather = score('weather-cf', 'gnb');
    const t2 = ({ tasks }: typeof rte) =>
      Object.values(tasks.find(({ task }) => task === 't2')?.posterior ?? {}).map((p) =>
        p.toFixed(6),
      );
    expect(t2(rte)[0]).toBe('0.999912');
    expect(t2(weather)).toEqual(['0.006526', '0.182731', '0.000232', '0.014618', '0.795893']);
    expect(rte.ece?.toFixed(3)).toBe('0.027');
    expect([weather.ece_raw?.toFixed(3), weather.ece?.toFixed(3)]).toEqual(['0.080', '0.029']);
  });

  it('the average of the methods is near the best of them, and says what it is worth', () => {
    const reports = ['rte', 'bluebirds', 'weather-cf'].map((name) => score(name, 'auto'));
    const mean = reports.reduce((sum, { accuracy }) => sum + (accuracy ?? 0), 0) / 3;
    expect(mean).toBeGreaterThan(0.88);
    for (const { ece, ece_raw } of reports) expect(ece ?? 1).toBeLessThan(ece_raw ?? 0);
  });
});

test('without golds every vote weighs the same, and a tie counts as a random pick', () => {
  const answers = readAnswers(file('task,worker,label\na,1,x\na,2,y\nb,1,x\nb,2,x\n'));
  const truth = new Map([
    ['a', 'x'],
    ['b', 'x'],
  ]);
  const report = scoreLabels(answers, truth, { method: 'gnb', golds: new Set(), seed: 1 });
  expect(report.accuracy).toBe(0.75);
  expect(report.confidence_basis).toBe('uncalibrated');
});

test('a task whose truth was told is not scored', () => {
  const answers = readAnswers(file('worker,task,label,more\n1,a,x,0\n1,b,x,0\n'));
  const truth = new Map([
    ['a', 'x'],
    ['b', 'x'],
  ]);
  const report = scoreLabels(answers, truth, { method: 'auto', golds: new Set(['a']), seed: 1 });
  expect([report.scored, report.golds]).toEqual([1, 1]);
});

test('numbers: who was near on golds weighs more, and what lies far outside is dropped', () => {
  const tasks = Array.from({ length: 12 }, (_, t) => t);
  const answers = tasks.flatMap((t) => [
    { task: `t${t}`, worker: 'good', label: String(t * 10) },
    { task: `t${t}`, worker: 'off', label: String(t * 10 + 8) },
    { task: `t${t}`, worker: 'fair', label: String(t * 10 - 2) },
    ...(t === 11 ? [{ task: 't11', worker: 'wild', label: '90000' }] : []),
  ]);
  const truth = new Map(tasks.map((t) => [`t${t}`, String(t * 10)]));
  const golds = new Set(tasks.slice(0, 8).map((t) => `t${t}`));
  const told = scoreNumbers(answers, truth, golds);
  const untold = scoreNumbers(answers, truth, new Set());
  expect(told.error_percent ?? 9).toBeLessThan((untold.error_percent ?? 0) / 2);
  expect(untold.tasks.at(-1)?.value).toBeCloseTo(112, 5);
});

test('golds are every so manieth row, a share by seed, or none', () => {
  const tasks = ['a', 'b', 'c', 'd'];
  expect([...chooseGolds('every:2', tasks, 1)]).toEqual(['a', 'c']);
  expect(chooseGolds('0.5', tasks, 1).size).toBe(2);
  expect(chooseGolds('0.5', tasks, 7)).toEqual(chooseGolds('0.5', tasks, 7));
  expect(chooseGolds('none', tasks, 1).size).toBe(0);
  expect(() => chooseGolds('much', tasks, 1)).toThrow('not "much"');
});

test('files that are not what is asked for are refused in words', () => {
  expect(() => readAnswers(join(folder, 'none.csv'))).toThrow('cannot be read');
  expect(() => readAnswers(file('task,label\na,x\n'))).toThrow('has no column "worker"');
  expect(() => readTruth(file('task,label\n"a,x\n'))).toThrow('is not CSV');
  const words = readAnswers(file('task,worker,label\na,1,much\n'));
  expect(() => scoreNumbers(words, new Map(), new Set())).toThrow('not a number');
});
