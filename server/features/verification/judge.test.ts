import { describe, expect, it } from 'vitest';
import { seededRandom } from './consensus/seeded-random';
import { goldEvidence } from './fixtures/gold-evidence';
import { pick } from './fixtures/random-values';
import { peer, REVIEW_SCHEMA, redundancy, stageContext } from './fixtures/stage-context';
import { judge, runStage } from './judge';
import {
  type AnswerFacts,
  type Judgement,
  type RiskTier,
  STAGE_NAMES,
  type Verdict,
} from './stage';
import { STAGES } from './stages';

function kinds(judgement: Judgement): string {
  return judgement.verdicts.map((verdict) => verdict.verdict).join(' ');
}

const TIERS: [RiskTier, ...RiskTier[]] = ['low', 'medium', 'high', 'critical'];
const HIGH = redundancy({ minVotes: 3, maxVotes: 5 });
const high = { riskTier: 'high' as const, redundancy: HIGH };
const UNPROVEN = { ...stageContext().worker, gold: { correct: 0, total: 0 } };

describe('an honest answer', () => {
  it('passes all six stages and becomes the output', () => {
    const judgement = judge(
      stageContext({ task: { rules: [{ id: 'r', require: true, message: 'm' }] } }),
    );
    expect(kinds(judgement)).toBe('pass pass pass pass pass pass');
    expect(judgement).toMatchObject({ outcome: 'verified', output: { verdict: 'genuine' } });
    // Nothing is known of the worker in this field, so it is surer than chance, and below .75.
    expect(judgement.confidence).toBeGreaterThan(1 / 3);
    expect(judgement.confidence).toBeLessThan(0.75);
    expect(judgement.confidenceBasis).toBe('uncalibrated');
    expect(judgement.dissent).toEqual([]);
  });

  it('of a newcomer passes where one vote is all there is', () => {
    for (const riskTier of ['low', 'medium'] as const) {
      const judgement = judge(stageContext({ task: { riskTier }, worker: UNPROVEN }));
      expect(judgement.outcome).toBe('verified');
      expect(judgement.auditRequested).toBe(false);
    }
  });

  it('reports the six stages in order, whatever happens', () => {
    expect(STAGES.map((stage) => stage.name)).toEqual([...STAGE_NAMES]);
    const judgement = judge(stageContext());
    expect(judgement.verdicts.map((verdict) => verdict.stage)).toEqual([...STAGE_NAMES]);
  });
});

describe('anomalies', () => {
  const SCRIPTED = { activeMs: 0, pasteShare: 1, focusLossShare: 0.9 };

  it('too fast and pasted from elsewhere rejects, whatever the draw and the tier', () => {
    for (const riskTier of TIERS) {
      const answer = { elapsedMs: 40, telemetry: SCRIPTED };
      const judgement = judge(stageContext({ task: { riskTier }, answer, qaDraw: 0 }));
      expect(judgement).toMatchObject({
        outcome: 'reject',
        reason: { code: 'anomalous_behaviour' },
      });
    }
  });

  it('one signal alone never rejects, however strong', () => {
    const random = seededRandom(2);
    for (let i = 0; i < 200; i++) {
      const riskTier = pick(TIERS, random);
      const answer = pick<Partial<AnswerFacts>>(
        [
          { elapsedMs: 1 },
          { telemetry: { pasteShare: 1, focusLossShare: 1 } },
          { deviceHash: 'd', networkHash: 'n' },
        ],
        random,
      );
      const peers = [peer('w2', 'genuine', { deviceHash: 'd', networkHash: 'n' })];
      const asked = redundancy({
        minVotes: 2,
        maxVotes: pick([2, 5], random),
        targetConfidence: 0.9,
      });
      const judgement = judge(
        stageContext({ task: { riskTier, redundancy: asked }, answer, peers }),
      );
      expect(judgement.outcome).not.toBe('reject');
    }
  });

  it('asks for a vote, then a reviewer where stakes are high, else for a look afterwards', () => {
    const answer = { elapsedMs: 1 };
    const more = judge(stageContext({ task: high, answer }));
    expect(more.outcome).toBe('need_vote');
    const last = judge(stageContext({ task: high, answer, votesRemaining: 0 }));
    expect(last.outcome).toBe('need_review');
    const cheap = judge(stageContext({ answer }));
    expect(cheap).toMatchObject({ outcome: 'verified', auditRequested: true });
  });

  it('two signals of one family are one', () => {
    const worker = { ...stageContext().worker, recentAnswersPerHour: 100_000 };
    const judgement = judge(stageContext({ worker, answer: { elapsedMs: 1 } }));
    expect(judgement.outcome).toBe('verified');
  });
});

