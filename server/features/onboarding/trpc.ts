import { z } from 'zod';
import { knownSkills } from '@/server/features/workers';
import { operatorProcedure, router, workerProcedure } from '@/server/transport/trpc/init';
import { addNote } from './add-note';
import { answerQuestion } from './answer-question';
import { countWorkers, findWorkers } from './find-workers';
import { getOnboarding } from './get-onboarding';
import { pardonQuiz } from './pardon-quiz';
import { findQuiz, getReturnQuiz } from './quiz-queries';
import {
  AddNote,
  AnswerQuestion,
  ChooseSkills,
  FindWorkers,
  OfPause,
  OfSkill,
  PardonQuiz,
  Practise,
  SaveAbout,
} from './schema';
import { startQuiz, startReturnQuiz } from './start-quiz';
import {
  chooseSkills,
  finishOnboarding,
  getPractice,
  postponePayout,
  practise,
  saveAbout,
} from './take-steps';

/** Worker onboarding. */
export const onboardingRouter = router({
  get: workerProcedure.query(({ ctx }) => getOnboarding(ctx.actor)),
  chooseSkills: workerProcedure
    .input(ChooseSkills)
    .mutation(({ ctx, input }) => chooseSkills(ctx.actor, input)),
  saveAbout: workerProcedure
    .input(SaveAbout)
    .mutation(({ ctx, input }) => saveAbout(ctx.actor, input)),
  quiz: workerProcedure.input(OfSkill).query(({ ctx, input }) => findQuiz(ctx.actor, input)),
  startQuiz: workerProcedure
    .input(OfSkill)
    .mutation(({ ctx, input }) => startQuiz(ctx.actor, input)),
  returnQuiz: workerProcedure
    .input(OfPause)
    .query(({ ctx, input }) => getReturnQuiz(ctx.actor, input)),
  startReturnQuiz: workerProcedure
    .input(OfPause)
    .mutation(({ ctx, input }) => startReturnQuiz(ctx.actor, input)),
  answer: workerProcedure
    .input(AnswerQuestion)
    .mutation(({ ctx, input }) => answerQuestion(ctx.actor, input)),
  postponePayout: workerProcedure.mutation(({ ctx }) => postponePayout(ctx.actor)),
  practice: workerProcedure
    .input(z.strictObject({ type: z.string().max(128) }))
    .query(({ input }) => getPractice(input.type)),
  practise: workerProcedure
    .input(Practise)
    .mutation(({ ctx, input }) => practise(ctx.actor, input)),
  finish: workerProcedure.mutation(({ ctx }) => finishOnboarding(ctx.actor)),
  workers: operatorProcedure
    .input(FindWorkers)
    .query(({ ctx, input }) => findWorkers(ctx.actor, input)),
  skillNames: operatorProcedure.query(() => knownSkills()),
  countWorkers: operatorProcedure.query(({ ctx }) => countWorkers(ctx.actor)),
  addNote: operatorProcedure.input(AddNote).mutation(({ ctx, input }) => addNote(ctx.actor, input)),
  pardonQuiz: operatorProcedure
    .input(PardonQuiz)
    .mutation(({ ctx, input }) => pardonQuiz(ctx.actor, input)),
});
