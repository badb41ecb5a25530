import type { Actor } from '@/server/platform/actor';
import { putTaskType } from './put-task-type';
import { PutTaskType, type TaskType } from './schema';
import { getTaskTypeVersion } from './versions';
import type { RestoreTaskType } from './versions-schema';

/**
 * Saves what an earlier version said as a new version; the ones between stay as they are.
 * @throws NotFound, Forbidden, TaskTypeChanged 409; what `putTaskType` refuses, such as a skill that
 * is gone since
 */
export async function restoreTaskType(actor: Actor, input: RestoreTaskType): Promise<TaskType> {
  const { type, version, expected_version } = input;
  const { saved } = await getTaskTypeVersion(actor, type, version);
  return putTaskType(actor, type, PutTaskType.parse({ ...saved, expected_version }));
}
