import { catalog } from '@/server/features/task-types/catalog';
import type { WorkerActor } from '@/server/platform/actor';
import { canonicalJson } from '@/server/platform/crypto';
import { answerQuestion } from '../features/onboarding/answer-question';
import type { QuizView } from '../features/onboarding/schema';

/** Matches the content review schema, but is never the expected answer. */
export const WRONG = {
  verdict: 'uncertain',
  policy_areas: [],
  notes: 'I cannot tell from this text.',
};

/** The catalog's answer to the current question. */
export function knownAnswer({ skill, question }: QuizView): Record<string, unknown> {
  const payload = canonicalJson(question?.payload);
  const golds = catalog.find(({ type }) => type === skill)?.quiz ?? [];
  const gold = golds.find((each) => canonicalJson(each.payload) === payload);
  if (!gold) throw new Error('The catalog does not know this question.');
  return gold.expected;
}

/** Answers the current question. */
export function answerAsked(as: WorkerActor, quiz: QuizView, output: unknown): Promise<QuizView> {
  return answerQuestion(as, { questionId: quiz.question?.id ?? '', output });
}

/** Answers the remaining questions, the first `wrong` of them incorrectly. */
export async function answerWhole(as: WorkerActor, from: QuizView, wrong = 0): Promise<QuizView> {
  let quiz = from;
  for (let n = 0; quiz.question; n++) {
    quiz = await answerAsked(as, quiz, n < wrong ? WRONG : knownAnswer(quiz));
  }
  return quiz;
}
