import type { Prisma, Task as TaskRow } from '@/prisma/generated/client';
import { hashJson } from '@/server/platform/crypto';
import { newIdAt } from '@/server/platform/ids';
import type { TaskDraft } from './prepare-task';

/** The properties that a sown task copies from its sibling. */
export type Sibling = Pick<
  TaskRow,
  | 'organizationId'
  | 'mode'
  | 'type'
  | 'outputSchema'
  | 'instructions'
  | 'payoutSats'
  | 'slaSeconds'
  | 'skillsRequired'
  | 'riskTier'
  | 'targetConfidence'
  | 'voteValue'
  | 'poolOrganizationId'
  | 'crowdSeats'
>;

/** A sown task's purpose and worker. */
export interface Sown {
  sibling: Sibling;
  workerId: string;
  payload: Prisma.JsonValue;
  /** A gold, or a re-vote on an appeal. */
  of: { goldId: string } | { appealId: string };
  heldSats: bigint;
  createdBy: string;
  createdAt: Date;
  sandbox: Prisma.InputJsonObject | null;
}

/**
 * A task for one worker only, with one vote, shaped like its sibling: the worker cannot distinguish
 * it from a customer's task.
 */
export function sownDraft(input: Sown): TaskDraft {
  const { sibling, workerId, of, createdAt } = input;
  return {
    id: newIdAt(createdAt.getTime()),
    organizationId: sibling.organizationId,
    mode: sibling.mode,
    type: sibling.type,
    payload: input.payload as Prisma.InputJsonObject,
    outputSchema: sibling.outputSchema as Prisma.InputJsonObject,
    instructions: sibling.instructions,
    payoutSats: sibling.payoutSats,
    wageFloor: null,
    slaSeconds: sibling.slaSeconds,
    skillsRequired: sibling.skillsRequired,
    riskTier: sibling.riskTier,
    minVotes: 1,
    maxVotes: 1,
    targetConfidence: sibling.targetConfidence,
    voteValue: sibling.voteValue,
    onLowConfidence: 'verify',
    poolOrganizationId: sibling.poolOrganizationId,
    callbackUrl: null,
    traceparent: null,
    tracestate: null,
    metadata: {},
    agentGuess: null,
    onTimeout: { action: 'expire' },
    idempotencyKey: null,
    goldId: 'goldId' in of ? of.goldId : null,
    appealId: 'appealId' in of ? of.appealId : null,
    reservedFor: workerId,
    requestHash: hashJson({ ...of, worker: workerId }),
    sandbox: input.sandbox,
    crowdSeats: sibling.crowdSeats,
    dialect: 'v1',
    price: null,
    createdBy: input.createdBy,
    heldSats: input.heldSats,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + sibling.slaSeconds * 1000),
  };
}