describe('golds', () => {
  const gold = { goldExpected: { verdict: 'genuine' } };

  it('decide by the known answer alone; remarks need not be the same', () => {
    const output = { verdict: 'genuine', notes: 'my own words' };
    const right = judge(stageContext({ task: gold, answer: { output } }));
    expect(kinds(right)).toBe('pass skipped pass pass skipped skipped');
    expect(right).toMatchObject({ outcome: 'verified', output });
    const wrong = judge(stageContext({ task: gold, answer: { output: { verdict: 'uncertain' } } }));
    expect(wrong).toMatchObject({ outcome: 'reject', reason: { code: 'gold_mismatch' } });
  });

  it('say why to whoever was wrong, and to nobody else', () => {
    const task = { ...gold, goldExplanation: 'It names the shop.' };
    const wrong = judge(stageContext({ task, answer: { output: { verdict: 'uncertain' } } }));
    expect(wrong.reason?.message).toContain('It names the shop.');
    expect(JSON.stringify(judge(stageContext({ task })))).not.toContain('It names');
  });

  it('are settled at once in every tier: no doubt buys a vote, a reviewer or a second look', () => {
    const rules = [{ id: 'broken', require: { no_such_operator: [1] }, message: '' }];
    const asked = redundancy({ minVotes: 1, maxVotes: 1, targetConfidence: 0.99 });
    for (const riskTier of ['low', 'medium', 'high', 'critical'] as const) {
      const judgement = judge(
        stageContext({
          task: { ...gold, riskTier, rules, redundancy: asked },
          answer: { elapsedMs: 1 },
          qaDraw: 0,
        }),
      );
      expect(judgement).toMatchObject({ outcome: 'verified', auditRequested: false });
    }
  });

  it('thin evidence buys one vote more than the minimum, not all', () => {
    const peers = ['a', 'b', 'c', 'd'].map((id) => peer(id, 'genuine'));
    const at = (n: number) =>
      judge(stageContext({ task: high, worker: UNPROVEN, peers: peers.slice(0, n) }));
    expect(at(2).outcome).toBe('need_vote');
    expect(at(3).outcome).toBe('verified');
  });

  it('pauses the skill of a worker who is proven wrong too often', () => {
    const gold = { correct: 2, total: 20 };
    const worker = { ...UNPROVEN, gold, goldSince: gold };
    const verdict = judge(stageContext({ worker })).verdicts[3];
    expect(verdict?.details).toMatchObject({ pauseSkill: true, auditRequested: true });
  });
});

describe('consensus', () => {
  it('waits for the minimum, then for confidence, and returns what the others said', () => {
    const record = { golds: 20, accuracy: 1 };
    const evidence = goldEvidence(REVIEW_SCHEMA, { a: record, b: record, w1: record });
    const first = judge(stageContext({ task: high }));
    expect(first.outcome).toBe('need_vote');
    const peers = [peer('a', 'genuine'), peer('b', 'uncertain')];
    const split = judge(stageContext({ task: high, peers, evidence }));
    expect(split.outcome).toBe('need_vote');
    const agreed = judge(
      stageContext({
        task: high,
        peers: [peer('a', 'genuine'), peer('b', 'genuine')],
        evidence,
      }),
    );
    expect(agreed.outcome).toBe('verified');
    expect(agreed.confidence).toBeGreaterThan(split.confidence ?? 1);
    expect(agreed.dissent).toEqual([{ verdict: 'genuine' }, { verdict: 'genuine' }]);
  });

  it('sends a tie at the last vote to a reviewer in every tier', () => {
    for (const riskTier of ['low', 'medium', 'high'] as const) {
      const asked = redundancy({ minVotes: 2, maxVotes: 2, targetConfidence: 0.9 });
      const judgement = judge(
        stageContext({
          task: { riskTier, redundancy: asked },
          peers: [peer('w2', 'uncertain')],
        }),
      );
      expect(judgement.outcome).toBe('need_review');
    }
  });
});

