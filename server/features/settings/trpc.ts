import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { getSettings } from './instance-settings';
import { changeSetting } from './recent-settings';
import { AppealNumbers, PayoutNumbers, QuizNumbers, WageFloorSetting } from './schema';

/** Instance settings. Vetting has its own use case, because disabling it approves workers. */
export const settingsRouter = router({
  get: operatorProcedure.query(() => getSettings()),
  saveQuiz: operatorProcedure
    .input(QuizNumbers)
    .mutation(({ ctx, input }) => changeSetting(ctx.actor, 'quiz', input)),
  saveAppeals: operatorProcedure
    .input(AppealNumbers)
    .mutation(({ ctx, input }) => changeSetting(ctx.actor, 'appeals', input)),
  saveWageFloor: operatorProcedure
    .input(WageFloorSetting)
    .mutation(({ ctx, input }) => changeSetting(ctx.actor, 'wageFloor', input)),
  savePayouts: operatorProcedure
    .input(PayoutNumbers)
    .mutation(({ ctx, input }) => changeSetting(ctx.actor, 'payouts', input)),
});
