import { CreateTask } from '@/server/features/tasks/schema';
import { memberProcedure, router } from '@/server/transport/trpc/init';
import { quoteTask } from './quote-task';

/** What a task would cost. */
export const quotesRouter = router({
  create: memberProcedure.input(CreateTask).query(({ ctx, input }) => quoteTask(ctx.actor, input)),
});
