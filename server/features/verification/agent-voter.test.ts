import { describe, expect, it } from 'vitest';
import { AGENT_VOTERS, guessOf } from './agent-voter';
import { type GoldRecord, goldEvidence } from './fixtures/gold-evidence';
import { peer, REVIEW_SCHEMA, redundancy, stageContext } from './fixtures/stage-context';
import { judge } from './judge';
import type { Judgement } from './stage';

const GOOD: GoldRecord = { golds: 60, accuracy: 0.95 };
const MIDDLING: GoldRecord = { golds: 30, accuracy: 0.8 };

function judged(options: {
  guess?: string;
  agent?: GoldRecord;
  agentVotes?: boolean;
  asked?: Parameters<typeof redundancy>[0];
  peers?: ReturnType<typeof peer>[];
}): Judgement {
  const { guess, agent, agentVotes = false, asked = {}, peers = [] } = options;
  const [workerId = ''] = AGENT_VOTERS.slice(-1);
  const evidence = goldEvidence(REVIEW_SCHEMA, {
    w1: MIDDLING,
    w2: MIDDLING,
    ...(agent ? { [workerId]: agent } : {}),
  });
  return judge(
    stageContext({
      evidence,
      peers,
      task: { redundancy: redundancy(asked), agentVotes },
      ...(guess ? { guess: { workerId, output: { verdict: guess }, bucket: 9 } } : {}),
    }),
  );
}

const agentDetails = ({ verdicts }: Judgement) => verdicts[4]?.details?.agent;

describe('an agent’s guess', () => {
  it('is another voter for each tenth of its confidence', () => {
    const of = (confidence: number) => guessOf({ agentGuess: { output: {}, confidence } });
    expect(of(0.05)?.bucket).toBe(0);
    expect(of(0.9)?.bucket).toBe(9);
    expect(of(1)?.workerId).toBe(AGENT_VOTERS[9]);
    expect(new Set(AGENT_VOTERS).size).toBe(10);
    expect(guessOf({ agentGuess: { output: {} } })).toBeNull();
    expect(guessOf({ agentGuess: null })).toBeNull();
  });

  it('weighs nothing before twenty labelled tasks, and says so', () => {
    const without = judged({});
    for (const agent of [undefined, { golds: 18, accuracy: 1 }]) {
      const judgement = judged({ guess: 'genuine', ...(agent ? { agent } : {}) });
      expect(agentDetails(judgement)).toMatchObject({ weighs: false, agrees: true });
      expect(judgement.confidence).toBeCloseTo(without.confidence ?? 0, 1);
      expect(agentDetails(judgement)).not.toHaveProperty('confidenceWithout');
    }
  });

  it('then makes an answer surer or less sure, and is neither the answer nor dissent', () => {
    const without = judged({ agent: GOOD }).confidence ?? 0;
    const agreeing = judged({ agent: GOOD, guess: 'genuine' });
    const other = judged({ agent: GOOD, guess: 'uncertain' });
    expect(agreeing.confidence).toBeGreaterThan(without);
    expect(other.confidence).toBeLessThan(without);
    for (const judgement of [agreeing, other]) {
      expect(judgement.output).toEqual({ verdict: 'genuine' });
      expect(judgement.dissent).toEqual([]);
    }
    expect(agentDetails(other)).toMatchObject({ bucket: 9, weighs: true, agrees: false });
  });

  it('that the schema refuses says nothing', () => {
    const ctx = stageContext({
      guess: { workerId: AGENT_VOTERS[9] ?? '', output: 'yes', bucket: 9 },
      validateOutput: (output) =>
        typeof output === 'object' ? { ok: true } : { ok: false, errors: [] },
    });
    expect(agentDetails(judge(ctx))).toBeUndefined();
  });
});

describe('the votes bought', () => {
  const asked = { minVotes: 1, maxVotes: 3, targetConfidence: 0.75, voteValue: 0 };

  it('are as many as without the guess, unless the type lets it stand in for some', () => {
    const given = { agent: GOOD, guess: 'genuine', asked };
    expect(judged({ ...given }).outcome).toBe('need_vote');
    const trusting = judged({ ...given, agentVotes: true });
    expect(trusting.outcome).toBe('verified');
    expect(trusting.confidence).toBeGreaterThan(0.75);
  });

  it('are never fewer than the minimum', () => {
    const least = { ...asked, minVotes: 2 };
    const given = { agent: GOOD, guess: 'genuine', asked: least, agentVotes: true };
    expect(judged(given).outcome).toBe('need_vote');
    const two = judged({ ...given, peers: [peer('w2', 'genuine')] });
    expect(two.outcome).toBe('verified');
  });
});
