import { jsonText, readJsonText } from '@/components/editor/json-text';
import type { CreateTask } from '@/server/features/tasks/schema';
import type { Faults } from '../term-fields';

/** A request while it is written: texts as they were typed, whether or not they say anything yet. */
export interface Draft {
  type: string;
  payload: string;
  schema: string;
  payoutSats: string;
  slaSeconds: string;
  riskTier: string;
  minVotes: string;
  maxVotes: string;
  /** In per cent. */
  targetConfidence: string;
  /** In per cent. */
  voteValue: string;
  onLowConfidence: string;
  skills: string[] | null;
  instructions: string;
  metadata: string;
  callbackUrl: string;
  idempotencyKey: string;
  guess: string;
  /** In per cent. */
  guessConfidence: string;
  onTimeout: string;
  timeoutOutput: string;
  sandboxOutcome: string;
  sandboxAnswer: string;
  sandboxDelay: string;
  /** In per cent, one for each simulated worker. */
  sandboxWorkers: string;
  sandboxSeed: string;
}

export const EMPTY_DRAFT: Draft = {
  type: '',
  payload: '',
  schema: '',
  payoutSats: '',
  slaSeconds: '',
  riskTier: '',
  minVotes: '',
  maxVotes: '',
  targetConfidence: '',
  voteValue: '',
  onLowConfidence: '',
  skills: null,
  instructions: '',
  metadata: '',
  callbackUrl: '',
  idempotencyKey: '',
  guess: '',
  guessConfidence: '',
  onTimeout: 'expire',
  timeoutOutput: '',
  sandboxOutcome: '',
  sandboxAnswer: '',
  sandboxDelay: '',
  sandboxWorkers: '',
  sandboxSeed: '',
};

const text = (value: number | undefined) => (value === undefined ? '' : String(value));
const percent = (value: number | undefined) =>
  value === undefined ? '' : String(Math.round(value * 10_000) / 100);
const json = (value: unknown) => (value === undefined ? '' : jsonText(value));

/** A request as a draft, to be changed and sent again. */
export function draftOf(request: CreateTask): Draft {
  const { redundancy, sandbox, agent_guess: guess, on_timeout: timeout } = request;
  return {
    type: request.type,
    payload: jsonText(request.payload),
    schema: json(request.output_schema),
    payoutSats: text(request.payout_sats),
    slaSeconds: text(request.sla_seconds),
    riskTier: request.risk_tier ?? '',
    minVotes: text(redundancy?.min_votes),
    maxVotes: text(redundancy?.max_votes),
    targetConfidence: percent(redundancy?.target_confidence),
    voteValue: percent(redundancy?.vote_value),
    onLowConfidence: request.on_low_confidence ?? '',
    skills: request.skills_required ?? null,
    instructions: request.instructions ?? '',
    metadata: json(request.metadata),
    callbackUrl: request.callback_url ?? '',
    idempotencyKey: request.idempotency_key ?? '',
    guess: json(guess?.output),
    guessConfidence: percent(guess?.confidence),
    onTimeout: timeout?.action ?? 'expire',
    timeoutOutput: timeout?.action === 'default' ? jsonText(timeout.output) : '',
    sandboxOutcome: sandbox?.outcome ?? '',
    sandboxAnswer: json(sandbox?.answer),
    sandboxDelay: text(sandbox?.delay_seconds),
    sandboxWorkers: (sandbox?.workers ?? []).map(({ accuracy }) => percent(accuracy)).join(', '),
    sandboxSeed: sandbox?.seed === undefined ? '' : String(sandbox.seed),
  };
}

export interface DraftReading {
  /** The request; null while something is wrong. */
  request: CreateTask | null;
  faults: Faults;
}

/**
 * Validates the request of a draft with the API's own schema.
 * @param contract `CreateTask`; null while it is fetched
 */
