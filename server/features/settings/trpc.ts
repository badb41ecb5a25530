import { transaction } from '@/server/platform/db';
import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { getSettings, saveSetting } from './instance-settings';
import { AppealNumbers, PayoutNumbers, QuizNumbers } from './schema';

/** What operators set for the instance. Vetting has a use case of its own, since it lets people in. */
export const settingsRouter = router({
  get: operatorProcedure.query(() => getSettings()),
  saveQuiz: operatorProcedure
    .input(QuizNumbers)
    .mutation(({ ctx, input }) => transaction((tx) => saveSetting(tx, ctx.actor, 'quiz', input))),
  saveAppeals: operatorProcedure
    .input(AppealNumbers)
    .mutation(({ ctx, input }) =>
      transaction((tx) => saveSetting(tx, ctx.actor, 'appeals', input)),
    ),
  savePayouts: operatorProcedure
    .input(PayoutNumbers)
    .mutation(({ ctx, input }) =>
      transaction((tx) => saveSetting(tx, ctx.actor, 'payouts', input)),
    ),
});
