import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { visibleTo } from './access';

/** Additional facts about a task's creation. */
export interface TaskOrigin {
  agent_guess: { output: unknown; confidence: number } | null;
  /** Whether the verified output agrees with the agent's guess; null if unknown. */
  guess_right: boolean | null;
  on_timeout: { action: string; output?: unknown };
  sandbox: unknown;
  /** Restricted to the organization's own people. */
  own_pool: boolean;
  /** A description of its creator. */
  created_by: string;
}

/** @throws NotFound if the actor may not see the task. */
export async function getOrigin(actor: Actor, id: string): Promise<TaskOrigin> {
  const row = isUuid(id)
    ? await db.task.findFirst({
        where: { AND: [visibleTo(actor), { id }] },
        select: {
          agentGuess: true,
          onTimeout: true,
          sandbox: true,
          poolOrganizationId: true,
          createdBy: true,
          outcome: { select: { guessRight: true } },
        },
      })
    : null;
  if (!row) throw new NotFound('task', id);
  return {
    agent_guess: row.agentGuess as TaskOrigin['agent_guess'],
    guess_right: row.outcome?.guessRight ?? null,
    on_timeout: row.onTimeout as unknown as TaskOrigin['on_timeout'],
    sandbox: row.sandbox,
    own_pool: row.poolOrganizationId !== null,
    created_by: await nameOf(row.createdBy),
  };
}

/** The name behind a creator's label, such as `key:<id>`. */
async function nameOf(label: string): Promise<string> {
  const [kind = '', id = ''] = label.split(':');
  if (kind === 'key' && isUuid(id)) {
    const key = await db.apiKey.findUnique({ where: { id }, select: { name: true } });
    return key ? `API key “${key.name}”` : 'An API key';
  }
  if (kind === 'member' && isUuid(id)) {
    const user = await db.user.findUnique({ where: { id }, select: { name: true } });
    return user?.name ?? 'A member';
  }
  if (kind === 'purchase') return 'Paid over Lightning, without a key';
  return 'HumanRail';
}
