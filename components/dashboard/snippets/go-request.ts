import type { CreateTask } from '@/server/features/tasks/schema';
import { goLiteral, goText, goTextLiteral } from './literals';

/** How a field is written in Go; `indent` is that of its line. */
type Writer = (value: never, indent: string) => string;
interface Field {
  name: string;
  write: Writer;
}

const field = (name: string, write: Writer): Field => ({ name, write });
const text: Writer = (value: string) => goTextLiteral(value);
const number: Writer = (value: number) => String(value);
const any: Writer = (value: unknown, indent) => goLiteral(value, indent);

/** A schema is sent as text, since Go's maps forget the order of their keys, which forms follow. */
const schema: Writer = (value: unknown) =>
  `json.RawMessage(${goText(JSON.stringify(value, null, 2))})`;

const texts: Writer = (value: readonly string[]) =>
  `[]string{${value.map((one) => goTextLiteral(one)).join(', ')}}`;

/** An object of the SDK, with these fields. */
const struct =
  (type: string, fields: Readonly<Record<string, Field>>): Writer =>
  (value: Readonly<Record<string, unknown>>, indent) => {
    const inner = `${indent}\t`;
    const lines = Object.entries(value).flatMap(([key, given]) => {
      const known = fields[key];
      return known && given !== undefined
        ? [`${inner}${known.name}: ${known.write(given as never, inner)},\n`]
        : [];
    });
    return `&humanrail.${type}{\n${lines.join('')}${indent}}`;
  };

const float: Writer = (value: number) => `humanrail.Ptr(float64(${value}))`;

const values: Writer = (value: readonly unknown[], indent) =>
  `[]any{${value.map((one) => goLiteral(one, indent)).join(', ')}}`;

const WORKER_FIELDS: Readonly<Record<string, Field>> = {
  accuracy: field('Accuracy', float),
  delay: field('Delay', float),
  answers: field('Answers', values),
  gold_answers: field('GoldAnswers', values),
  behaviour: field('Behaviour', text),
};

const workers: Writer = (value: readonly Readonly<Record<string, unknown>>[], indent) => {
  const written = value.map((worker) => {
    const fields = Object.entries(worker).flatMap(([key, given]) => {
      const known = WORKER_FIELDS[key];
      return known && given !== undefined
        ? [`${known.name}: ${known.write(given as never, indent)}`]
        : [];
    });
    return `{${fields.join(', ')}}`;
  });
  return `[]humanrail.SandboxWorker{${written.join(', ')}}`;
};

const FIELDS: Record<keyof CreateTask, Field> = {
  type: field('Type', text),
  payload: field('Payload', any),
  output_schema: field('OutputSchema', schema),
  payout_sats: field('PayoutSats', number),
  sla_seconds: field('SLASeconds', number),
  skills_required: field('SkillsRequired', texts),
  risk_tier: field('RiskTier', text),
  redundancy: field(
    'Redundancy',
    struct('Redundancy', {
      min_votes: field('MinVotes', number),
      max_votes: field('MaxVotes', number),
      target_confidence: field('TargetConfidence', number),
      vote_value: field('VoteValue', float),
    }),
  ),
  instructions: field('Instructions', text),
  callback_url: field('CallbackURL', text),
  metadata: field('Metadata', any),
  agent_guess: field(
    'AgentGuess',
    struct('AgentGuess', {
      output: field('Output', any),
      confidence: field('Confidence', number),
    }),
  ),
  on_low_confidence: field('OnLowConfidence', text),
  on_timeout: field(
    'OnTimeout',
    struct('OnTimeout', { action: field('Action', text), output: field('Output', any) }),
  ),
  idempotency_key: field('IdempotencyKey', text),
  sandbox: field(
    'Sandbox',
    struct('SandboxScript', {
      outcome: field('Outcome', text),
      answer: field('Answer', any),
      delay_seconds: field('DelaySeconds', float),
      workers: field('Workers', workers),
      seed: field('Seed', any),
    }),
  ),
};

/** A request as the Go SDK's struct, as it stands in a function's body. */
export function goRequest(task: CreateTask): string {
  return struct('CreateTaskRequest', FIELDS)(task as never, '\t');
}
