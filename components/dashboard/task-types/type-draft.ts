import { jsonText, readJsonText } from '@/components/editor/json-text';
import type { PutTaskType, Rule, TaskType } from '@/server/features/task-types/schema';
import type { Faults } from '../term-fields';

/** A task type while it is edited: texts as they were typed. */
export interface TypeDraft {
  title: string;
  description: string;
  instructions: string;
  schema: string;
  /** How a payload's fields are shown, as JSON. */
  payloadUi: string;
  rules: Rule[];
  minVotes: string;
  maxVotes: string;
  /** In per cent. */
  targetConfidence: string;
  /** In per cent. */
  voteValue: string;
  /** In per cent. */
  goldRate: string;
  payoutSats: string;
  slaSeconds: string;
  riskTier: string;
  skills: string[];
  pool: string;
  policy: string;
  checkUrl: string;
  agentVotes: boolean;
}

const text = (value: number | null | undefined) => (value == null ? '' : String(value));
const percent = (value: number | null | undefined) =>
  value == null ? '' : String(Math.round(value * 10_000) / 100);

const jsonOrNothing = (value: object | undefined) =>
  value && Object.keys(value).length > 0 ? jsonText(value) : '';

type Saved = Partial<Pick<TaskType, keyof TaskType & keyof PutTaskType>>;

/** What was saved as a draft. */
export function typeDraftOf(saved: Saved | PutTaskType): TypeDraft {
  const { redundancy, policy } = saved;
  return {
    title: saved.title ?? '',
    description: saved.description ?? '',
    instructions: saved.instructions ?? '',
    schema: saved.output_schema ? jsonText(saved.output_schema) : '',
    payloadUi: jsonOrNothing(saved.payload_ui),
    rules: saved.rules ?? [],
    minVotes: text(redundancy?.min_votes),
    maxVotes: text(redundancy?.max_votes),
    targetConfidence: percent(redundancy?.target_confidence),
    voteValue: percent(redundancy?.vote_value),
    goldRate: percent(saved.gold_rate),
    payoutSats: text(saved.payout_sats),
    slaSeconds: text(saved.sla_seconds),
    riskTier: saved.risk_tier ?? '',
    skills: saved.skills_required ?? [],
    pool: saved.pool ?? 'public',
    policy: jsonOrNothing(policy),
    checkUrl: saved.check_url ?? '',
    agentVotes: saved.agent_votes ?? false,
  };
}

/** What an address proposes, as a back-test's does; what is no number there is left out. */
export function proposedDraft(read: (name: string) => string | null): Partial<TypeDraft> {
  const given = (name: string, show: (value: number) => string) => {
    const value = read(name);
    return value !== null && value.trim() !== '' && Number.isFinite(Number(value))
      ? show(Number(value))
      : null;
  };
  const proposed = {
    minVotes: given('min_votes', text),
    maxVotes: given('max_votes', text),
    targetConfidence: given('target_confidence', percent),
    voteValue: given('vote_value', percent),
    goldRate: given('gold_rate', percent),
  };
  return Object.fromEntries(Object.entries(proposed).filter(([, value]) => value !== null));
}

/** The hints of a draft for its preview; none while they cannot be read. */
export function hintsOf(payloadUi: string): Record<string, unknown> | undefined {
  const reading = readJsonText(payloadUi);
  const isObject = reading.ok && typeof reading.value === 'object' && reading.value !== null;
  return isObject ? (reading.value as Record<string, unknown>) : undefined;
}

/**
 * Validates a draft with the API's own schema. Returns what it would save, or null if it is invalid.
 * @param contract `PutTaskType`; null while it is fetched
 */
