import { z } from 'zod';
import {
  memberProcedure,
  operatorProcedure,
  publicProcedure,
  router,
  userProcedure,
} from '@/server/transport/trpc/init';
import { acceptInvitation, joinByInvitation, viewInvitation } from './accept-invitation';
import { changeRole, removeMember } from './change-member';
import { createInvitation, resendInvitation, revokeInvitation } from './create-invitation';
import { createOwnOrganization } from './create-own-organization';
import { findAuditEntries } from './find-audit-entries';
import { listAudit, listInvitations, listMembers } from './list-team';
import { renameOrganization } from './rename-organization';
import {
  ChangeRole,
  CreateInvitation,
  CreateOrganization,
  FindAuditEntries,
  InvitationToken,
  JoinByInvitation,
  ListAuditQuery,
  RECEIVED,
  RenameOrganization,
  SignUp,
  TransferOwnership,
} from './schema';
import { signUp } from './sign-up';
import { transferOwnership } from './transfer-ownership';

const ByToken = z.object({ token: InvitationToken });

export const organizationsRouter = router({
  signUp: publicProcedure.input(SignUp).mutation(async ({ ctx, input }) => {
    await signUp(input, ctx.networkHash);
    return RECEIVED;
  }),
  create: userProcedure
    .input(CreateOrganization)
    .mutation(({ ctx, input }) => createOwnOrganization(ctx.user.userId, input)),
  rename: memberProcedure
    .input(RenameOrganization)
    .mutation(({ ctx, input }) => renameOrganization(ctx.actor, input)),
  transfer: memberProcedure
    .input(TransferOwnership)
    .mutation(({ ctx, input }) => transferOwnership(ctx.actor, input)),
  audit: memberProcedure
    .input(ListAuditQuery)
    .query(({ ctx, input }) => listAudit(ctx.actor, input)),
  instanceAudit: operatorProcedure
    .input(FindAuditEntries)
    .query(({ ctx, input }) => findAuditEntries(ctx.actor, input)),
});

/** Members and invitations of the current organization. */
export const teamRouter = router({
  list: memberProcedure.query(({ ctx }) => listMembers(ctx.actor)),
  changeRole: memberProcedure
    .input(ChangeRole)
    .mutation(({ ctx, input }) => changeRole(ctx.actor, input)),
  remove: memberProcedure
    .input(z.object({ userId: z.string() }))
    .mutation(({ ctx, input }) => removeMember(ctx.actor, input.userId)),
  invitations: memberProcedure.query(({ ctx }) => listInvitations(ctx.actor)),
  invite: memberProcedure
    .input(CreateInvitation)
    .mutation(({ ctx, input }) => createInvitation(ctx.actor, input)),
  resendInvitation: memberProcedure
    .input(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => resendInvitation(ctx.actor, input.id)),
  revokeInvitation: memberProcedure
    .input(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx.actor, input.id)),
  /** Shows the invitation to the holder of a link. */
  invitation: publicProcedure.input(ByToken).query(({ input }) => viewInvitation(input.token)),
  accept: userProcedure
    .input(ByToken)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.user, input.token)),
  join: publicProcedure.input(JoinByInvitation).mutation(async ({ ctx, input }) => {
    await joinByInvitation(input, ctx.networkHash);
    return RECEIVED;
  }),
});
