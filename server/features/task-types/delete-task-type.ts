import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertManagesTaskTypes } from './access';
import { TaskTypeShipped } from './errors';
import { resolveTaskType } from './resolve-task-type';
import type { DeletedTaskType } from './schema';

/**
 * Deletes an organization's type; a built-in type of the same name applies again. Existing tasks
 * keep their own schema and price.
 * @throws NotFound, Forbidden; TaskTypeShipped 409
 */
export async function deleteTaskType(actor: Actor, type: string): Promise<DeletedTaskType> {
  const manager = assertManagesTaskTypes(actor);
  const { organizationId, mode } = manager;
  await transaction(async (tx) => {
    const { count } = await tx.taskType.deleteMany({ where: { organizationId, mode, type } });
    if (count === 0) {
      const shipped = await tx.taskType.findFirst({ where: { organizationId: null, type } });
      throw shipped ? new TaskTypeShipped(type) : new NotFound('task type', type);
    }
    await audit(tx, actor, 'task_type.deleted', `task_type:${type}`, { type });
  });
  resolveTaskType.forget({ organizationId, mode, type });
  return { object: 'task_type', type, deleted: true };
}
