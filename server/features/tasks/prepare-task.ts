import type { Prisma } from '@/prisma/generated/client';
import { findPool } from '@/server/features/organizations';
import { resolveTaskType, type TaskTypeDefaults } from '@/server/features/task-types';
import { INSTRUCTIONS_BYTES_MAX, type Redundancy } from '@/server/features/task-types/schema';
import { assertSkillsKnown, type WageFloor, wageFloorFor } from '@/server/features/workers';
import { actorLabel, type OrganizationActor } from '@/server/platform/actor';
import { clock, standingClock } from '@/server/platform/clock';
import { hashJson } from '@/server/platform/crypto';
import { type FieldFault, InvalidRequest } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import {
  checkOutputSchema,
  DEFAULT_OUTPUT_SCHEMA,
  outputText,
  validateOutput,
} from '@/server/platform/json-schema';
import { assertPublicUrl } from '@/server/platform/outbound-http';
import type { TraceHeaders } from '@/server/platform/tracing';
import { choosePayout } from './choose-payout';
import { crowdSeatsFor } from './crowd-tasks';
import { holdFor, type Price } from './price';
import type { CreateTask, RiskTier } from './schema';
import { votesOfTier } from './votes-by-tier';

export const PAYLOAD_BYTES_MAX = 256 * 1024;
const SLA_SECONDS_DEFAULT = 600;
const VOTE_VALUE_DEFAULT = 0.01;
/** No vote adds this much, so none is bought for confidence alone. */
const VOTE_VALUE_NEVER = 1;

/** A task's row to insert, with all defaults. */
export type TaskDraft = Required<
  Pick<
    Prisma.TaskUncheckedCreateInput,
    | 'id'
    | 'organizationId'
    | 'mode'
    | 'type'
    | 'instructions'
    | 'slaSeconds'
    | 'riskTier'
    | 'minVotes'
    | 'maxVotes'
    | 'targetConfidence'
    | 'voteValue'
    | 'onLowConfidence'
    | 'requestHash'
    | 'dialect'
    | 'createdBy'
  >
> & {
  payload: Prisma.InputJsonObject;
  outputSchema: Prisma.InputJsonObject;
  metadata: Prisma.InputJsonObject;
  onTimeout: Prisma.InputJsonObject;
  /** The price of a v0 request; null for v1. */
  price: Prisma.InputJsonObject | null;
  agentGuess: Prisma.InputJsonObject | null;
  sandbox: Prisma.InputJsonObject | null;
  /** How many of the organization's scripted workers may take it; null for all other workers. */
  crowdSeats: number | null;
  payoutSats: bigint;
  /** The instance's wage floor; not part of the row. */
  wageFloor: WageFloor | null;
  heldSats: bigint;
  skillsRequired: string[];
  poolOrganizationId: string | null;
  callbackUrl: string | null;
  traceparent: string | null;
  tracestate: string | null;
  idempotencyKey: string | null;
  /** The gold or appeal, and the reserved worker; null for customers' tasks. */
  goldId: string | null;
  appealId: string | null;
  reservedFor: string | null;
  createdAt: Date;
  expiresAt: Date;
};

export interface PrepareOptions {
  /** From the `Idempotency-Key` header; a key in the body takes precedence. */
  idempotencyKey?: string | undefined;
  /** A v0 request's price instead of `payout_sats`; makes it a v0 task. */
  price?: Price;
  /** The caller's trace context, which the task joins. */
  trace?: TraceHeaders | null;
}

/**
 * Validates a create request except for money, and fills in defaults: first the saved type's, then
 * the product's.
 * @throws InvalidRequest 400, InvalidOutputSchema 422, UnknownSkill 422, OutputsTooLarge 413
 */
export async function prepareTask(
  actor: OrganizationActor,
  input: CreateTask,
  options: PrepareOptions = {},
): Promise<TaskDraft> {
  const kind = { organizationId: actor.organizationId, mode: actor.mode, type: input.type };
  const saved = await resolveTaskType(kind);
  const outputSchema = await chooseSchema(input, saved);
  await assertScript(actor, input, outputSchema);
  if (input.callback_url) {
    assertPublicUrl(input.callback_url, { mode: actor.mode, param: 'callback_url' });
  }
  const riskTier = input.risk_tier ?? saved?.riskTier ?? 'medium';
  const { price } = options;
  const poolOrganizationId = await choosePool(actor, saved);
  const asked = { ownPeople: poolOrganizationId !== null, priced: price !== undefined };
  const given = { ...saved?.redundancy, ...input.redundancy };
  const votes = chooseRedundancy(riskTier, given, asked);
  const wageFloor = await wageFloorFor(kind);
  const payoutSats = await choosePayout(input, saved, {
    price,
    maxVotes: votes.max,
    floor: wageFloor,
  });
  const slaSeconds = input.sla_seconds ?? saved?.slaSeconds ?? SLA_SECONDS_DEFAULT;
  const skillsRequired = [...new Set(input.skills_required ?? saved?.skillsRequired ?? [])];
  await assertSkillsKnown(skillsRequired);
  const createdAt = clock.now();
  const { idempotency_key: keyInBody, ...hashed } = input;
  return {
    id: newId(),
    ...kind,
    payload: input.payload as Prisma.InputJsonObject,
    outputSchema: outputSchema as Prisma.InputJsonObject,
    instructions: input.instructions ?? saved?.instructions ?? '',
    payoutSats,
    wageFloor,
    slaSeconds,
    skillsRequired,
    riskTier,
    minVotes: votes.min,
    maxVotes: votes.max,
    targetConfidence: votes.targetConfidence,
    voteValue: votes.voteValue,
    onLowConfidence: input.on_low_confidence ?? 'verify',
    poolOrganizationId,
    callbackUrl: input.callback_url ?? null,
    metadata: (input.metadata ?? {}) as Prisma.InputJsonObject,
    agentGuess: (input.agent_guess as Prisma.InputJsonObject | undefined) ?? null,
    onTimeout: (input.on_timeout ?? { action: 'expire' }) as Prisma.InputJsonObject,
    idempotencyKey: keyInBody ?? options.idempotencyKey ?? null,
    goldId: null,
    appealId: null,
    reservedFor: null,
    // Uses the offered price instead of its conversion: rates change, and a retry must still match.
    requestHash: hashJson(price ? { ...hashed, price } : hashed),
    sandbox: (input.sandbox as Prisma.InputJsonObject | undefined) ?? null,
    crowdSeats: chooseCrowd(actor, input, votes.max),
    dialect: price ? 'v0' : 'v1',
    price: price ? { ...price } : null,
    createdBy: actorLabel(actor),
    traceparent: options.trace?.traceparent ?? null,
    tracestate: options.trace?.tracestate ?? null,
    heldSats: holdFor(votes.max, payoutSats),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + slaSeconds * 1000),
  };
}

