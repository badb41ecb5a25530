import { memberProcedure, router } from '@/server/transport/trpc/init';
import { getActivity } from './get-activity';
import { getAgreement } from './get-agreement';
import { getCalibration } from './get-calibration';
import { getConfidence } from './get-confidence';
import { getModels } from './get-models';
import { CalibrationQuery, InsightQuery, ModelsQuery } from './schema';

/** Analytics of the organization's tasks. */
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
  confidence: memberProcedure
    .input(InsightQuery)
    .query(({ ctx, input }) => getConfidence(ctx.actor, input)),
  models: memberProcedure.input(ModelsQuery).query(({ ctx, input }) => getModels(ctx.actor, input)),
});
