import { z } from 'zod';
import { knownSkills } from '@/server/features/workers';
import { memberProcedure, router } from '@/server/transport/trpc/init';
import { deleteTaskType } from './delete-task-type';
import { putTaskType } from './put-task-type';
import { getShippedTaskType, getTaskType, listTaskTypes } from './queries';
import { restoreTaskType } from './restore-task-type';
import { PutTaskType, TypeName } from './schema';
import { getTaskTypeVersion, listTaskTypeVersions } from './versions';
import { RestoreTaskType } from './versions-schema';

const ByType = z.object({ type: TypeName });
const ListTypes = z.object({
  limit: z.number().int().min(1).max(100).default(100),
  after: z.string().max(512).optional(),
});

/** Task types and their versions. */
export const taskTypesRouter = router({
  list: memberProcedure.input(ListTypes).query(({ ctx, input }) => listTaskTypes(ctx.actor, input)),
  get: memberProcedure.input(ByType).query(({ ctx, input }) => getTaskType(ctx.actor, input.type)),
  shipped: memberProcedure
    .input(ByType)
    .query(({ ctx, input }) => getShippedTaskType(ctx.actor, input.type)),
  /** The names of all skills. */
  skills: memberProcedure.query(() => knownSkills()),
  save: memberProcedure
    .input(PutTaskType.extend({ type: TypeName }))
    .mutation(({ ctx, input: { type, ...saved } }) => putTaskType(ctx.actor, type, saved)),
  remove: memberProcedure
    .input(ByType)
    .mutation(({ ctx, input }) => deleteTaskType(ctx.actor, input.type)),
  versions: memberProcedure
    .input(ByType)
    .query(({ ctx, input }) => listTaskTypeVersions(ctx.actor, input.type)),
  version: memberProcedure
    .input(ByType.extend({ version: z.number().int() }))
    .query(({ ctx, input }) => getTaskTypeVersion(ctx.actor, input.type, input.version)),
  restore: memberProcedure
    .input(RestoreTaskType)
    .mutation(({ ctx, input }) => restoreTaskType(ctx.actor, input)),
});
