/**
 * Each signal fires on honest work no more often than it promises. Honest work is simulated with
 * seeds, so a failure means a changed signal, not bad luck.
 */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../consensus/seeded-random';
import { normal, pick } from '../fixtures/random-values';
import { answerFacts, peer, stageContext } from '../fixtures/stage-context';
import { policyFor } from '../policy';
import { typeStatsOf } from '../type-stats';
import { duplicateText, pastedAnswer } from './content';
import { sameDevice, sameNetwork } from './device';
import { SIGNALS } from './index';
import { labelDrift } from './label-drift';
import { signatureSimilarity, textSignature } from './min-hash';
import { straightLining } from './pattern';
import type { Signal } from './signal';
import { belowTimeFloor, impossibleThroughput, timeFloorMs, unusuallyFast } from './timing';

const TRIALS = 4_000;
type Context = ReturnType<typeof stageContext>;

/** Share of simulated honest answers for which the signal fires. */
function falsePositives(signal: Signal, honest: (random: () => number) => Context): number {
  const random = seededRandom(42);
  let raised = 0;
  for (let i = 0; i < TRIALS; i++) if (signal.read(honest(random)).level !== 'none') raised++;
  return raised / TRIALS;
}

/** Target plus two standard errors of the simulation. */
function allowed(signal: Signal): number {
  const p = signal.falsePositiveTarget;
  return p + 2 * Math.sqrt((p * (1 - p)) / TRIALS);
}

const WORDS = (
  'the a this that product review refund order customer service quality price delivery shipping late ' +
  'early broken good bad fine great awful seems looks reads sounds genuine generated human machine ' +
  'because although while since when after before with without under policy allowed denied window days ' +
  'weeks month receipt damaged photo shows matches claim name date address number clear unclear partial ' +
  'honest specific vague detail praise complaint tone mixed neutral positive negative context enough'
).split(' ') as [string, ...string[]];

function sentence(random: () => number, words: number): string {
  return Array.from({ length: words }, () => pick(WORDS, random)).join(' ');
}

function drawLabel(shares: Record<string, number>, random: () => number): string {
  let left = random();
  for (const [label, share] of Object.entries(shares)) {
    left -= share;
    if (left < 0) return label;
  }
  return Object.keys(shares)[0] ?? '';
}