describe('the spot check', () => {
  it('always waits for a reviewer on critical tasks, but only once the votes are in', () => {
    const once = redundancy({ maxVotes: 5, targetConfidence: 0.5 });
    const task = { riskTier: 'critical' as const, redundancy: once };
    const worker = { ...UNPROVEN, gold: { correct: 200, total: 200 } };
    expect(judge(stageContext({ task, worker })).outcome).toBe('need_review');
    expect(judge(stageContext({ task: { ...task, redundancy: HIGH } })).outcome).toBe('need_vote');
  });

  it('samples by tier without blocking', () => {
    const random = seededRandom(6);
    for (const [riskTier, share] of [
      ['low', 0.01],
      ['medium', 0.03],
      ['high', 0.1],
    ] as const) {
      const ctx = stageContext({ task: { riskTier } });
      const drawn = Array.from({ length: 5_000 }, () => judge({ ...ctx, qaDraw: random() }));
      expect(drawn.every((judgement) => judgement.outcome === 'verified')).toBe(true);
      const sampled = drawn.filter((judgement) => judgement.auditRequested).length / drawn.length;
      expect(Math.abs(sampled - share)).toBeLessThan(0.015);
    }
  });

  it('keeps the review that an earlier answer to the task asked for', () => {
    const asked = redundancy({ minVotes: 2, maxVotes: 2, targetConfidence: 0.5 });
    const peers = [peer('w2', 'genuine', { reviewRequested: true })];
    expect(judge(stageContext({ task: { redundancy: asked }, peers })).outcome).toBe('need_review');
  });

  const disputed = { answer: { elapsedMs: 1 }, task: high, votesRemaining: 0 };

  it('takes the word of a reviewer over every doubt', () => {
    const accepted = judge(stageContext({ ...disputed, review: { decision: 'accept' } }));
    expect(accepted).toMatchObject({ outcome: 'verified', output: { verdict: 'genuine' } });
    const output = { verdict: 'ai_generated' };
    const corrected = judge(stageContext({ ...disputed, review: { decision: 'correct', output } }));
    expect(corrected).toMatchObject({ outcome: 'verified', output, confidence: 0.99 });
    expect(corrected.dissent).toEqual([{ verdict: 'genuine' }]);
    // The reviewer's choice is not dissent, because voters had given it too.
    const peers = [peer('w2', 'ai_generated'), peer('w3', 'uncertain')];
    const decided = judge(
      stageContext({ ...disputed, peers, review: { decision: 'correct', output } }),
    );
    expect(decided.dissent).toHaveLength(2);
    expect(decided.dissent).not.toContainEqual(output);
    // The accepted value is delivered even if evidence has changed the votes since it was shown.
    const shown = judge(stageContext({ ...disputed, review: { decision: 'accept', output } }));
    expect(shown).toMatchObject({ outcome: 'verified', output });
    const refused = judge(stageContext({ review: { decision: 'reject', note: 'Wrong photo.' } }));
    expect(refused).toMatchObject({ outcome: 'reject', reason: { message: 'Wrong photo.' } });
  });

  it('does not take a correction that the schema refuses', () => {
    const judgement = judge(
      stageContext({
        review: { decision: 'correct', output: { verdict: 'nonsense' } },
        validateOutput: (output) =>
          (output as { verdict: string }).verdict === 'genuine'
            ? { ok: true }
            : { ok: false, errors: [{ pointer: '/verdict', message: 'is unknown' }] },
      }),
    );
    expect(judgement).toMatchObject({
      outcome: 'need_review',
      reason: { code: 'invalid_correction' },
    });
  });
});

describe('judging is a pure function', () => {
  it('gives equal judgements for equal facts, stage by stage or at once, and changes nothing', () => {
    const random = seededRandom(8);
    for (let i = 0; i < 300; i++) {
      const riskTier = pick(TIERS, random);
      const maxVotes = 1 + Math.floor(random() * 5);
      const votes = Array.from({ length: Math.floor(random() * maxVotes) }, (_, v) =>
        peer(`p${v}`, pick(['genuine', 'ai_generated', 'uncertain'], random)),
      );
      const ctx = stageContext({
        task: {
          riskTier,
          redundancy: redundancy({ minVotes: 1, maxVotes, targetConfidence: 0.9 }),
        },
        peers: votes,
        qaDraw: random(),
        answer: { elapsedMs: 30_000 * random() ** 6 },
        worker: { ...UNPROVEN, gold: { correct: Math.floor(random() * 9), total: 9 } },
      });
      const before = JSON.stringify(ctx);
      const judgement = judge(ctx);
      expect(JSON.stringify(ctx)).toBe(before);
      expect(judge(ctx)).toEqual(judgement);
      const stepwise: Verdict[] = [];
      for (const stage of STAGES) {
        stepwise.push(JSON.parse(JSON.stringify(runStage(stage, ctx, stepwise))));
      }
      expect(stepwise).toEqual(JSON.parse(JSON.stringify(judgement.verdicts)));
      expect(judgement.confidence ?? 0.5).toBeGreaterThan(0);
      expect(judgement.confidence ?? 0.5).toBeLessThanOrEqual(1);
      if (ctx.votesRemaining === 0) expect(judgement.outcome).not.toBe('need_vote');
    }
  });
});
