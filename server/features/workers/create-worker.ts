import type { Worker } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { UnknownSkill, WorkerExists } from './errors';
import { NewWorker } from './schema';
import { announceOnline } from './set-online';

/**
 * Creates a worker with `skills`.
 * @throws WorkerExists 409, UnknownSkill 422; ZodError for invalid values.
 */
export async function createWorker(tx: Tx, input: NewWorker): Promise<Worker> {
  const { skills, tierAuto, ...worker } = NewWorker.parse(input);
  const now = clock.now();
  const id = newId();
  const { count } = await tx.worker.createMany({
    data: [
      {
        ...worker,
        id,
        tierAuto: tierAuto ?? worker.poolOrganizationId === null,
        lastSeenAt: worker.online ? now : null,
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) throw new WorkerExists();
  await grantSkills(tx, id, skills);
  if (worker.online) await announceOnline(tx, [{ id, mode: worker.mode }]);
  return tx.worker.findUniqueOrThrow({ where: { id } });
}

/**
 * Grants a worker `skills`; skills already held are unchanged.
 * @throws UnknownSkill 422
 */
export async function grantSkills(
  tx: Tx,
  workerId: string,
  skills: readonly string[],
): Promise<void> {
  await assertSkillsExist(tx, skills);
  const grantedAt = clock.now();
  await tx.workerSkill.createMany({
    data: [...new Set(skills)].map((skill) => ({ workerId, skill, grantedAt })),
    skipDuplicates: true,
  });
}

/**
 * Rejects skills that do not exist in the caller's transaction.
 * @throws UnknownSkill 422
 */
export async function assertSkillsExist(tx: Tx, skills: readonly string[]): Promise<void> {
  const known = (await tx.skill.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name);
  const unknown = skills.filter((skill) => !known.includes(skill));
  if (unknown.length > 0) throw new UnknownSkill(unknown, known);
}

/** Grants simulated workers every skill, including those added by newer versions. */
export async function grantEverySkillToSimulated(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO worker_skills (worker_id, skill, granted_at)
    SELECT w.id, s.name, ${clock.now()} FROM workers w CROSS JOIN skills s WHERE w.simulated
        ON CONFLICT DO NOTHING`;
}
