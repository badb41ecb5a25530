import { z } from 'zod';
import { router, workerProcedure } from '@/server/transport/trpc/init';
import { countQueue, listQueue, previewTask } from './queue';
import { QueueFilter } from './schema';
import { claimTask, takeNextTask } from './take-task';

export const queueRouter = router({
  list: workerProcedure.input(QueueFilter).query(({ ctx, input }) => listQueue(ctx.actor, input)),
  counts: workerProcedure.query(({ ctx }) => countQueue(ctx.actor)),
  preview: workerProcedure
    .input(z.object({ taskId: z.string() }))
    .query(({ ctx, input }) => previewTask(ctx.actor, input)),
  claim: workerProcedure
    .input(z.object({ taskId: z.string() }))
    .mutation(({ ctx, input }) => claimTask(ctx.actor, input)),
  takeNext: workerProcedure.mutation(({ ctx }) => takeNextTask(ctx.actor)),
});
