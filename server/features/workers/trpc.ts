import { z } from 'zod';
import { RECEIVED } from '@/server/features/organizations/schema';
import {
  operatorProcedure,
  publicProcedure,
  router,
  userProcedure,
  workerProcedure,
} from '@/server/transport/trpc/init';
import {
  changeTier,
  changeWorkerSkill,
  decideVetting,
  pauseWorker,
  requireVetting,
} from './change-worker';
import { getPreferences, savePreferences } from './preferences';
import { getWorkerProfile } from './queries';
import {
  ChangeTier,
  ChangeWorkerSkill,
  DecideVetting,
  PauseWorker,
  SavePreferences,
  SetOnCall,
  SetOnline,
  SignUpWorker,
} from './schema';
import { setOnCall } from './set-on-call';
import { heartbeat, setOnline } from './set-online';
import { becomeWorker, signUpWorker } from './sign-up-worker';

export const workersRouter = router({
  profile: workerProcedure.query(({ ctx }) => getWorkerProfile(ctx.actor)),
  setOnline: workerProcedure
    .input(SetOnline)
    .mutation(({ ctx, input }) => setOnline(ctx.actor, input)),
  setOnCall: workerProcedure
    .input(SetOnCall)
    .mutation(({ ctx, input }) => setOnCall(ctx.actor, input)),
  preferences: workerProcedure.query(({ ctx }) => getPreferences(ctx.actor)),
  savePreferences: workerProcedure
    .input(SavePreferences)
    .mutation(({ ctx, input }) => savePreferences(ctx.actor, input)),
  heartbeat: workerProcedure.mutation(({ ctx }) => heartbeat(ctx.actor)),
  signUp: publicProcedure.input(SignUpWorker).mutation(async ({ ctx, input }) => {
    await signUpWorker(input, ctx.networkHash);
    return RECEIVED;
  }),
  become: userProcedure.mutation(({ ctx }) => becomeWorker(ctx.user.userId)),
  decideVetting: operatorProcedure
    .input(DecideVetting)
    .mutation(({ ctx, input }) => decideVetting(ctx.actor, input)),
  pause: operatorProcedure
    .input(PauseWorker)
    .mutation(({ ctx, input }) => pauseWorker(ctx.actor, input)),
  changeTier: operatorProcedure
    .input(ChangeTier)
    .mutation(({ ctx, input }) => changeTier(ctx.actor, input)),
  changeSkill: operatorProcedure
    .input(ChangeWorkerSkill)
    .mutation(({ ctx, input }) => changeWorkerSkill(ctx.actor, input)),
  requireVetting: operatorProcedure
    .input(z.strictObject({ required: z.boolean() }))
    .mutation(({ ctx, input }) => requireVetting(ctx.actor, input)),
});
