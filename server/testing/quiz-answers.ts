import { catalog } from '@/server/features/task-types/catalog';
import type { WorkerActor } from '@/server/platform/actor';
import { canonicalJson } from '@/server/platform/crypto';
import { answerQuestion } from '../features/onboarding/answer-question';
import type { QuizView } from '../features/onboarding/schema';

/** Fits the form of the content review, and is never what is expected. */
export const WRONG = {
  verdict: 'uncertain',
  policy_areas: [],
  notes: 'I cannot tell from this text.',
};

/** What the catalog knows of the question that is asked. */
export function knownAnswer({ skill, question }: QuizView): Record<string, unknown> {
  const payload = canonicalJson(question?.payload);
  const golds = catalog.find(({ type }) => type === skill)?.quiz ?? [];
  const gold = golds.find((each) => canonicalJson(each.payload) === payload);
  if (!gold) throw new Error('The catalog does not know this question.');
  return gold.expected;
}

/** Answers the question that is asked. */
export function answerAsked(as: WorkerActor, quiz: QuizView, output: unknown): Promise<QuizView> {
  return answerQuestion(as, { questionId: quiz.question?.id ?? '', output });
}

/** Answers what is left, the first `wrong` of it wrongly. */
export async function answerWhole(as: WorkerActor, from: QuizView, wrong = 0): Promise<QuizView> {
  let quiz = from;
  for (let n = 0; quiz.question; n++) {
    quiz = await answerAsked(as, quiz, n < wrong ? WRONG : knownAnswer(quiz));
  }
  return quiz;
}
