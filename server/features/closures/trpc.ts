import { memberProcedure, router } from '@/server/transport/trpc/init';
import { closeOrganization, previewClosure } from './close-organization';
import { CloseOrganization } from './schema';

/** Closing an organization. */
export const closuresRouter = router({
  preview: memberProcedure.query(({ ctx }) => previewClosure(ctx.actor)),
  close: memberProcedure
    .input(CloseOrganization)
    .mutation(({ ctx, input }) => closeOrganization(ctx.actor, input)),
});