export function readTypeDraft(
  draft: TypeDraft,
  contract: typeof PutTaskType | null,
): { saved: PutTaskType | null; faults: Faults } {
  const faults: Faults = {};
  const numberOf = (value: string) => (value.trim() === '' ? null : Number(value));
  const shareOf = (value: string) => {
    const given = numberOf(value);
    return given === null ? null : given / 100;
  };
  const jsonOf = (path: string, value: string) => {
    if (value.trim() === '') return null;
    const reading = readJsonText(value);
    if (reading.ok) return reading.value;
    faults[path] = reading.fault;
    return null;
  };
  const votes = {
    min_votes: numberOf(draft.minVotes) ?? undefined,
    max_votes: numberOf(draft.maxVotes) ?? undefined,
    target_confidence: shareOf(draft.targetConfidence) ?? undefined,
    vote_value: shareOf(draft.voteValue) ?? undefined,
  };
  const parsed = contract?.safeParse({
    ...(draft.title.trim() ? { title: draft.title } : {}),
    description: draft.description,
    instructions: draft.instructions,
    output_schema: jsonOf('output_schema', draft.schema),
    payload_ui: jsonOf('payload_ui', draft.payloadUi) ?? {},
    rules: draft.rules,
    redundancy: Object.fromEntries(
      Object.entries(votes).filter(([, value]) => value !== undefined),
    ),
    gold_rate: shareOf(draft.goldRate),
    payout_sats: numberOf(draft.payoutSats),
    sla_seconds: numberOf(draft.slaSeconds),
    risk_tier: draft.riskTier || null,
    skills_required: draft.skills,
    pool: draft.pool,
    policy: jsonOf('policy', draft.policy) ?? {},
    check_url: draft.checkUrl.trim() || null,
    agent_votes: draft.agentVotes,
  });
  for (const issue of parsed?.error?.issues ?? []) {
    const path = issue.path.join('.');
    faults[path] ??= OWN_WORDS[path] ?? issue.message;
  }
  const isWhole = parsed?.success && Object.keys(faults).length === 0;
  return { saved: isWhole ? parsed.data : null, faults };
}

const OWN_WORDS: Faults = {
  output_schema: 'Write a JSON object that holds a JSON Schema.',
  payout_sats: 'Enter whole sats from 1 to 10,000,000.',
  sla_seconds: 'Give whole seconds from 30 to 86,400.',
  gold_rate: 'Give a share from 0 to 50 per cent; in test mode, to 100.',
  'redundancy.min_votes': 'Enter a whole number from 1 to 25.',
  'redundancy.max_votes': 'Enter a whole number from 1 to 25.',
  'redundancy.target_confidence': 'Give a share from 50 to 99.99 per cent.',
  'redundancy.vote_value': 'Give a share from 0 to 100 per cent.',
};

/** What is saved as lines to be compared: long texts by their own lines, everything else by name. */
export function versionText(saved: PutTaskType | Saved): string {
  const line = (name: string, value: unknown) =>
    value === null || value === undefined || value === '' ? [] : [`${name}: ${String(value)}`];
  const block = (name: string, value: string) =>
    value ? [`${name}:`, ...value.split('\n').map((each) => `  ${each}`)] : [];
  const json = (value: unknown) => {
    const isEmpty = value == null || Object.keys(value as object).length === 0;
    return isEmpty ? '' : jsonText(value);
  };
  return [
    ...line('Title', saved.title),
    ...line('Description', saved.description),
    ...block('Instructions', saved.instructions ?? ''),
    ...block('Answer schema', json(saved.output_schema)),
    ...(saved.rules ?? []).flatMap((rule) => block(`Rule ${rule.id}`, jsonText(rule))),
    ...line('Votes, at least', saved.redundancy?.min_votes),
    ...line('Votes, at most', saved.redundancy?.max_votes),
    ...line('Target confidence', saved.redundancy?.target_confidence),
    ...line('Value of a vote', saved.redundancy?.vote_value),
    ...line('Gold rate', saved.gold_rate),
    ...line('Payout, sats', saved.payout_sats),
    ...line('SLA, seconds', saved.sla_seconds),
    ...line('Risk tier', saved.risk_tier),
    ...line('Skills', saved.skills_required?.join(', ')),
    ...line('Pool', saved.pool),
    ...line('Check URL', saved.check_url),
    ...line('The agent’s guess votes', saved.agent_votes ? 'yes' : null),
    ...block('Payload', json(saved.payload_ui)),
    ...block('Verification', json(saved.policy)),
  ].join('\n');
}
