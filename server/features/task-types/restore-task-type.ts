import type { Actor } from '@/server/platform/actor';
import { putTaskType } from './put-task-type';
import { PutTaskType, type TaskType } from './schema';
import { getTaskTypeVersion } from './versions';
import type { RestoreTaskType } from './versions-schema';

/**
 * Saves an earlier version as a new version; the history is kept.
 * @throws NotFound, Forbidden, TaskTypeChanged 409; everything `putTaskType` throws, such as for a
 * skill that no longer exists
 */
export async function restoreTaskType(actor: Actor, input: RestoreTaskType): Promise<TaskType> {
  const { type, version, expected_version } = input;
  const { saved } = await getTaskTypeVersion(actor, type, version);
  return putTaskType(actor, type, PutTaskType.parse({ ...saved, expected_version }));
}
