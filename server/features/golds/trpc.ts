import { z } from 'zod';
import { TypeName } from '@/server/features/task-types/schema';
import { memberProcedure, operatorProcedure, router } from '@/server/transport/trpc/init';
import { dismissGoldCandidate, listGoldCandidates, takeGoldCandidate } from './candidates';
import { changeGold } from './change-gold';
import { exportGolds } from './export-golds';
import { decideGold, findGolds } from './instance-golds';
import { listGolds } from './list-golds';
import { addGold, checkGoldFile, importGolds } from './save-golds';
import { AddGold, CandidateRef, ChangeGold, DecideGold, FindGolds, GoldFile } from './schema';

const ByType = z.object({ type: TypeName });

/** The organization's own golds. */
export const goldsRouter = router({
  list: memberProcedure.input(ByType).query(({ ctx, input }) => listGolds(ctx.actor, input.type)),
  export: memberProcedure
    .input(ByType)
    .query(({ ctx, input }) => exportGolds(ctx.actor, input.type)),
  add: memberProcedure.input(AddGold).mutation(({ ctx, input }) => addGold(ctx.actor, input)),
  checkFile: memberProcedure
    .input(GoldFile)
    .query(({ ctx, input }) => checkGoldFile(ctx.actor, input)),
  import: memberProcedure
    .input(GoldFile)
    .mutation(({ ctx, input }) => importGolds(ctx.actor, input)),
  change: memberProcedure
    .input(ChangeGold)
    .mutation(({ ctx, input }) => changeGold(ctx.actor, input)),
  candidates: memberProcedure
    .input(ByType)
    .query(({ ctx, input }) => listGoldCandidates(ctx.actor, input.type)),
  takeCandidate: memberProcedure
    .input(CandidateRef)
    .mutation(({ ctx, input }) => takeGoldCandidate(ctx.actor, input)),
  dismissCandidate: memberProcedure
    .input(CandidateRef)
    .mutation(({ ctx, input }) => dismissGoldCandidate(ctx.actor, input)),
  everywhere: operatorProcedure
    .input(FindGolds)
    .query(({ ctx, input }) => findGolds(ctx.actor, input)),
  decide: operatorProcedure
    .input(DecideGold)
    .mutation(({ ctx, input }) => decideGold(ctx.actor, input)),
});
