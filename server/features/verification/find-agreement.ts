import type { Answer } from '@/prisma/generated/client';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { compareTexts } from './thread-functions';

const compareThere = threadCall<typeof compareTexts>('verification/compare', { limitMs: 5_000 });

/** The ids of those answers that say what `output` says, where it counts; none where that is too costly to tell. */
export async function findAgreement(
  outputSchema: object,
  output: unknown,
  answers: readonly Pick<Answer, 'id' | 'output'>[],
): Promise<Set<string>> {
  const agrees = await unlessTooCostly(
    compareThere(
      JSON.stringify(outputSchema),
      JSON.stringify(output),
      answers.map((answer) => JSON.stringify(answer.output)),
    ),
    () => [],
  );
  return new Set(answers.flatMap(({ id }, i) => (agrees[i] ? [id] : [])));
}
