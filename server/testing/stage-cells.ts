import { expect } from 'vitest';
import type { Task } from '../features/tasks/schema';

export const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: ['real', 'fake'] }, why: { type: 'string' } },
};
export const REAL = { verdict: 'real' };
const FAKE = { verdict: 'fake' };
/** Arrives after the first check. */
const LATER = { delay: 3_600 };
const HASTY = { behaviour: 'hasty' };
const BOT = { behaviour: 'bot' };
export const votes = (min_votes: number, max_votes = min_votes) => ({ min_votes, max_votes });
const waits = { decision: 'wait' };

const NUMBERS = Array.from({ length: 12_000 }, (_, n) => n % 10);
const COMPARED = Array.from({ length: 45 }, (_, n) => ({ '<': [{ var: '' }, 1_000 + n] }));
/**
 * Task types by name; the test adds those with a check URL, because it knows the receiver's port.
 */
export const TYPES = {
  plain: {},
  ruled: {
    rules: [
      {
        id: 'explained',
        when: { '==': [{ var: 'output.verdict' }, 'fake'] },
        require: { '!!': [{ var: 'output.why' }] },
        message: 'Say why it is a fake.',
      },
      {
        id: 'endless',
        when: { '!!': [{ var: 'payload.numbers' }] },
        require: { all: [{ var: 'payload.numbers' }, { and: COMPARED }] },
        message: 'Too large.',
      },
    ],
  },
  audited: { policy: { qa: { sampleRate: 1 } } },
  known: {
    gold_rate: 1,
    policy: { gold: { priorStrength: 1, pauseMinGolds: 20 }, qa: { sampleRate: 0 } },
  },
};
/** One result of a stage, and how to produce it. */
export interface Cell {
  /** The stage, its verdict, and the reason. */
  says: [stage: string, verdict: string, reason: string | null];
  type?: string;
  ask: object;
  /** The report of all stages, from the first on: p(ass), r(eject), v(ote), l(ook), s(kipped). */
  report: string;
  status: Task['status'];
  /** The task's final state after all answers. */
  ends?: Partial<Task>;
}

