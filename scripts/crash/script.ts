/** One task of the run: its request, and its expected final state. */
export interface ScriptedTask {
  key: string;
  body: Record<string, unknown>;
  status: 'verified' | 'failed' | 'expired';
  /** The verified output. */
  answer: unknown;
  /** Number of answers accepted and paid. */
  votes: number;
}

const SCHEMA = {
  type: 'object',
  required: ['verdict', 'notes'],
  properties: {
    verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
    notes: { type: 'string' },
  },
};
const VERDICTS = ['genuine', 'ai_generated', 'uncertain'];
const LONG_SLA_SECONDS = 1_800;
const SHORT_SLA_SECONDS = 30;

/**
 * The script of `count` tasks: of every twenty, fourteen verify, two of these by three votes; three
 * fail; three expire after 30 seconds. Delays differ, so that every kill hits tasks at every stage.
 */
export function scriptTasks(run: string, count: number): ScriptedTask[] {
  return Array.from({ length: count }, (_, at) => scriptTask(run, at));
}

function scriptTask(run: string, at: number): ScriptedTask {
  const place = at % 20;
  const status = place < 14 ? 'verified' : place < 17 ? 'failed' : 'expired';
  const votes = status === 'verified' ? (place < 2 ? 3 : 1) : 0;
  const answer = { verdict: VERDICTS[at % VERDICTS.length], notes: `Looked at review ${at}.` };
  return {
    key: `${run}:${at}`,
    status,
    answer,
    votes,
    body: {
      type: 'crash_run',
      payload: { text: 'Is this review genuine?', content: `Review ${at} of the run ${run}.` },
      output_schema: SCHEMA,
      payout_sats: 100 + at,
      sla_seconds: status === 'expired' ? SHORT_SLA_SECONDS : LONG_SLA_SECONDS,
      risk_tier: 'low',
      redundancy: { min_votes: Math.max(1, votes), max_votes: Math.max(1, votes) },
      sandbox: { outcome: status, answer, delay_seconds: at % 9, seed: at },
    },
  };
}
