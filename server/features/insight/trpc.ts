import { memberProcedure, router } from '@/server/transport/trpc/init';
import { getActivity } from './get-activity';
import { getAgreement } from './get-agreement';
import { getCalibration } from './get-calibration';
import { CalibrationQuery, InsightQuery } from './schema';

/** What the organization's tasks add up to. */
export const insightRouter = router({
  activity: memberProcedure
    .input(InsightQuery)
    .query(({ ctx, input }) => getActivity(ctx.actor, input)),
  agreement: memberProcedure
    .input(InsightQuery)
    .query(({ ctx, input }) => getAgreement(ctx.actor, input)),
  calibration: memberProcedure
    .input(CalibrationQuery)
    .query(({ ctx, input }) => getCalibration(ctx.actor, input)),
});
