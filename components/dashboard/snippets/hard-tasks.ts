import type { CreateTask } from '@/server/features/tasks/schema';
import { FIRST_TASK } from './send-task';

/** A request that is hard to write down: every kind of value, and text with every kind of quote. */
const HARD: CreateTask = {
  type: 'hard.case',
  payload: {
    zebra: 'last letter, first field',
    quotes: `it's "quoted" \`back\` \\ and """three""" '''too''' \${HOME} $HOME %s {0} #{x}`,
    lines: 'one\ntwo\r\n\ttab \u0000 \u0007 \u2028 \ufeff end',
    words: 'Grüße, 東京, שלום, 🦓 and 👩‍👧 in one',
    '': 'a field without a name',
    '2': 'a name that is a number',
    'a-b c"\'`': { nothing: null, yes: true, no: false, list: [[], {}, [null, -1.5e-7]] },
    numbers: [0, -1, 0.1, 1e21, 2 ** 53 - 1, 5e-324, 1e-7],
  },
  output_schema: {
    type: 'object',
    required: ['zulu'],
    properties: {
      zulu: { type: ['string', 'null'], description: 'with `back quotes` and "others"' },
      alpha: { type: 'integer', minimum: 0 },
    },
  },
  metadata: { constructor: 'field', None: true, nil: null, 'a b': -0.5 },
};

/** A request with every field that a create has. */
const FULL: Required<CreateTask> = {
  ...FIRST_TASK,
  type: 'full.case',
  output_schema: FIRST_TASK.output_schema ?? {},
  payout_sats: 1,
  sla_seconds: 86_400,
  skills_required: ['content_review', 'with "quotes"'],
  risk_tier: 'critical',
  redundancy: { min_votes: 3, max_votes: 7, target_confidence: 0.99 },
  instructions: `Look twice.\n\n- \`code\`\n- $HOME and \${x}`,
  callback_url: 'https://example.com/hook?a=1&b=%20',
  metadata: { order_id: 'A-1', some_key: 1 },
  agent_guess: { output: { verdict: 'genuine', snake_key: null }, confidence: 0 },
  on_timeout: { action: 'default', output: { verdict: 'uncertain', snake_key: [1] } },
  idempotency_key: "it's mine",
  sandbox: {
    outcome: 'verified',
    answer: { verdict: 'genuine', snake_key: 1 },
    delay_seconds: 0,
    workers: [{ accuracy: 0 }, { accuracy: 0.95 }],
    seed: 7,
  },
};

/** Whole numbers that readers of JSON round, so that the API refuses them; their code is whole all the same. */
const LARGE: CreateTask = {
  type: 'large.numbers',
  payload: { numbers: [2 ** 60, 2 ** 70, -(2 ** 63)] },
};

/** What the code of every language has to send unchanged. */
export const HARD_TASKS = { first: FIRST_TASK, hard: HARD, full: FULL, large: LARGE };