export const CELLS: Cell[] = [
  {
    says: ['schema', 'pass', null],
    // The form rejects the first worker's answer, so that it never reaches the rejection.
    ask: { sandbox: { workers: [{ answers: [{ verdict: 'neither' }] }, { answers: [REAL] }] } },
    report: 'pspppp',
    status: 'verified',
    ends: { output: REAL, votes_used: 1 },
  },
  {
    says: ['rules', 'pass', null],
    type: 'ruled',
    ask: { sandbox: { answer: REAL, workers: [{}] } },
    report: 'pppppp',
    status: 'verified',
  },
  {
    says: ['rules', 'reject', 'rule_broken'],
    type: 'ruled',
    ask: { sandbox: { workers: [{ answers: [FAKE] }, { ...LATER, answers: [REAL] }] } },
    report: 'prssss',
    status: 'assigned',
    ends: { status: 'verified', output: REAL },
  },
  {
    says: ['rules', 'need_review', 'rule_error'],
    type: 'ruled',
    ask: {
      payload: { numbers: NUMBERS },
      sandbox: { answer: REAL, workers: [{}], reviewer: waits },
    },
    report: 'plpppl',
    status: 'submitted',
  },
  {
    says: ['rules', 'pass', null],
    type: 'check_pass',
    ask: { sandbox: { answer: REAL, workers: [{}] } },
    report: 'pppppp',
    status: 'verified',
  },
  {
    says: ['rules', 'reject', 'check_rejected'],
    type: 'check_reject',
    ask: { sandbox: { answer: REAL, workers: [{}, LATER] } },
    report: 'prssss',
    status: 'assigned',
    ends: { status: 'failed', failure_reason: expect.objectContaining({ code: 'check_rejected' }) },
  },
  {
    says: ['rules', 'need_review', 'check_review'],
    type: 'check_review',
    ask: { sandbox: { answer: REAL, workers: [{}], reviewer: waits } },
    report: 'plpppl',
    status: 'submitted',
  },
  {
    says: ['rules', 'need_review', 'check_unreachable'],
    type: 'check_dead',
    ask: { sandbox: { answer: REAL, workers: [{}], reviewer: waits } },
    report: 'plpppl',
    status: 'submitted',
  },
  {
    says: ['anomaly', 'need_vote', 'unusual_behaviour'],
    ask: { sandbox: { answer: REAL, workers: [HASTY, LATER] } },
    report: 'psvpps',
    status: 'assigned',
    ends: { status: 'verified', votes_used: 2 },
  },
  {
    says: ['anomaly', 'need_review', 'unusual_behaviour'],
    type: 'known',
    ask: {
      risk_tier: 'high',
      redundancy: votes(2),
      sandbox: { answer: REAL, workers: [{}, { ...HASTY, delay: 30 }], reviewer: waits },
    },
    report: 'pslppl',
    status: 'submitted',
  },
  {
    says: ['anomaly', 'pass', null],
    ask: { risk_tier: 'low', sandbox: { answer: REAL, workers: [HASTY] } },
    report: 'pspppp',
    status: 'verified',
  },
  {
    says: ['anomaly', 'reject', 'anomalous_behaviour'],
    ask: { sandbox: { answer: REAL, workers: [BOT, LATER] } },
    report: 'psrsss',
    status: 'assigned',
    ends: { status: 'verified', votes_used: 1 },
  },
  {
    says: ['gold', 'pass', null],
    type: 'known',
    ask: {
      risk_tier: 'high',
      redundancy: votes(2),
      sandbox: { answer: REAL, workers: [{}, { delay: 30 }] },
    },
    report: 'pspppp',
    status: 'verified',
  },
  {
    says: ['gold', 'need_vote', 'accuracy_unproven'],
    type: 'known',
    ask: {
      redundancy: votes(1, 2),
      sandbox: { answer: REAL, workers: [{}, LATER] },
    },
    report: 'pspvps',
    status: 'assigned',
    ends: { status: 'verified', votes_used: 2 },
  },
  {
    says: ['gold', 'need_review', 'accuracy_unproven'],
    ask: {
      risk_tier: 'high',
      redundancy: votes(1),
      sandbox: { answer: REAL, workers: [{}], reviewer: waits },
    },
    report: 'psplpl',
    status: 'submitted',
  },
  {
    says: ['consensus', 'pass', null],
    // An outvoted answer is not rejected.
    ask: {
      redundancy: votes(3),
      sandbox: { workers: [{ answers: [REAL] }, { answers: [FAKE] }, { answers: [REAL] }] },
    },
    report: 'pspppp',
    status: 'verified',
    ends: { output: REAL, votes_used: 3, dissent: expect.arrayContaining([FAKE]) },
  },
  {
    says: ['consensus', 'pass', 'confidence_not_reached'],
    ask: {
      redundancy: { ...votes(2), target_confidence: 0.99 },
      on_low_confidence: 'fail',
      sandbox: { workers: [{ answers: [REAL] }, { answers: [FAKE] }] },
    },
    report: 'pspppp',
    status: 'failed',
    ends: { failure_reason: expect.objectContaining({ code: 'confidence_not_reached' }) },
  },
  {
    says: ['consensus', 'need_vote', 'more_votes_needed'],
    ask: {
      redundancy: { ...votes(1, 2), target_confidence: 0.99, vote_value: 0 },
      sandbox: { answer: REAL, workers: [{}, LATER] },
    },
    report: 'psppvs',
    status: 'assigned',
    ends: { status: 'verified', votes_used: 2 },
  },
  {
    says: ['consensus', 'need_review', 'tied_votes'],
    ask: {
      redundancy: votes(2),
      sandbox: { workers: [{ answers: [REAL] }, { answers: [FAKE] }], reviewer: waits },
    },
    report: 'psppll',
    status: 'submitted',
  },
  {
    says: ['consensus', 'need_review', 'confidence_not_reached'],
    ask: {
      redundancy: { ...votes(2), target_confidence: 0.999 },
      on_low_confidence: 'review',
      sandbox: { answer: REAL, workers: [{}, {}], reviewer: waits },
    },
    report: 'psppll',
    status: 'submitted',
  },
  {
    says: ['qa', 'need_review', 'review_required'],
    ask: {
      risk_tier: 'critical',
      redundancy: votes(3),
      sandbox: { answer: REAL, workers: [{}, {}, {}], reviewer: waits },
    },
    report: 'pspppl',
    status: 'submitted',
  },
  {
    says: ['qa', 'pass', null],
    ask: {
      redundancy: votes(2),
      sandbox: {
        workers: [{ answers: [REAL] }, { answers: [FAKE] }],
        reviewer: { decision: 'correct', output: { verdict: 'real', why: 'By the edge.' } },
      },
    },
    report: 'pspplp',
    status: 'verified',
    ends: { output: { verdict: 'real', why: 'By the edge.' }, confidence: 0.99 },
  },
  {
    says: ['qa', 'reject', 'review_rejected'],
    ask: {
      risk_tier: 'critical',
      redundancy: votes(1),
      sandbox: { answer: REAL, workers: [{}, LATER], reviewer: { decision: 'reject' } },
    },
    report: 'psplpr',
    status: 'assigned',
    ends: {
      status: 'failed',
      failure_reason: expect.objectContaining({ code: 'review_rejected' }),
    },
  },
];