export function readDraft(
  draft: Draft,
  mode: 'live' | 'test',
  contract: typeof CreateTask | null,
): DraftReading {
  const faults: Faults = {};
  const numberOf = (value: string) => (value.trim() === '' ? undefined : Number(value));
  const shareOf = (value: string) => {
    const given = numberOf(value);
    return given === undefined ? undefined : given / 100;
  };
  const jsonOf = (path: string, value: string) => {
    if (value.trim() === '') return undefined;
    const reading = readJsonText(value);
    if (reading.ok) return reading.value;
    faults[path] = reading.fault;
    return undefined;
  };
  const payload = jsonOf('payload', draft.payload);
  const request = {
    type: draft.type.trim(),
    payload,
    ...given('output_schema', jsonOf('output_schema', draft.schema)),
    ...given('payout_sats', numberOf(draft.payoutSats)),
    ...given('sla_seconds', numberOf(draft.slaSeconds)),
    ...given('skills_required', draft.skills ?? undefined),
    ...given('risk_tier', draft.riskTier || undefined),
    ...filled('redundancy', {
      ...given('min_votes', numberOf(draft.minVotes)),
      ...given('max_votes', numberOf(draft.maxVotes)),
      ...given('target_confidence', shareOf(draft.targetConfidence)),
      ...given('vote_value', shareOf(draft.voteValue)),
    }),
    ...given('on_low_confidence', draft.onLowConfidence || undefined),
    ...given('instructions', draft.instructions.trim() ? draft.instructions : undefined),
    ...given('callback_url', draft.callbackUrl.trim() || undefined),
    ...given('metadata', jsonOf('metadata', draft.metadata)),
    ...filled('agent_guess', {
      ...given('output', jsonOf('agent_guess.output', draft.guess)),
      ...given('confidence', shareOf(draft.guessConfidence)),
    }),
    ...(draft.onTimeout === 'default'
      ? {
          on_timeout: {
            action: 'default',
            ...given('output', jsonOf('on_timeout.output', draft.timeoutOutput)),
          },
        }
      : {}),
    ...given('idempotency_key', draft.idempotencyKey.trim() || undefined),
    ...(mode === 'test'
      ? filled('sandbox', {
          ...given('outcome', draft.sandboxOutcome || undefined),
          ...given('answer', jsonOf('sandbox.answer', draft.sandboxAnswer)),
          ...given('delay_seconds', numberOf(draft.sandboxDelay)),
          ...given('workers', workersOf(draft.sandboxWorkers)),
          ...given('seed', draft.sandboxSeed.trim() || undefined),
        })
      : {}),
  };
  const parsed = contract?.safeParse(request);
  for (const issue of parsed?.error?.issues ?? []) {
    const path = issue.path.join('.');
    faults[path] ??= wordsFor(path, issue.message);
  }
  const isWhole = parsed?.success && Object.keys(faults).length === 0;
  return { request: isWhole ? parsed.data : null, faults };
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function filled(name: string, value: Record<string, unknown>): Record<string, unknown> {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}

function workersOf(value: string): { accuracy: number }[] | undefined {
  const parts = value.split(/[,;\s]+/).filter(Boolean);
  return parts.length === 0
    ? undefined
    : parts.map((part) => ({ accuracy: Number(part.replace('%', '')) / 100 }));
}

/** The contract's words where they help, ours where they speak of types. */
function wordsFor(path: string, message: string): string {
  const own: Record<string, string> = {
    type: 'Give the task a type: 1 to 128 of a-z, 0-9, underscore, dot and hyphen.',
    payload: 'Write a JSON object: what the worker looks at.',
    output_schema: 'Write a JSON object that holds a JSON Schema.',
    payout_sats: 'Enter whole sats from 1 to 10,000,000.',
    sla_seconds: 'Give whole seconds from 30 to 86,400.',
    metadata: 'Write a JSON object with at most 50 keys.',
    callback_url: 'Give a whole address that begins with https://.',
    'redundancy.min_votes': 'Enter a whole number from 1 to 25.',
    'redundancy.max_votes': 'Enter a whole number from 1 to 25.',
    'redundancy.target_confidence': 'Give a share from 50 to 99.99 per cent.',
    'redundancy.vote_value': 'Give a share from 0 to 100 per cent.',
    'agent_guess.confidence': 'Say how sure the agent was, from 0 to 100 per cent.',
    'on_timeout.output': 'Write the JSON object that is answered when time runs out.',
    'sandbox.delay_seconds': 'Give seconds from 0 to 86,400.',
    'sandbox.workers': 'Give 1 to 25 accuracies, such as 90, 60.',
  };
  return (
    own[path] ?? (path.startsWith('sandbox.workers') ? (own['sandbox.workers'] ?? '') : message)
  );
}

/** What may be passed on in a link: no addresses, and nothing that only concerns the sender. */
export function shareable(draft: Draft): Draft {
  return { ...draft, callbackUrl: '', metadata: '', idempotencyKey: '' };
}
