import {
  memberProcedure,
  operatorProcedure,
  router,
  workerProcedure,
} from '@/server/transport/trpc/init';
import { appealAnswer } from './appeal-answer';
import { listAppeals } from './list-appeals';
import { getOverturnRates, getOwnOverturns } from './overturn-rates';
import { AppealAnswer, ListAppeals } from './schema';

/** Workers' appeals against judgements. */
export const appealsRouter = router({
  make: workerProcedure
    .input(AppealAnswer)
    .mutation(({ ctx, input }) => appealAnswer(ctx.actor, input)),
  list: operatorProcedure
    .input(ListAppeals)
    .query(({ ctx, input }) => listAppeals(ctx.actor, input)),
  rates: operatorProcedure.query(({ ctx }) => getOverturnRates(ctx.actor)),
  own: memberProcedure.query(({ ctx }) => getOwnOverturns(ctx.actor)),
});
