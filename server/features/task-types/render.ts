import type { TaskType as TaskTypeRow } from '@/prisma/generated/client';
import { satsToNumber } from '@/server/platform/money';
import type { PayloadUi, PolicyOverrides, PutTaskType, Redundancy, Rule, TaskType } from './schema';

/** Renders a task type's row for the API. */
export function renderTaskType(row: TaskTypeRow): TaskType {
  return {
    object: 'task_type',
    type: row.type,
    title: row.title,
    description: row.description,
    instructions: row.instructions,
    output_schema: row.outputSchema as TaskType['output_schema'],
    payload_ui: row.payloadUi as TaskType['payload_ui'],
    rules: row.rules as unknown as Rule[],
    redundancy: row.redundancy as Redundancy,
    gold_rate: row.goldRate,
    payout_sats: row.payoutSats === null ? null : satsToNumber(row.payoutSats),
    sla_seconds: row.slaSeconds,
    risk_tier: row.riskTier,
    skills_required: row.skillsRequired,
    pool: row.pool,
    policy: row.policy as PolicyOverrides,
    check_url: row.checkUrl,
    agent_votes: row.agentVotes,
    shipped: row.organizationId === null,
    version: row.version,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** The saved part of a type, as the API accepts it. */
export function savedPartOf(type: TaskType): Omit<Required<PutTaskType>, 'expected_version'> {
  return {
    title: type.title,
    description: type.description,
    instructions: type.instructions,
    output_schema: type.output_schema,
    payload_ui: type.payload_ui as PayloadUi,
    rules: type.rules,
    redundancy: type.redundancy,
    policy: type.policy,
    gold_rate: type.gold_rate,
    payout_sats: type.payout_sats,
    sla_seconds: type.sla_seconds,
    risk_tier: type.risk_tier,
    skills_required: type.skills_required,
    pool: type.pool,
    check_url: type.check_url,
    agent_votes: type.agent_votes,
  };
}
