import { z } from 'zod';
import { setPublicPool, setVettedWorkersOnly } from '@/server/features/organizations';
import {
  RECEIVED,
  SetPublicPool,
  SetVettedWorkersOnly,
} from '@/server/features/organizations/schema';
import {
  memberProcedure,
  publicProcedure,
  router,
  userProcedure,
} from '@/server/transport/trpc/init';
import { removePerson, setPersonStatus, updatePerson } from './change-person';
import { getPool } from './get-pool';
import {
  inviteWorkers,
  listPoolInvitations,
  listSkills,
  revokePoolInvitation,
} from './invite-workers';
import { acceptPoolInvitation, joinPool, viewPoolInvitation } from './join-pool';
import { listPeople } from './list-people';
import {
  InvitationToken,
  InviteWorkers,
  JoinByInvitation,
  LiftPause,
  ListPeopleQuery,
  PausePersonType,
  SetPersonStatus,
  UpdatePerson,
} from './schema';
import { liftTypePause, listTypePauses, pausePersonType } from './type-pauses';

const ByToken = z.object({ token: InvitationToken });

/** The organization's own people, who answer its live tasks. */
export const peopleRouter = router({
  list: memberProcedure
    .input(ListPeopleQuery)
    .query(({ ctx, input }) => listPeople(ctx.actor, input)),
  skills: memberProcedure.query(({ ctx }) => listSkills(ctx.actor)),
  pool: memberProcedure.query(({ ctx }) => getPool(ctx.actor)),
  setPublicPool: memberProcedure
    .input(SetPublicPool)
    .mutation(({ ctx, input }) => setPublicPool(ctx.actor, input)),
  setVettedWorkersOnly: memberProcedure
    .input(SetVettedWorkersOnly)
    .mutation(({ ctx, input }) => setVettedWorkersOnly(ctx.actor, input)),
  invitations: memberProcedure.query(({ ctx }) => listPoolInvitations(ctx.actor)),
  invite: memberProcedure
    .input(InviteWorkers)
    .mutation(({ ctx, input }) => inviteWorkers(ctx.actor, input)),
  revokeInvitation: memberProcedure
    .input(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokePoolInvitation(ctx.actor, input.id)),
  update: memberProcedure
    .input(UpdatePerson)
    .mutation(({ ctx, input }) => updatePerson(ctx.actor, input)),
  setStatus: memberProcedure
    .input(SetPersonStatus)
    .mutation(({ ctx, input }) => setPersonStatus(ctx.actor, input)),
  pauses: memberProcedure.query(({ ctx }) => listTypePauses(ctx.actor)),
  pauseType: memberProcedure
    .input(PausePersonType)
    .mutation(({ ctx, input }) => pausePersonType(ctx.actor, input)),
  liftPause: memberProcedure
    .input(LiftPause)
    .mutation(({ ctx, input }) => liftTypePause(ctx.actor, input)),
  remove: memberProcedure
    .input(z.object({ workerId: z.string() }))
    .mutation(({ ctx, input }) => removePerson(ctx.actor, input.workerId)),
  /** Shows the invitation to the holder of a link. */
  invitation: publicProcedure
    .input(ByToken)
    .query(({ ctx, input }) => viewPoolInvitation(input.token, ctx.session.user?.userId ?? null)),
  accept: userProcedure
    .input(ByToken)
    .mutation(({ ctx, input }) => acceptPoolInvitation(ctx.user, input.token)),
  join: publicProcedure.input(JoinByInvitation).mutation(async ({ ctx, input }) => {
    await joinPool(input, ctx.networkHash);
    return RECEIVED;
  }),
});
