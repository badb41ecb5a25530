import { CreateTask } from '@/server/features/tasks/schema';
import { memberProcedure, router } from '@/server/transport/trpc/init';
import { quoteTask } from './quote-task';

/** Cost estimates for tasks. */
export const quotesRouter = router({
  create: memberProcedure.input(CreateTask).query(({ ctx, input }) => quoteTask(ctx.actor, input)),
});