async function chooseSchema(input: CreateTask, saved: TaskTypeDefaults | null): Promise<object> {
  if (input.output_schema) return checkOutputSchema(input.output_schema);
  return saved?.outputSchema ?? DEFAULT_OUTPUT_SCHEMA;
}

/** Simulated workers belong to no organization, so pools only apply to live tasks. */
async function choosePool(
  { mode, organizationId }: OrganizationActor,
  saved: TaskTypeDefaults | null,
): Promise<string | null> {
  if (mode !== 'live') return null;
  return saved?.pool === 'organization' ? organizationId : findPool(organizationId);
}

/**
 * A scripted task is for the organization's scripted workers. On a test clock every task is,
 * because shared simulated workers use real time.
 */
function chooseCrowd(
  { mode }: OrganizationActor,
  { sandbox }: CreateTask,
  maxVotes: number,
): number | null {
  const isForCrowd = mode === 'test' && (sandbox?.workers || standingClock());
  return isForCrowd ? crowdSeatsFor(sandbox?.workers?.length ?? 0, maxVotes) : null;
}

/**
 * The votes of a tier's task: given values, and the tier's defaults for the rest.
 * @throws InvalidRequest if max_votes is below min_votes.
 */
export function chooseRedundancy(
  riskTier: RiskTier,
  given: Redundancy,
  asked: { ownPeople: boolean; priced: boolean },
) {
  const preset = votesOfTier(riskTier, asked);
  const min = given.min_votes ?? Math.min(preset.min, given.max_votes ?? preset.min);
  const max = given.max_votes ?? Math.max(preset.max, min);
  if (max < min) {
    throw InvalidRequest.fromFaults([
      {
        param: 'redundancy.max_votes',
        code: 'invalid_field',
        message: `max_votes (${max}) must be at least min_votes (${min}).`,
      },
    ]);
  }
  return {
    min,
    max,
    targetConfidence: given.target_confidence ?? preset.targetConfidence,
    voteValue: given.vote_value ?? voteValueOf(riskTier, given),
  };
}

/**
 * In tier medium the second vote is for doubts about the worker. An explicit number of votes or
 * target confidence also buys votes for confidence.
 */
function voteValueOf(riskTier: RiskTier, given: Redundancy): number {
  const isDefault = given.max_votes === undefined && given.target_confidence === undefined;
  return riskTier === 'medium' && isDefault ? VOTE_VALUE_NEVER : VOTE_VALUE_DEFAULT;
}

/** Rejects invalid combinations: scripts with live keys, outputs that violate the schema. */
async function assertScript(
  actor: OrganizationActor,
  input: CreateTask,
  outputSchema: object,
): Promise<void> {
  const faults: FieldFault[] = [];
  const fault = (param: string, message: string) =>
    faults.push({ param, code: 'invalid_field', message });
  if (Buffer.byteLength(JSON.stringify(input.payload)) > PAYLOAD_BYTES_MAX) {
    fault('payload', `payload may be at most ${PAYLOAD_BYTES_MAX} bytes of JSON.`);
  }
  if (Buffer.byteLength(input.instructions ?? '') > INSTRUCTIONS_BYTES_MAX) {
    fault('instructions', `instructions may be at most ${INSTRUCTIONS_BYTES_MAX} bytes.`);
  }
  if (input.sandbox && actor.mode === 'live') {
    fault('sandbox', 'sandbox scripts simulated workers; use it with an ek_test_ key only.');
  }
  const outputs: [string, unknown][] = [];
  if (input.sandbox && 'answer' in input.sandbox) {
    outputs.push(['sandbox.answer', input.sandbox.answer]);
  }
  if (input.sandbox?.reviewer?.output !== undefined) {
    outputs.push(['sandbox.reviewer.output', input.sandbox.reviewer.output]);
  }
  if (input.on_timeout?.action === 'default') {
    outputs.push(['on_timeout.output', input.on_timeout.output]);
  }
  // A guess may be wrong in every other way.
  outputText(input.agent_guess?.output, 'agent_guess.output');
  for (const [param, output] of outputs) {
    const check = await validateOutput(outputSchema as Record<string, unknown>, output, param);
    if (!check.ok) {
      const first = check.errors[0];
      fault(param, `Does not satisfy output_schema: ${first?.pointer ?? ''} ${first?.message}`);
    }
  }
  if (faults.length > 0) throw InvalidRequest.fromFaults(faults);
}
