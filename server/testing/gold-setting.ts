import { claimTask } from '@/server/features/routing';
import { putTaskType } from '@/server/features/task-types';
import { CreateTask, createTask, submitAnswer } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import type { Mode, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { addGold } from '../features/golds/save-golds';
import { sowGold } from '../features/golds/sow-gold';
import { createOrganization, keyActor, memberActor, workerActor } from './factories';

export const COIN_TYPE = 'coins';
export const COIN_PAYOUT_SATS = 100;
const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: ['real', 'fake'] }, why: { type: 'string' } },
};

/**
 * A customer with a type for which a gold is drawn after each answer, golds of that type (whose
 * answer is `real`), and a worker who takes its tasks.
 */
export async function createGoldSetting(
  input: {
    golds?: number;
    funds?: number;
    mode?: Mode;
    riskTier?: 'medium' | 'high';
    /** Null derives the rate from the worker's evidence. */
    rate?: number | null;
  } = {},
) {
  const { golds = 3, mode = 'live', rate = 1, riskTier = 'medium' } = input;
  const organization = await createOrganization({ funds: input.funds ?? 1_000_000 });
  const member = await memberActor(organization, mode, 'owner');
  const customer = await keyActor(organization, mode);
  await putTaskType(member, COIN_TYPE, {
    title: 'Judge a coin',
    instructions: 'Look at the edge.',
    output_schema: SCHEMA,
    payout_sats: COIN_PAYOUT_SATS,
    sla_seconds: 600,
    risk_tier: riskTier,
  });
  // Above the customers' maximum, so that the test is deterministic.
  await db.taskType.updateMany({
    where: { organizationId: organization.id },
    data: { goldRate: rate },
  });
  const goldIds: string[] = [];
  for (let n = 0; n < golds; n++) goldIds.push(await addCoin(member, `Gold coin ${n}`));
  const worker = await workerActor({ mode, online: false, tier: 'critical' });
  return { organization, member, customer, worker, goldIds };
}

/** A setting in which a gold waits for the worker, next to an open task of the customer. */
export async function createWaitingGold(input: Parameters<typeof createGoldSetting>[0] = {}) {
  const setting = await createGoldSetting(input);
  const { customer, worker } = setting;
  const oneVote = { redundancy: { min_votes: 1, max_votes: 1 } };
  const first = await askAbout(customer, 'Obol', oneVote);
  const sibling = await askAbout(customer, 'Mina', oneVote);
  const goldTaskId = (await sowGold(await judgeCoin(worker, first.id))) ?? '';
  await judgeTask(first.id);
  const { goldId } = await db.task.findUniqueOrThrow({ where: { id: goldTaskId } });
  return { ...setting, siblingId: sibling.id, goldTaskId, goldId: goldId ?? '' };
}

type Member = Awaited<ReturnType<typeof memberActor>>;
type Customer = Awaited<ReturnType<typeof keyActor>>;

/** Adds a gold whose answer is `real`. */
export async function addCoin(member: Member, coin: string): Promise<string> {
  const { id } = await addGold(member, {
    type: COIN_TYPE,
    payload: { coin },
    expected_output: { verdict: 'real' },
    explanation: `The edge of ${coin} is worn.`,
  });
  return id;
}

/** The customer creates a task for one worker about a coin. */
export async function askAbout(customer: Customer, coin: string, over: object = {}) {
  const redundancy = { min_votes: 1, max_votes: 1 };
  const body = { type: COIN_TYPE, payload: { coin }, redundancy, ...over };
  return (await createTask(customer, CreateTask.parse(body))).task;
}

/** The worker takes a task and answers after a while. @returns the answer's id. */
export async function judgeCoin(
  worker: WorkerActor,
  taskId: string,
  verdict: 'real' | 'fake' = 'real',
): Promise<string> {
  const { assignmentId } = await claimTask(worker, { taskId });
  await db.assignment.update({
    where: { id: assignmentId },
    data: { startedAt: new Date(clock.nowMs() - 20_000) },
  });
  return (await submitAnswer(worker, { assignmentId, output: { verdict } })).answerId;
}
