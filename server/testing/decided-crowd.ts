import type { Prisma } from '@/prisma/generated/client';
import { facetKeysOf } from '@/server/features/verification/consensus/facets';
import { fieldsOf } from '@/server/features/verification/consensus/fields';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { createOrganization } from './factories';

export const CROWD_TYPE = 'leaning';
const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['no', 'yes'] } },
};
const [FACET = ''] = facetKeysOf(fieldsOf(SCHEMA));
export const CROWD_FACET = FACET;
const PAYOUT_SATS = 100n;

export interface CrowdInput {
  organization?: { id: string };
  mode?: Mode;
  type?: string;
  tasks: number;
  /** The first this many tasks were audited. */
  labelled: number;
  workerIds?: readonly string[];
  /** The answer of a worker, by index, if the truth is no (0) or yes (1). */
  sayOf: (worker: number, truth: 0 | 1, task: number) => 0 | 1;
}

/**
 * Verified tasks of one type with a vote of each worker, inserted as finished rows without their
 * lifecycle and money. Half of the tasks are yes.
 */
export async function createDecidedCrowd(input: CrowdInput) {
  const { tasks, labelled, sayOf, mode = 'test', type = CROWD_TYPE } = input;
  const organization = input.organization ?? (await createOrganization());
  const workerIds = input.workerIds ?? Array.from({ length: 5 }, newId);
  const owner = { organizationId: organization.id, mode, type };
  const now = clock.now();
  const rows = Array.from({ length: tasks }, (_, n) => {
    const truth = (n % 2) as 0 | 1;
    const said = workerIds.map((__, w) => sayOf(w, truth, n));
    const yes = said.filter((each) => each === 1).length;
    return { id: newId(), truth, said, winner: yes > said.length / 2 ? 1 : 0 };
  });
  const votes = rows.flatMap(({ id, said }) =>
    workerIds.map((workerId, w) => ({ taskId: id, workerId, said: said[w] ?? 0, id: newId() })),
  );
  const output = (label: number) => ({ verdict: label === 1 ? 'yes' : 'no' });
  await db.task.createMany({
    data: rows.map(
      ({ id, winner }, n): Prisma.TaskCreateManyInput => ({
        ...owner,
        ...{ id, status: 'verified', payload: { n }, outputSchema: SCHEMA, riskTier: 'medium' },
        ...{ payoutSats: PAYOUT_SATS, slaSeconds: 600, skillsRequired: [], requestHash: 'none' },
        ...{ minVotes: 1, maxVotes: workerIds.length, targetConfidence: 0.9, openSeats: 0 },
        ...{ votesWanted: workerIds.length, votesAccepted: workerIds.length, heldSats: 0n },
        ...{ output: output(winner), confidence: 0.9, createdBy: 'system' },
        ...{ createdAt: now, completedAt: now, updatedAt: now, expiresAt: now },
      }),
    ),
  });
  await db.assignment.createMany({
    data: votes.map(({ id, taskId, workerId }) => ({
      ...{ id, taskId, workerId, mode, status: 'submitted' as const },
      ...{ createdAt: now, startedAt: now, lapsesAt: now, endedAt: now },
    })),
  });
  await db.answer.createMany({
    data: votes.map(({ id, taskId, workerId, said }, v) => ({
      ...owner,
      ...{ id, assignmentId: id, taskId, workerId, output: output(said), status: 'accepted' },
      ...{ elapsedMs: 10_000 + v, createdAt: new Date(now.getTime() + v), judgedAt: now },
    })) as Prisma.AnswerCreateManyInput[],
  });
  await db.labelledTask.createMany({
    data: rows.slice(0, labelled).map(({ id, truth, winner }) => ({
      ...owner,
      ...{ taskId: id, source: 'audit', confidence: 0.9, correct: truth === winner, basedOn: 0 },
      ...{ facets: [FACET], truths: [truth], said: [winner], recordedAt: now },
    })),
  });
  return { ...owner, organization, workerIds, tasks: rows };
}