describe('signals keep their false-positive targets', () => {
  it('unusually_fast, with the distribution known from as few as twenty answers', () => {
    const rate = falsePositives(unusuallyFast, (random) => {
      const seconds = () => Math.exp(2.5 + 0.6 * normal(random));
      const sample = Array.from({ length: 20 + Math.floor(random() * 80) }, () => ({
        elapsedMs: 1_000 * seconds(),
        taskId: 't',
        choices: [],
      }));
      const typeStats = typeStatsOf(sample);
      return stageContext({ typeStats, answer: { elapsedMs: 1_000 * seconds() } });
    });
    expect(rate).toBeLessThanOrEqual(allowed(unusuallyFast));
  });

  it('below_time_floor, for a fast worker at the keyboard', () => {
    const rate = falsePositives(belowTimeFloor, (random) =>
      stageContext({ answer: { elapsedMs: 900 * Math.exp(0.35 * normal(random)) } }),
    );
    expect(rate).toBeLessThanOrEqual(allowed(belowTimeFloor));
  });

  it('impossible_throughput, for people who never pause, on quick types and unknown ones', () => {
    const sigma = 0.3;
    const rate = falsePositives(impossibleThroughput, (random) => {
      const known = random() < 0.5;
      const median = known ? 0.8 : Math.log(5);
      const typeStats = {
        ...stageContext().typeStats,
        logSecondsMedian: median,
        logSecondsMad: sigma / 1.4826,
        timedSize: known ? 200 : 0,
      };
      const perHour = 3_600 / Math.exp(median + sigma * normal(random));
      const recentAnswersPerHour = perHour + Math.sqrt(perHour) * normal(random);
      const worker = { ...stageContext().worker, recentAnswersPerHour };
      return stageContext({ typeStats, worker });
    });
    expect(rate).toBeLessThanOrEqual(allowed(impossibleThroughput));
  });

  it('the pace of a script is neither judged nor learnt from', () => {
    const worker = { ...stageContext().worker, recentAnswersPerHour: 1_000_000 };
    const quick = (isSimulated: boolean) =>
      stageContext({ worker, answer: { elapsedMs: 900, isSimulated } });
    for (const signal of [unusuallyFast, impossibleThroughput]) {
      expect(signal.read(quick(true)).level, signal.id).toBe('none');
      expect(signal.read(quick(false)).level, signal.id).not.toBe('none');
    }
    const person = { elapsedMs: 20_000, taskId: 't', choices: [] };
    const script = { ...person, elapsedMs: null };
    expect(typeStatsOf([person, script, script])).toMatchObject({
      ...{ timedSize: 1, sampleSize: 3, logSecondsMedian: Math.log(20) },
    });
    expect(typeStatsOf([script]).logSecondsMedian).toBeNull();
  });

  it('straight_lining, whatever the mix of the type', () => {
    const rate = falsePositives(straightLining, (random) => {
      const major = 0.5 + 0.45 * random();
      const shares = { '"genuine"': major, '"ai_generated"': 1 - major };
      const sample = Array.from({ length: 200 }, (_, n) => ({
        elapsedMs: 20_000,
        taskId: `t${n}`,
        choices: [drawLabel(shares, random)],
      }));
      const recentLabels = Array.from({ length: 60 }, () => drawLabel(shares, random));
      const verdict = JSON.parse(drawLabel(shares, random));
      return stageContext({
        typeStats: typeStatsOf(sample),
        worker: { ...stageContext().worker, recentLabels },
        answer: { output: { verdict } },
      });
    });
    expect(rate).toBeLessThanOrEqual(allowed(straightLining));
  });

  it('label_drift, with uneven labels, few and many others, and all of them alike in their mistakes', () => {
    const shares = { '"a"': 0.6, '"b"': 0.3, '"c"': 0.07, '"d"': 0.03 };
    const rate = falsePositives(labelDrift, (random) => {
      const accuracy = 0.6 + 0.4 * random();
      const labelMix = Array.from({ length: 30 + Math.floor(random() * 40) }, () => {
        const truth = drawLabel(shares, random);
        const said = () => (random() < accuracy ? truth : drawLabel(shares, random));
        const others = Array.from({ length: 1 + Math.floor(random() * 4) }, said);
        return { own: said(), others };
      });
      return stageContext({ worker: { ...stageContext().worker, labelMix } });
    });
    expect(rate).toBeLessThanOrEqual(allowed(labelDrift));
  });

  it('duplicate_text, among texts about the same things in the same words', () => {
    const random = seededRandom(9);
    const { minTextChars } = policyFor('low').anomaly;
    const otherTexts = Array.from({ length: 50 }, (_, i) => ({
      taskId: `t${i}`,
      workerId: `v${i}`,
      signature: textSignature(sentence(random, 20), minTextChars) ?? [],
    }));
    let raised = 0;
    for (let i = 0; i < 1_000; i++) {
      const output = { verdict: 'genuine', notes: sentence(random, 8 + Math.floor(random() * 20)) };
      const ctx = stageContext({ otherTexts, answer: { output } });
      if (duplicateText.read(ctx).level !== 'none') raised++;
    }
    expect(raised / 1_000).toBeLessThanOrEqual(duplicateText.falsePositiveTarget);
  });

  it('pasted_answer, among people who quote and who look things up', () => {
    const rate = falsePositives(pastedAnswer, (random) => {
      const telemetry = { pasteShare: 0.9 * random(), focusLossShare: random() };
      const notes = sentence(random, 12);
      return stageContext({ answer: { telemetry, output: { verdict: 'genuine', notes } } });
    });
    expect(rate).toBeLessThanOrEqual(allowed(pastedAnswer));
  });

  it('same_network, in a pool where one in five hundred shares a carrier address', () => {
    const rate = falsePositives(sameNetwork, (random) => {
      const network = () => `n${Math.floor(random() * 500)}`;
      const peers = Array.from({ length: 4 }, (_, i) =>
        peer(`p${i}`, 'genuine', { networkHash: network() }),
      );
      return stageContext({ peers, answer: { networkHash: network() } });
    });
    expect(rate).toBeLessThanOrEqual(allowed(sameNetwork));
  });
});

describe('signals see what they are for', () => {
  it('an answer faster than a reaction, or with the form open for less than that', () => {
    expect(belowTimeFloor.read(stageContext({ answer: { elapsedMs: 90 } })).level).toBe('strong');
    const telemetry = { activeMs: 0 };
    expect(belowTimeFloor.read(stageContext({ answer: { telemetry } })).level).toBe('strong');
  });

  it('has a floor that grows with the payload and ends at three seconds', () => {
    const small = timeFloorMs(stageContext());
    const large = timeFloorMs(stageContext({ task: { payload: { text: 'x'.repeat(10_000) } } }));
    const huge = timeFloorMs(stageContext({ task: { payload: { text: 'x'.repeat(250_000) } } }));
    expect(small).toBeLessThan(210);
    expect(large).toBeCloseTo(400, -1);
    expect(huge).toBe(3_000);
  });

  it('the time distribution only once twenty answers are known', () => {
    const fast = { elapsedMs: 700 };
    expect(unusuallyFast.read(stageContext({ answer: fast })).level).toBe('strong');
    const typeStats = { ...stageContext().typeStats, timedSize: 19 };
    expect(unusuallyFast.read(stageContext({ answer: fast, typeStats })).statistic).toBeNull();
  });

  it('a copied text, by another worker strong, by oneself weak, when short not at all', () => {
    const notes = 'This looks like a machine wrote it, because every sentence has the same length.';
    const answer = { output: { verdict: 'genuine', notes } };
    const signature = textSignature(`${notes.toUpperCase()}!`, 40) ?? [];
    const twin = { taskId: 'other', workerId: 'w9', signature };
    expect(duplicateText.read(stageContext({ answer, otherTexts: [twin] })).level).toBe('strong');
    const worker = { ...stageContext().worker, recentTexts: [{ ...twin, workerId: 'w1' }] };
    expect(duplicateText.read(stageContext({ answer, worker })).level).toBe('weak');
    expect(textSignature('looks fine', 40)).toBeNull();
    const sameTask = [{ ...twin, taskId: 'task-1' }];
    expect(duplicateText.read(stageContext({ answer, otherTexts: sameTask })).level).toBe('none');
  });

  it('MinHash estimates the overlap of shingles, also in scripts without spaces', () => {
    const random = seededRandom(4);
    const text = sentence(random, 60);
    const halves = `${text.split(' ').slice(0, 30).join(' ')} ${sentence(random, 30)}`;
    const a = textSignature(text, 40) ?? [];
    const b = textSignature(halves, 40) ?? [];
    expect(signatureSimilarity(a, a)).toBe(1);
    expect(signatureSimilarity(a, b)).toBeGreaterThan(0.15);
    expect(signatureSimilarity(a, b)).toBeLessThan(0.55);
    const chinese =
      '这条评论看起来是真实顾客写的因为细节很具体而且语气自然没有重复的句式结构所以我认为它是真实可信的评论内容';
    expect(textSignature(chinese, 40)).not.toBeNull();
  });

  it('one device or network behind two workers, colleagues exempt from the latter', () => {
    const peers = [peer('w2', 'genuine', { deviceHash: 'd', networkHash: 'n' })];
    const answer = { deviceHash: 'd', networkHash: 'n' };
    expect(sameDevice.read(stageContext({ peers, answer })).level).toBe('strong');
    expect(sameNetwork.read(stageContext({ peers, answer })).level).toBe('weak');
    const colleagues = stageContext({ peers, answer, task: { pool: 'organization' } });
    expect(sameNetwork.read(colleagues).level).toBe('none');
    const unknown = stageContext({ peers: [peer('w2', 'genuine')], answer: answerFacts() });
    expect(sameDevice.read(unknown).level).toBe('none');
  });

  it('forty equal answers in a row on a type of two even labels', () => {
    const recentLabels = Array.from({ length: 39 }, () => '"genuine"');
    const worker = { ...stageContext().worker, recentLabels };
    expect(straightLining.read(stageContext({ worker })).level).toBe('strong');
  });

  it('ten thousand answers in an hour', () => {
    const worker = { ...stageContext().worker, recentAnswersPerHour: 10_000 };
    expect(impossibleThroughput.read(stageContext({ worker })).level).toBe('strong');
  });

  it('a worker who gives one label more often than others do on the same tasks', () => {
    const read = (shifted: number) => {
      const random = seededRandom(11);
      const labelMix = Array.from({ length: 100 }, () => {
        const truth = random() < 0.5 ? 'a' : 'b';
        return { own: random() < shifted ? 'a' : truth, others: [truth, truth] };
      });
      return labelDrift.read(stageContext({ worker: { ...stageContext().worker, labelMix } }));
    };
    expect(read(0).level).toBe('none');
    expect(read(0.18).level).toBe('weak');
    expect(read(0.9).level).toBe('strong');
    expect(labelDrift.read(stageContext()).statistic).toBeNull();
  });

  it('each documents its null hypothesis and target', () => {
    for (const signal of SIGNALS) {
      expect(signal.nullHypothesis.length).toBeGreaterThan(20);
      expect(signal.falsePositiveTarget).toBeGreaterThan(0);
      expect(signal.falsePositiveTarget).toBeLessThanOrEqual(0.02);
    }
    expect(new Set(SIGNALS.map((signal) => signal.id)).size).toBe(SIGNALS.length);
  });
});
